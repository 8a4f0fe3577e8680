import { Plan } from 'backstage-plugin-aws-access-common';
import { accessGroupDocumentSchema } from '../../planning/objects/planDocuments';
import { LeaseObject, LeaseRow } from '../../leases/LeaseStore';
import { CompiledStep } from './CompiledStep';
import { LeavingPrincipal, StepMember } from './stepInputs';
import { people } from './wordsOfSteps';

type ObjectOf<Kind extends LeaseObject['kind']> = Extract<
  LeaseObject,
  { kind: Kind }
>;
type Assignment = ObjectOf<'accountAssignment'> | ObjectOf<'userAssignment'>;

/**
 * The way back, in the order of security rule 25: assignments, of people before
 * those of groups, then members, application assignment, group, and what was
 * assigned last. It covers every object the request ever had a reason for,
 * unknown outcomes included: each step itself asks whether this product made the
 * object and whether somebody else still needs it.
 */
export function compileRemovalSteps(
  leases: Array<Pick<LeaseRow, 'object'>>,
  plan: Plan,
): CompiledStep[] {
  const of = <Kind extends LeaseObject['kind']>(kind: Kind) =>
    leases
      .map(lease => lease.object)
      .filter((object): object is ObjectOf<Kind> => object.kind === kind);
  const groupName = (entraGroupId: string) =>
    of('accessGroup').find(group => group.entraGroupId === entraGroupId)
      ?.displayName ??
    nameInPlan(plan, entraGroupId) ??
    entraGroupId;
  const setName = (arn: string) =>
    plan.permissionSets.find(set => set.arn === arn)?.name ??
    of('permissionSet').find(set => set.arn === arn)?.name ??
    arn;
  const principalOf = (object: Assignment): LeavingPrincipal =>
    object.kind === 'userAssignment'
      ? {
          kind: 'person',
          storeUserId: object.storeUserId,
          ...memberOf(object.entraUserId, plan),
        }
      : {
          kind: 'accessGroup',
          entraGroupId: object.entraGroupId,
          storeGroupId: object.storeGroupId,
          displayName: groupName(object.entraGroupId),
        };
  return [
    ...[...of('userAssignment'), ...of('accountAssignment')].map(
      (object): CompiledStep => {
        const principal = principalOf(object);
        const target = {
          accountId: object.accountId,
          accountName:
            plan.accounts.find(account => account.id === object.accountId)
              ?.name ?? object.accountId,
          permissionSetArn: object.permissionSetArn,
          permissionSetName: setName(object.permissionSetArn),
        };
        return {
          kind: 'removeAssignment',
          title: `Take ${target.permissionSetName} in ${target.accountName} (${target.accountId}) away from ${principal.displayName}`,
          input: { ...target, principal },
        };
      },
    ),
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
    ...of('permissionSet').map(({ arn, stepId, name }): CompiledStep => {
      const known = arn ? setName(arn) : name;
      return {
        kind: 'removePermissionSet',
        title: `Delete the permission set ${known}`,
        input: {
          arn,
          permissionSetKey: null,
          madeByStepId: stepId,
          name: known,
        },
      };
    }),
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
    members.push(memberOf(entraUserId, plan));
    groups.set(entraGroupId, members);
  }
  return groups;
}

/** A group that stays has no lease that ends. */
function nameInPlan(plan: Plan, entraGroupId: string): string | undefined {
  const group = plan.objects.find(
    ({ id, kind }) => kind === 'accessGroup' && id === entraGroupId,
  );
  const { data } = accessGroupDocumentSchema
    .pick({ displayName: true })
    .safeParse(group?.after ?? group?.before);
  return data?.displayName;
}

function memberOf(entraUserId: string, plan: Plan): StepMember {
  const person = plan.people.find(one => one.entraUserId === entraUserId);
  return { entraUserId, displayName: person?.displayName ?? entraUserId };
}
