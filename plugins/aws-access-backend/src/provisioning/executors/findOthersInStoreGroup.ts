import { collectPages } from '../../clouds/collectPages';
import { StepContext } from '../running/StepExecutor';
import { StepInputs } from '../steps/stepInputs';

/** Whether the request gives the group something that it has not. */
export function isGivenSomething(
  { steps }: Pick<StepContext, 'steps'>,
  groupKey: string,
): boolean {
  return steps.some(({ kind, phase, input }) => {
    if (kind !== 'ensureAssignment' || phase !== 'grant') return false;
    const { principal, isThere } =
      input as unknown as StepInputs['ensureAssignment'];
    return (
      !isThere &&
      principal.kind === 'accessGroup' &&
      principal.groupKey === groupKey
    );
  });
}

/**
 * Names of those whom AWS shows in the group and Entra does not: they have left
 * it and SCIM has not carried that yet, or somebody put them there by hand. The
 * plan goes by Entra, so nobody agreed to give them anything (security rule 1).
 *
 * @param group - its ids in Entra and in the identity store
 * @param inAws - ids of the identity store's users in it
 * @param expected - those of them who are known to be in it in Entra
 */
export async function findOthersInStoreGroup(
  { clouds: { aws, entra } }: Pick<StepContext, 'clouds'>,
  group: { entraGroupId: string },
  inAws: ReadonlySet<string>,
  expected: readonly string[],
): Promise<string[]> {
  const rest = new Set([...inAws].filter(id => !expected.includes(id)));
  if (rest.size === 0) return [];
  const [members, users] = await Promise.all([
    collectPages(entra.listMembers(group.entraGroupId)),
    // One look-up each would be more calls than pages.
    collectPages(aws.listStoreUsers()),
  ]);
  const inEntra = new Set(members.map(({ userId }) => userId));
  return users
    .filter(
      ({ userId, externalId }) =>
        rest.has(userId) && !(externalId && inEntra.has(externalId)),
    )
    .map(({ displayName, userName }) => displayName ?? userName);
}
