import { PlanObject } from 'backstage-plugin-aws-access-common';
import { AccessEdges } from '../effects/AccessEdges';
import { hasDirectly } from './hasDirectly';
import { assignmentKey } from './objectKeys';
import { PlanContext } from '../PlanContext';
import { AccountAssignmentDocument } from './planDocuments';

/** Permission sets for people directly. Pure. */
export function planElevations(
  context: PlanContext,
  edges: AccessEdges,
): PlanObject[] {
  return context.changesOf('elevation').flatMap(({ change }) => {
    const { arn } = change.permissionSet;
    if (!context.facts.permissionSets.has(arn)) return [];
    const accountIds = [...new Set(change.accounts.accountIds)].filter(id =>
      context.facts.accounts.has(id),
    );
    return context.idsOf(change.people).flatMap(entraUserId =>
      accountIds.map((accountId): PlanObject => {
        const key = assignmentKey(entraUserId, accountId, arn);
        const isThere =
          hasDirectly({ entraUserId, accountId, arn }, context.facts) &&
          !context.facts.endingObjects.has(key);
        edges.addMembership({
          principal: entraUserId,
          entraUserId,
          state: 'standing',
        });
        edges.addAssignment({
          principal: entraUserId,
          accountId,
          permissionSetArn: arn,
          state: isThere ? 'standing' : 'new',
        });
        const after: AccountAssignmentDocument = {
          principal: { kind: 'person', entraUserId },
          accountId,
          permissionSetArn: arn,
        };
        const { displayName } = context.person(entraUserId);
        const what = `${context.setLabel(arn)} in ${context.accountLabel(
          accountId,
        )}`;
        return {
          key,
          kind: 'accountAssignment',
          action: isThere ? 'untouched' : 'create',
          id: null,
          summary: isThere
            ? `${displayName} has ${what} directly already.`
            : `Gives ${displayName} ${what} directly.`,
          before: isThere ? after : null,
          after,
        };
      }),
    );
  });
}
