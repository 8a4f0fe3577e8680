import { Problem } from 'backstage-plugin-aws-access-common';
import { InventoryPermissionSet } from '../../inventory/InventoryStore';
import { accountLabel, countLabel } from '../../wording/labels';
import { assignmentKey } from '../objects/objectKeys';
import { PlanContext, PlanDraft } from '../PlanContext';
import { PermissionSetHolder, PlanFacts } from '../facts/PlanFacts';
import {
  isProtectedPermissionSet,
  protectedAccountReason,
} from './protectedReason';

type ProblemText = Omit<Problem, 'path'>;

/** What is wrong with permission sets that a request removes. Pure. */
export function findRemovedSetProblems(
  context: PlanContext,
  draft: PlanDraft,
): Problem[] {
  return context
    .changesOf('removePermissionSet')
    .flatMap(({ change, index }): Problem[] => {
      const { arn } = change.permissionSet;
      const problem = whyNotRemovable(arn, context, draft);
      return problem
        ? [{ path: `changes.${index}.permissionSet.arn`, ...problem }]
        : [];
    });
}

function whyNotRemovable(
  arn: string,
  context: PlanContext,
  draft: PlanDraft,
): ProblemText | undefined {
  const { facts } = context;
  const set = facts.permissionSets.get(arn)?.set;
  if (!set) {
    return {
      message: `The organization has no permission set ${arn}.`,
      fix: 'Leave it out: it is gone already, or the inventory is old.',
    };
  }
  if (isProtectedPermissionSet(set, facts.config)) {
    return {
      message: `The permission set ${set.name} is protected: no request removes it.`,
      fix: 'Leave it out.',
    };
  }
  if (!facts.ownPermissionSets.has(arn)) {
    return {
      message: `This product did not make the permission set ${set.name}, so it does not remove it.`,
      fix: 'Take its assignments away instead, or have it removed in AWS.',
    };
  }
  const isGiven = [
    ...context
      .changesOf('assignment')
      .map(({ change }) => change.permissionSet),
    ...context.changesOf('elevation').map(({ change }) => change.permissionSet),
  ].some(reference => context.arnOf(reference) === arn);
  if (isGiven) {
    return {
      message: `The same request gives the permission set ${set.name}.`,
      fix: 'Leave one of the two out.',
    };
  }
  const left = holdersLeft(arn, facts, draft);
  if (left.length > 0) {
    const accounts = [...new Set(left.map(({ accountId }) => accountId))];
    return {
      // To whom is not for everybody to read (security rule 29).
      message: `The permission set ${
        set.name
      } is still assigned in ${countLabel(
        accounts.length,
        'account',
        'accounts',
      )}.`,
      fix: 'Remove these assignments in the same request, or before.',
    };
  }
  return whyHoldersAreProtected(set, facts);
}

/** Holders that the request does not take it away from. */
function holdersLeft(
  arn: string,
  { holders, groups }: PlanFacts,
  { objects }: PlanDraft,
): PermissionSetHolder[] {
  const removed = new Set(
    objects.filter(({ action }) => action === 'remove').map(({ key }) => key),
  );
  return (holders.get(arn) ?? []).filter(holder => {
    const group = [...groups.values()].find(
      ({ storeGroupId }) => storeGroupId === holder.principalId,
    );
    const principal =
      holder.principalType === 'GROUP'
        ? group?.groupId
        : holder.entraUserIds[0];
    return (
      principal === undefined ||
      !removed.has(assignmentKey(principal, holder.accountId, arn))
    );
  });
}

/**
 * What is assigned in an account that nobody may touch would change there, too.
 * A delegated administrator cannot even: AWS leaves permission sets that are
 * assigned in the management account to that account.
 */
export function whyHoldersAreProtected(
  set: Pick<InventoryPermissionSet, 'arn' | 'name'>,
  facts: PlanFacts,
): ProblemText | undefined {
  for (const { accountId } of facts.holders.get(set.arn) ?? []) {
    const because = protectedAccountReason(accountId, facts.config, facts.pins);
    if (because) {
      const name = facts.accounts.get(accountId)?.account.name ?? accountId;
      return {
        message: `The permission set ${
          set.name
        } is also assigned in ${accountLabel({
          id: accountId,
          name,
        })}, which no request can touch: ${because}.`,
        fix: 'Ask for a new permission set instead.',
      };
    }
  }
  return undefined;
}
