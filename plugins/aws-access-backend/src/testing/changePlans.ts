import { Plan } from 'backstage-plugin-aws-access-common';
import {
  accountId,
  emptyPlan,
  permissionSetArn,
  personId,
  planObject,
} from './planOf';

/** People have a permission set in accounts by direct assignments. */
export function elevationPlan(of: {
  people?: string[];
  accounts?: string[];
  /** Default: ReadOnly. */
  permissionSet?: string;
  /** Default: PT1H. */
  duration?: string;
  /** What is there already is noted, and what is removed was there. */
  action?: 'create' | 'untouched' | 'remove';
}): Plan {
  const people = of.people ?? ['ana'];
  const accounts = of.accounts ?? ['payments-dev'];
  const permissionSet = of.permissionSet ?? 'ReadOnly';
  const action = of.action ?? 'create';
  return {
    ...emptyPlan({
      people,
      accounts,
      permissionSets: [permissionSet],
      duration: action === 'remove' ? null : of.duration ?? 'PT1H',
    }),
    objects: people.flatMap(person =>
      accounts.map(account =>
        planObject('accountAssignment', action, {
          principal: { kind: 'person', entraUserId: personId(person) },
          accountId: accountId(account),
          permissionSetArn: permissionSetArn(permissionSet),
        }),
      ),
    ),
  };
}

/** Changes of one group that exists; everything else of it stays. */
export function groupPlan(of: {
  group: { groupId: string; displayName: string };
  /** Who is in it now. */
  members?: string[];
  join?: string[];
  stay?: string[];
  leave?: string[];
  assign?: string[];
  unassign?: string[];
  leavesApplication?: boolean;
  /** The group itself goes. */
  goes?: boolean;
  permissionSet?: string;
  duration?: string | null;
}): Plan {
  const permissionSet = of.permissionSet ?? 'ReadOnly';
  const { groupId, displayName } = of.group;
  const membership = (person: string) => ({
    accessGroup: groupId,
    entraUserId: personId(person),
  });
  const assignment = (account: string) => ({
    principal: { kind: 'accessGroup', accessGroup: groupId },
    accountId: accountId(account),
    permissionSetArn: permissionSetArn(permissionSet),
  });
  const { join = [], stay = [], leave = [] } = of;
  const { assign = [], unassign = [] } = of;
  return {
    ...emptyPlan({
      people: [...join, ...stay, ...leave],
      accounts: [...assign, ...unassign],
      permissionSets: [permissionSet],
      duration: of.duration,
    }),
    objects: [
      planObject(
        'accessGroup',
        of.goes ? 'remove' : 'untouched',
        {
          displayName,
          description: '',
          memberIds: (of.members ?? []).map(personId).sort(),
        },
        { key: groupId, id: groupId },
      ),
      ...join.map(name => planObject('membership', 'create', membership(name))),
      ...stay.map(name =>
        planObject('membership', 'untouched', membership(name)),
      ),
      ...leave.map(name =>
        planObject('membership', 'remove', membership(name)),
      ),
      ...(of.leavesApplication
        ? [
            planObject('applicationAssignment', 'remove', {
              accessGroup: groupId,
            }),
          ]
        : []),
      ...assign.map(name =>
        planObject('accountAssignment', 'create', assignment(name)),
      ),
      ...unassign.map(name =>
        planObject('accountAssignment', 'remove', assignment(name)),
      ),
    ],
  };
}
