import { Duration } from 'luxon';
import {
  PermissionSetDocument,
  PermissionSetEdit,
} from '../../clouds/AwsCloud';
import { applyPermissionSetEdit } from './applyPermissionSetEdit';
import { samePermissionSet, samePolicyText } from './samePermissionSet';

/**
 * What an edit does to what people may do: takes away only, gives only, nothing,
 * or possibly both.
 */
type Effect = 'restricts' | 'neutral' | 'mixed' | 'widens';
type Boundary = PermissionSetDocument['permissionsBoundary'];

/**
 * The edits that lead from one document to another: what takes away comes first
 * and what gives comes last (security rule 4), so that on the way the set never
 * grants more than it did before, or more than it will grant after. Where that
 * takes more than one edit that both takes and gives, such as another boundary
 * and another inline policy, the set grants nothing meanwhile: a boundary of
 * AWS's own policy that denies everything stands first and goes last. Pure.
 *
 * @param before - null = the set is new: nobody has it, so nothing can be
 *   granted on the way
 * @param partition - of the permission set's ARN, such as `aws`
 */
export function planPermissionSetEdits(
  before: PermissionSetDocument | null,
  after: PermissionSetDocument,
  partition = 'aws',
): PermissionSetEdit[] {
  const from = before ?? newPermissionSet(after);
  const edits = listEdits(from, after);
  const of = (effect: Effect) =>
    edits.filter(([, actual]) => actual === effect).map(([edit]) => edit);
  const inOrder = [
    ...of('neutral'),
    ...of('restricts'),
    ...of('mixed'),
    ...of('widens'),
  ];
  if (before === null || of('mixed').length < 2) return inOrder;

  const others = inOrder.filter(edit => !isBoundary(edit));
  const nothing = {
    managedPolicyArn: `arn:${partition}:iam::aws:policy/AWSDenyAll`,
  };
  return [
    { kind: 'putPermissionsBoundary', boundary: nothing },
    ...others,
    boundaryEdit(after.permissionsBoundary),
  ];
}

/** A permission set as AWS holds it right after its creation. */
export function newPermissionSet(
  after: PermissionSetDocument,
): PermissionSetDocument {
  return {
    ...after,
    managedPolicies: [],
    customerManagedPolicies: [],
    inlinePolicy: null,
    permissionsBoundary: null,
  };
}

/**
 * What remains to be done to a set that somebody, perhaps this product before a
 * crash, has brought to `current`.
 *
 * @returns undefined when `current` is not on the way: somebody else changed it
 */
export function remainingPermissionSetEdits(
  way: { before: PermissionSetDocument; edits: PermissionSetEdit[] },
  current: PermissionSetDocument,
): PermissionSetEdit[] | undefined {
  const states = way.edits.reduce(
    (passed, edit) => [
      ...passed,
      applyPermissionSetEdit(passed[passed.length - 1], edit),
    ],
    [way.before],
  );
  const reached = states.findLastIndex(state =>
    samePermissionSet(state, current),
  );
  return reached < 0 ? undefined : way.edits.slice(reached);
}

function listEdits(
  from: PermissionSetDocument,
  after: PermissionSetDocument,
): Array<[PermissionSetEdit, Effect]> {
  return [
    ...attributeEdits(from, after),
    ...tagEdits(from, after),
    ...managedPolicyEdits(from, after),
    ...customerManagedPolicyEdits(from, after),
    ...boundaryEdits(from.permissionsBoundary, after.permissionsBoundary),
    ...inlineEdits(from.inlinePolicy, after.inlinePolicy),
  ];
}

function attributeEdits(
  from: PermissionSetDocument,
  after: PermissionSetDocument,
): Array<[PermissionSetEdit, Effect]> {
  const { description, sessionDuration, relayState } = after;
  const seconds = (text: string) => Duration.fromISO(text).as('seconds');
  const longer = seconds(sessionDuration) - seconds(from.sessionDuration);
  const same =
    longer === 0 &&
    (description ?? '') === (from.description ?? '') &&
    (relayState ?? '') === (from.relayState ?? '');
  if (same) return [];
  return [
    [
      { kind: 'attributes', description, sessionDuration, relayState },
      longer > 0 ? 'widens' : 'restricts',
    ],
  ];
}

