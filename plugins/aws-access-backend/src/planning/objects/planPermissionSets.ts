import { PlanObject } from 'backstage-plugin-aws-access-common';
import { countLabel } from '../../wording/labels';
import { AccessEdges } from '../effects/AccessEdges';
import { assignmentKey } from './objectKeys';
import { arnOfChange, PlanContext } from '../PlanContext';

/** Permission sets that the request makes or changes. Pure. */
export function planPermissionSets(
  context: PlanContext,
  edges: AccessEdges,
): PlanObject[] {
  return context.changesOf('permissionSet').map(({ change }): PlanObject => {
    const arn = arnOfChange(change);
    const planned = context.setsAfter.get(arn)!;
    const before = context.facts.permissionSets.get(arn);
    const label = context.setLabel(arn);
    const object = {
      key: change.key,
      kind: 'permissionSet' as const,
      id: change.arn ?? null,
      before: before?.set.document ?? null,
      after: planned.set.document,
    };
    if (planned === before) {
      return {
        ...object,
        action: 'untouched',
        summary: `The permission set ${label} is so already.`,
      };
    }
    if (!change.arn) {
      return {
        ...object,
        action: 'create',
        summary: `Creates the permission set ${label}.`,
      };
    }
    addHolders(arn, context, edges);
    const accounts = new Set(
      (context.facts.holders.get(arn) ?? []).map(({ accountId }) => accountId),
    );
    return {
      ...object,
      action: 'change',
      summary: `Changes the permission set ${label} for everybody who has it, in ${countLabel(
        accounts.size,
        'account',
        'accounts',
      )}.`,
    };
  });
}

/** Everybody who has it, in every account (security rule 4). */
function addHolders(
  arn: string,
  { facts }: PlanContext,
  edges: AccessEdges,
): void {
  for (const holder of facts.holders.get(arn) ?? []) {
    // A group that the plan touches anyway goes by its Entra id.
    const group = [...facts.groups.values()].find(
      ({ storeGroupId }) =>
        holder.principalType === 'GROUP' && storeGroupId === holder.principalId,
    );
    const direct =
      holder.principalType === 'USER' ? holder.entraUserIds[0] : undefined;
    const principal = group?.groupId ?? direct ?? `store:${holder.principalId}`;
    for (const entraUserId of holder.entraUserIds) {
      edges.addMembership({ principal, entraUserId, state: 'standing' });
    }
    const isEnding = facts.endingObjects.has(
      assignmentKey(principal, holder.accountId, arn),
    );
    edges.addAssignment({
      principal,
      accountId: holder.accountId,
      permissionSetArn: arn,
      state: isEnding ? 'ending' : 'standing',
    });
  }
}
