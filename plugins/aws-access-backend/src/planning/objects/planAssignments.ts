import { ChangeOf, PlanObject } from 'backstage-plugin-aws-access-common';
import { digestOf } from '../../digest/digestOf';
import { countLabel } from '../../wording/labels';
import { AccessEdges } from '../effects/AccessEdges';
import { accountsOfScope } from '../scopes/accountsOfScope';
import { describeScope } from '../scopes/describeScope';
import { assignmentKey } from './objectKeys';
import { groupKeyOf, PlanContext } from '../PlanContext';
import { AccountAssignmentDocument, ScopeDocument } from './planDocuments';

/** A mandate lives at most twelve months (security rule 19). */
const LONGEST_MANDATE_SECONDS = 365 * 24 * 60 * 60;

/** Permission sets for access groups, and the scopes that are kept true. Pure. */
export function planAssignments(
  context: PlanContext,
  edges: AccessEdges,
): PlanObject[] {
  return context.changesOf('assignment').flatMap(({ change, index }) => {
    const groupKey = groupKeyOf(change.accessGroup);
    const arn = context.arnOf(change.permissionSet);
    const isKnown =
      context.setsAfter.has(arn) && isKnownGroup(context, groupKey);
    if (!isKnown) return [];
    const accountIds = accountIdsOf(change, index, context);
    const assignments = accountIds.map(accountId =>
      planAssignment({ groupKey, arn, accountId }, context, edges),
    );
    return change.accounts.kind === 'named'
      ? assignments
      : [
          planScope(change, { groupKey, arn, accountIds }, context),
          ...assignments,
        ];
  });
}

function isKnownGroup({ facts, changes }: PlanContext, groupKey: string) {
  return (
    facts.groups.has(groupKey) ||
    changes.some(
      change => change.kind === 'accessGroup' && change.key === groupKey,
    )
  );
}

function accountIdsOf(
  { accounts }: ChangeOf<'assignment'>,
  index: number,
  { facts }: PlanContext,
): string[] {
  const ids =
    accounts.kind === 'named'
      ? accounts.accountIds
      : accountsOfScope(index, facts);
  return [...new Set(ids)].filter(id => facts.accounts.has(id));
}

function planAssignment(
  of: { groupKey: string; arn: string; accountId: string },
  context: PlanContext,
  edges: AccessEdges,
): PlanObject {
  const { groupKey, arn, accountId } = of;
  const key = assignmentKey(groupKey, accountId, arn);
  const isThere =
    Boolean(
      context.facts.groups
        .get(groupKey)
        ?.assignments.some(
          assignment =>
            assignment.accountId === accountId &&
            assignment.permissionSetArn === arn,
        ),
    ) && !context.facts.endingObjects.has(key);
  if (!isThere) {
    edges.addAssignment({
      principal: groupKey,
      accountId,
      permissionSetArn: arn,
      state: 'new',
    });
  }
  const after: AccountAssignmentDocument = {
    principal: { kind: 'accessGroup', accessGroup: groupKey },
    accountId,
    permissionSetArn: arn,
  };
  const what = `${context.setLabel(arn)} in ${context.accountLabel(accountId)}`;
  return {
    key,
    kind: 'accountAssignment',
    action: isThere ? 'untouched' : 'create',
    id: null,
    summary: isThere
      ? `${context.groupName(groupKey)} has ${what} already.`
      : `Gives ${context.groupName(groupKey)} ${what}.`,
    before: isThere ? after : null,
    after,
  };
}

function planScope(
  { accounts }: ChangeOf<'assignment'>,
  of: { groupKey: string; arn: string; accountIds: string[] },
  context: PlanContext,
): PlanObject {
  const { groupKey, arn, accountIds } = of;
  const after: ScopeDocument = {
    accessGroup: groupKey,
    permissionSetArn: arn,
    scope: accounts,
    accountIds: [...accountIds].sort(),
    seconds: Math.min(context.seconds ?? Infinity, LONGEST_MANDATE_SECONDS),
  };
  const { maxAccounts, ...scope } = { maxAccounts: 0, ...accounts };
  return {
    key: `scope/${groupKey}/${arn}/${digestOf(scope).slice(0, 16)}`,
    kind: 'scope',
    action: 'create',
    id: null,
    summary: `Keeps ${context.setLabel(arn)} for ${context.groupName(
      groupKey,
    )} true in ${describeScope(accounts)}: ${countLabel(
      accountIds.length,
      'account',
      'accounts',
    )} now, ${maxAccounts} at most.`,
    before: null,
    after,
  };
}