function tagEdits(
  from: PermissionSetDocument,
  after: PermissionSetDocument,
): Array<[PermissionSetEdit, Effect]> {
  const gone = Object.keys(from.tags)
    .filter(key => !Object.hasOwn(after.tags, key))
    .sort();
  const put = Object.entries(after.tags)
    .filter(([key, value]) => from.tags[key] !== value)
    .sort();
  return [
    ...(gone.length > 0
      ? [[{ kind: 'untag' as const, keys: gone }, 'neutral'] as const]
      : []),
    ...(put.length > 0
      ? [
          [
            { kind: 'tag' as const, tags: Object.fromEntries(put) },
            'neutral',
          ] as const,
        ]
      : []),
  ].map(([edit, effect]) => [edit, effect]);
}

function managedPolicyEdits(
  from: PermissionSetDocument,
  after: PermissionSetDocument,
): Array<[PermissionSetEdit, Effect]> {
  const arns = (set: PermissionSetDocument) =>
    set.managedPolicies.map(({ arn }) => arn);
  return [
    ...missingFrom(arns(from), arns(after)).map(
      (arn): [PermissionSetEdit, Effect] => [
        { kind: 'detachManagedPolicy', arn },
        onlyDenies(arn) ? 'widens' : 'restricts',
      ],
    ),
    ...missingFrom(arns(after), arns(from)).map(
      (arn): [PermissionSetEdit, Effect] => [
        { kind: 'attachManagedPolicy', arn },
        onlyDenies(arn) ? 'restricts' : 'widens',
      ],
    ),
  ];
}

/** AWS's policies allow, but for the few that deny only and say so in their names. */
function onlyDenies(arn: string): boolean {
  return /\/AWS(DenyAll|CompromisedKeyQuarantine\w*)$/.test(arn);
}

/** What a policy in an account says is not known here: it may also deny. */
function customerManagedPolicyEdits(
  from: PermissionSetDocument,
  after: PermissionSetDocument,
): Array<[PermissionSetEdit, Effect]> {
  const texts = (set: PermissionSetDocument) =>
    set.customerManagedPolicies.map(({ name, path }) => `${path}${name}`);
  const parse = (text: string) => ({
    name: text.slice(text.lastIndexOf('/') + 1),
    path: text.slice(0, text.lastIndexOf('/') + 1),
  });
  return [
    ...missingFrom(texts(from), texts(after)).map(
      (text): [PermissionSetEdit, Effect] => [
        { kind: 'detachCustomerManagedPolicy', ...parse(text) },
        'mixed',
      ],
    ),
    ...missingFrom(texts(after), texts(from)).map(
      (text): [PermissionSetEdit, Effect] => [
        { kind: 'attachCustomerManagedPolicy', ...parse(text) },
        'mixed',
      ],
    ),
  ];
}

function boundaryEdits(
  from: Boundary,
  after: Boundary,
): Array<[PermissionSetEdit, Effect]> {
  if (JSON.stringify(from) === JSON.stringify(after)) return [];
  const effect = from === null ? 'restricts' : 'mixed';
  return [[boundaryEdit(after), after === null ? 'widens' : effect]];
}

function boundaryEdit(boundary: Boundary): PermissionSetEdit {
  return boundary
    ? { kind: 'putPermissionsBoundary', boundary }
    : { kind: 'deletePermissionsBoundary' };
}

function isBoundary(edit: PermissionSetEdit): boolean {
  return (
    edit.kind === 'putPermissionsBoundary' ||
    edit.kind === 'deletePermissionsBoundary'
  );
}

function inlineEdits(
  from: string | null,
  after: string | null,
): Array<[PermissionSetEdit, Effect]> {
  if (samePolicyText(from, after)) return [];
  if (after === null) {
    return [
      [{ kind: 'deleteInlinePolicy' }, mayDeny(from!) ? 'mixed' : 'restricts'],
    ];
  }
  const onlyGives = from === null && !mayDeny(after);
  return [
    [
      { kind: 'putInlinePolicy', policy: after },
      onlyGives ? 'widens' : 'mixed',
    ],
  ];
}

/** False only where every statement is seen to allow. */
function mayDeny(policy: string): boolean {
  try {
    const statements = [JSON.parse(policy).Statement].flat();
    return !statements.every(statement => statement?.Effect === 'Allow');
  } catch {
    return true;
  }
}

function missingFrom(texts: string[], others: string[]): string[] {
  return texts.filter(text => !others.includes(text)).sort();
}
