import { Plan, PlanObject } from 'backstage-plugin-aws-access-common';
import { Stores } from '../../database/Stores';
import { LeaseObject } from '../../leases/LeaseStore';
import { findOwnSets } from '../running/findOwnSets';
import { ensuredAssignments } from '../steps/compileAssignmentSteps';
import { groupsToEnsure } from '../steps/compileGroupSteps';
import { PlannedAssignment, ReadPlan } from './ReadPlan';

/**
 * What is there already and the plan needs to stay, as far as a lease can name
 * it: groups, members, places in the enterprise application, and of assignments
 * and permission sets those that this product has to do with. Others are safe
 * from it anyhow: it takes away only what it made or adopted.
 */
export async function findReliedOn(
  stores: Stores,
  organizationId: string,
  plan: Plan,
): Promise<LeaseObject[]> {
  const read = new ReadPlan(plan);
  const assignments = ensuredAssignments(read);
  const groups = groupsToEnsure(read).flatMap(
    ({ adopts, entraGroupId, displayName }): LeaseObject[] =>
      entraGroupId === null || adopts
        ? []
        : [
            {
              kind: 'accessGroup',
              entraGroupId,
              uniqueName: null,
              displayName,
            },
          ],
  );
  const memberships = read.memberships.filter(isUntouched).map(
    ({ document }): LeaseObject => ({
      kind: 'membership',
      entraGroupId: idOfGroup(read, document.accessGroup),
      entraUserId: document.entraUserId,
    }),
  );
  const places = read.applicationAssignments.filter(isUntouched).map(
    ({ document }): LeaseObject => ({
      kind: 'applicationAssignment',
      entraGroupId: idOfGroup(read, document.accessGroup),
    }),
  );
  return [
    ...groups,
    ...memberships,
    ...places,
    ...(await findAssignments(
      stores,
      organizationId,
      read,
      assignments.filter(isUntouched).map(({ document }) => document),
    )),
    ...(await findOwnSets(
      stores,
      organizationId,
      assignments.map(({ document }) => document),
    )),
  ];
}

/** What is adopted is nobody's yet, so that nobody's end takes it away. */
function isUntouched({ object }: { object: PlanObject }): boolean {
  return object.action === 'untouched';
}

/** @throws Error when the plan makes the group, whose members are not there then */
function idOfGroup(read: ReadPlan, key: string): string {
  const { id } = read.group(key).object;
  if (!id) throw new Error(`The access group '${key}' is not there yet`);
  return id;
}

/** AWS's ids of people and groups are not in plans; leases have kept them. */
async function findAssignments(
  stores: Stores,
  organizationId: string,
  read: ReadPlan,
  assignments: PlannedAssignment[],
): Promise<LeaseObject[]> {
  const keyOf = (place: {
    accountId: string;
    permissionSetArn: string;
    entraId: string;
  }) => [place.accountId, place.permissionSetArn, place.entraId].join(' ');
  const wanted = new Map(
    assignments.map(({ principal, ...place }) => {
      const entraId =
        principal.kind === 'person'
          ? principal.entraUserId
          : idOfGroup(read, principal.groupKey);
      return [keyOf({ ...place, entraId }), entraId];
    }),
  );
  const known = await stores.leases.listObjectsOf(organizationId, [
    ...new Set(wanted.values()),
  ]);
  return known.filter(
    object =>
      (object.kind === 'accountAssignment' &&
        wanted.has(keyOf({ ...object, entraId: object.entraGroupId }))) ||
      (object.kind === 'userAssignment' &&
        wanted.has(keyOf({ ...object, entraId: object.entraUserId }))),
  );
}
