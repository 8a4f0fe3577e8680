import { Plan } from 'backstage-plugin-aws-access-common';
import { assignmentKey } from './objects/objectKeys';
import { membershipDocumentSchema } from './objects/planDocuments';
import { PlanFacts } from './facts/PlanFacts';

/** What somebody gets by joining a group that exists, or loses by leaving it. */
export interface MovedAccess {
  accountId: string;
  permissionSetArn: string;
  effect: 'gain' | 'loss';
}

/**
 * What the groups carry that people are put into or taken out of, also where
 * somebody has the same by another way: that way may end while this one stays, so
 * it is asked about all the same (security rule 1). Pure.
 */
export function movedMemberships(
  { objects }: Pick<Plan, 'objects'>,
  { groups }: Pick<PlanFacts, 'groups'>,
): MovedAccess[] {
  const removed = new Set(
    objects.filter(({ action }) => action === 'remove').map(({ key }) => key),
  );
  return objects
    .filter(
      ({ kind, action }) =>
        kind === 'membership' && (action === 'create' || action === 'remove'),
    )
    .flatMap(({ action, before, after }) => {
      const { accessGroup } = membershipDocumentSchema.parse(after ?? before);
      const effect =
        action === 'remove' ? ('loss' as const) : ('gain' as const);
      return (groups.get(accessGroup)?.assignments ?? [])
        .filter(
          ({ accountId, permissionSetArn }) =>
            !removed.has(
              assignmentKey(accessGroup, accountId, permissionSetArn),
            ),
        )
        .map(({ accountId, permissionSetArn }) => ({
          accountId,
          permissionSetArn,
          effect,
        }));
    });
}
