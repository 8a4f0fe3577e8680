import { Change, Plan } from 'backstage-plugin-aws-access-common';
import { PlanFacts, PlannedExistingGroup } from '../planning/facts/PlanFacts';
import { planRequest } from '../planning/planRequest';
import { example, exampleFacts, examplePins } from './examplePlan';

/** An access group that exists: Ana and Uma may read in data-dev through it. */
export const readers = {
  groupId: '11111111-0000-4000-8000-000000000001',
  storeGroupId: 'store-readers',
} as const;

/** Another one, which may read in data-prod, and is not in AWS yet. */
export const auditors = {
  groupId: '11111111-0000-4000-8000-000000000002',
} as const;

/** A group that is there before the plan. */
export function exampleGroup(
  parts: Partial<PlannedExistingGroup> = {},
): PlannedExistingGroup {
  return {
    groupId: readers.groupId,
    displayName: 'AWS-payments-Readers',
    description: 'Reads',
    memberIds: [example.entraIds.ana, example.entraIds.uma].sort(),
    unusableBecause: null,
    assignedToApplication: true,
    ownedByUs: true,
    otherOwners: 0,
    isOurs: true,
    storeGroupId: readers.storeGroupId,
    assignments: [
      { accountId: example.dataDev, permissionSetArn: example.readOnly },
    ],
    ...parts,
  };
}

/**
 * The example company with access that exists: `readers`, `auditors`, and Petra,
 * who may read in payments-prod directly.
 */
export function estateFacts(
  change: (facts: PlanFacts) => void = () => {},
): PlanFacts & { pins: NonNullable<PlanFacts['pins']> } {
  const facts = exampleFacts();
  facts.groups.set(readers.groupId, exampleGroup());
  facts.groups.set(
    auditors.groupId,
    exampleGroup({
      groupId: auditors.groupId,
      displayName: 'AWS-payments-Auditors',
      memberIds: [example.entraIds.ben],
      assignedToApplication: false,
      isOurs: false,
      storeGroupId: null,
      assignments: [],
    }),
  );
  facts.holders.set(example.readOnly, [
    {
      accountId: example.dataDev,
      principalType: 'GROUP',
      principalId: readers.storeGroupId,
      displayName: 'AWS-payments-Readers',
      entraUserIds: [example.entraIds.ana, example.entraIds.uma],
      unknownPeople: 0,
    },
    {
      accountId: example.paymentsProd,
      principalType: 'USER',
      principalId: 'store-petra',
      displayName: 'Petra Pohl',
      entraUserIds: [example.entraIds.petra],
      unknownPeople: 0,
    },
  ]);
  change(facts);
  return { ...facts, pins: examplePins };
}

/** Plans changes of team payments in that estate. */
export function planInEstate(
  changes: Change[],
  duration: string | null = null,
  facts = estateFacts(),
): Plan {
  return planRequest(
    { teamRef: 'group:default/payments', duration, changes },
    facts,
  );
}

/** Who gains or loses what, as "ana ReadOnly data-dev", for comparing. */
export function effectsInWords(plan: Plan, of: 'gains' | 'losses'): string[] {
  const nameOf = (entraUserId: string) =>
    Object.entries(example.entraIds).find(
      ([, id]) => id === entraUserId,
    )?.[0] ?? entraUserId;
  return plan[of]
    .map(atom => {
      const set = plan.permissionSets.find(
        ({ arn }) => arn === atom.permissionSetArn,
      );
      const account = plan.accounts.find(({ id }) => id === atom.accountId);
      return `${nameOf(atom.entraUserId)} ${set?.name} ${account?.name}`;
    })
    .sort();
}
