import { PermissionSetMarks } from '../AwsCloud';

/** Tags whose keys begin so are ours; nobody may ask for them. */
const OURS = 'awsaccess:';
const INSTALLATION = `${OURS}installation`;
const STEP = `${OURS}step`;
/** AWS keeps these keys for itself: they can be neither set nor removed. */
const OF_AWS = 'aws:';

/** A tag as AWS sends and takes it. */
export interface AwsTag {
  Key?: string;
  Value?: string;
}

/** Sorted, so that the same tags are always the same input. */
export function toAwsTags(
  tags: Record<string, string>,
): Array<Required<AwsTag>> {
  return Object.keys(tags)
    .sort()
    .map(Key => ({ Key, Value: tags[Key] }));
}

/** The tags of a new permission set: those asked for, and our marks. */
export function withMarks(
  tags: Record<string, string>,
  marks: PermissionSetMarks,
): Record<string, string> {
  return {
    ...tags,
    [INSTALLATION]: marks.installation,
    [STEP]: marks.stepId,
  };
}

/** The tags that people gave it: without our marks and what AWS keeps to itself. */
export function withoutMarks(tags: AwsTag[]): Record<string, string> {
  return Object.fromEntries(
    tags
      .filter(
        ({ Key = '' }) => !Key.startsWith(OURS) && !Key.startsWith(OF_AWS),
      )
      .map(({ Key = '', Value = '' }) => [Key, Value]),
  );
}

/** Null unless both marks are there: half of them prove nothing. */
export function marksOf(tags: AwsTag[]): PermissionSetMarks | null {
  const valueOf = (key: string) => tags.find(({ Key }) => Key === key)?.Value;
  const installation = valueOf(INSTALLATION);
  const stepId = valueOf(STEP);
  return installation && stepId ? { installation, stepId } : null;
}
