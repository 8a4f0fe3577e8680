import { Plan } from 'backstage-plugin-aws-access-common';
import { LeaseObject, LeaseRow } from '../leases/LeaseStore';
import { CompiledStep, people } from './compileSteps';
import { StepMember } from './stepInputs';

type ObjectOf<Kind extends LeaseObject['kind']> = Extract<
  LeaseObject,
  { kind: Kind }
>;

/**
 * The way back, in the order of security rule 25: account assignments, members,
 * application assignment, group. It covers every object the request ever had a
 * reason for, unknown outcomes included: each step itself asks whether this
 * product made the object and whether somebody else still needs it.
 */
export function compileRemovalSteps(
  leases: LeaseRow[],
  plan: Plan,
): CompiledStep[] {
  const of = <Kind extends LeaseObject['kind']>(kind: Kind) =>
    leases
      .map(lease => lease.object)
      .filter((object): object is ObjectOf<Kind> => object.kind === kind);
  const groupName = (entraGroupId: string) =>
    of('accessGroup').find(group => group.entraGroupId === entraGroupId)
      ?.displayName ?? entraGroupId;
  return [
    ...of('accountAssignment').map((object): CompiledStep => {
      const target = {
        accountId: object.accountId,
        accountName:
          plan.accounts.find(account => account.id === object.accountId)
            ?.name ?? object.accountId,
        permissionSetArn: object.permissionSetArn,
        permissionSetName:
          plan.permissionSets.find(set => set.arn === object.permissionSetArn)
            ?.name ?? object.permissionSetArn,
      };
      return {
        kind: 'removeAssignment',
        title: `Take ${target.permissionSetName} in ${target.accountName} (${
          target.accountId
        }) away from ${groupName(object.entraGroupId)}`,
        input: {
          ...target,
          entraGroupId: object.entraGroupId,
          storeGroupId: object.storeGroupId,
          groupName: groupName(object.entraGroupId),
        },
      };
    }),
    ...[...membersByGroup(of('membership'), plan)].map(
      ([entraGroupId, members]): CompiledStep => ({
        kind: 'removeMembers',
        title: `Take ${people(members)} out of ${groupName(entraGroupId)}`,
        input: { entraGroupId, groupName: groupName(entraGroupId), members },
      }),
    ),
    ...of('applicationAssignment').map(
      ({ entraGroupId }): CompiledStep => ({
        kind: 'removeApplicationAssignment',
        title: `Take ${groupName(
          entraGroupId,
        )} out of the enterprise application`,
        input: { entraGroupId, groupName: groupName(entraGroupId) },
      }),
    ),
    ...of('accessGroup').map(
      ({ entraGroupId, uniqueName, displayName }): CompiledStep => ({
        kind: 'removeAccessGroup',
        title: `Delete the Entra group ${displayName}`,
        input: { entraGroupId, uniqueName, groupName: displayName },
      }),
    ),
    {
      kind: 'verifyGone',
      title: 'Check that the access is gone',
      input: {},
    },
  ];
}

function membersByGroup(
  memberships: Array<ObjectOf<'membership'>>,
  plan: Plan,
): Map<string, StepMember[]> {
  const groups = new Map<string, StepMember[]>();
  for (const { entraGroupId, entraUserId } of memberships) {
    const members = groups.get(entraGroupId) ?? [];
    members.push({
      entraUserId,
      displayName:
        plan.people.find(person => person.entraUserId === entraUserId)
          ?.displayName ?? entraUserId,
    });
    groups.set(entraGroupId, members);
  }
  return groups;
}
