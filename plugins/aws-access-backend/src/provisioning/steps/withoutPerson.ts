import { StepRow } from '../stores/StepStore';
import { StepInputs, StepMember, StepPrincipal } from './stepInputs';

/** Lists of people, by whatever kind of step that makes or awaits something. */
type Named = Partial<{
  members: StepMember[];
  principal: StepPrincipal;
  groups: StepInputs['verify']['groups'];
  assignments: StepInputs['verify']['assignments'];
}>;

/**
 * What a grant step is given when nothing of it is for the person any more. What
 * it takes away stays.
 *
 * @returns null when the step is for the person alone
 */
export function withoutPerson(
  { kind, input }: Pick<StepRow, 'kind' | 'input'>,
  entraUserId: string,
): Record<string, unknown> | null {
  const isOther = (one: { entraUserId?: string }) =>
    one.entraUserId !== entraUserId;
  const { members, principal, groups, assignments } = input as Named;
  switch (kind) {
    case 'ensureMembers':
    case 'provisionOnDemand':
    case 'awaitIdentityStoreGroup':
    case 'awaitIdentityStoreUsers':
      return { ...input, members: members!.filter(isOther) };
    case 'ensureAssignment':
      return principal!.kind !== 'person' || isOther(principal!) ? input : null;
    case 'verify':
      return {
        ...input,
        groups: groups!.map(group => ({
          ...group,
          members: group.members.filter(isOther),
        })),
        assignments: assignments!.filter(
          ({ principal: one }) => one.kind !== 'person' || isOther(one),
        ),
      };
    default:
      return input;
  }
}
