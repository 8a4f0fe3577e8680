import {
  Plan,
  PlanAction,
  PlanObject,
} from 'backstage-plugin-aws-access-common';
import {
  exampleAccounts,
  exampleClouds,
  examplePeople,
  examplePermissionSets,
} from 'backstage-plugin-aws-access-sandbox';
import { digestOf } from '../digest/digestOf';

/** What a test asks for, by the names of the example company. */
export interface RequestedAccess {
  groupName: string;
  /** Names of people of the example company. Default: ana. */
  people?: string[];
  /** Names of accounts of the example company. Default: payments-dev. */
  accounts?: string[];
  /** Default: PT8H; null = standing. */
  duration?: string | null;
  /** Name of a permission set of the example company. Default: ReadOnly. */
  permissionSet?: string;
  /** Uses the Entra group of this id instead of creating one. */
  existingGroupId?: string;
  /** What the existing group has already. */
  present?: { people?: string[]; accounts?: string[]; inApplication?: boolean };
}

export function permissionSetArn(name: string): string {
  return examplePermissionSets.find(set => set.name === name)!.arn;
}

export function personId(name: string): string {
  return examplePeople.find(person => person.name === name)!.entraId;
}

export function accountId(name: string): string {
  return exampleAccounts.find(account => account.name === name)!.id;
}

/** A plan without anything in it, of people, accounts and permission sets. */
export function emptyPlan(of: {
  people?: string[];
  accounts?: string[];
  permissionSets?: string[];
  duration?: string | null;
}): Plan {
  const { aws, entra } = exampleClouds;
  return {
    formatVersion: 1,
    organization: {
      organizationId: 'parcel',
      instanceArn: aws.instanceArn,
      identityStoreId: aws.identityStoreId,
      managementAccountId: aws.managementAccountId,
      tenantId: entra.tenantId,
      enterpriseApplicationId: entra.enterpriseApplication.servicePrincipalId,
    },
    duration: of.duration ?? null,
    people: (of.people ?? []).map(name => ({
      entraUserId: personId(name),
      entityRef: `user:default/${name}`,
      displayName: examplePeople.find(one => one.name === name)!.displayName,
    })),
    accounts: (of.accounts ?? []).map(name => ({
      id: accountId(name),
      name,
      environment: 'dev',
    })),
    permissionSets: (of.permissionSets ?? []).map(name => ({
      arn: permissionSetArn(name),
      name,
      accessLevel: 'read',
      documentDigest: '1'.repeat(64),
    })),
    objects: [],
    gains: [],
    losses: [],
    findings: [],
    sentences: [],
  };
}

/** A plan as the planner makes it, of one group, its members and its accounts. */
export function planOf(access: RequestedAccess): Plan {
  const people = access.people ?? ['ana'];
  const accounts = access.accounts ?? ['payments-dev'];
  const duration = access.duration === undefined ? 'PT8H' : access.duration;
  const permissionSet = access.permissionSet ?? 'ReadOnly';
  const { existingGroupId = null, groupName, present = {} } = access;
  const group = existingGroupId ?? 'access';
  const memberIds = people.map(personId).sort();
  const document = {
    displayName: groupName,
    description: 'Made for a test',
    memberIds: existingGroupId
      ? (present.people ?? []).map(personId).sort()
      : memberIds,
  };
  return {
    ...emptyPlan({
      people,
      accounts,
      permissionSets: [permissionSet],
      duration,
    }),
    objects: [
      existingGroupId
        ? planObject('accessGroup', 'untouched', document, {
            key: group,
            id: existingGroupId,
          })
        : planObject('accessGroup', 'create', document, { key: group }),
      ...(existingGroupId ? people : []).map(name =>
        planObject(
          'membership',
          present.people?.includes(name) ? 'untouched' : 'create',
          { accessGroup: group, entraUserId: personId(name) },
        ),
      ),
      planObject(
        'applicationAssignment',
        present.inApplication ? 'untouched' : 'create',
        { accessGroup: group },
      ),
      ...accounts.map(name =>
        planObject(
          'accountAssignment',
          present.accounts?.includes(name) ? 'untouched' : 'create',
          {
            principal: { kind: 'accessGroup', accessGroup: group },
            accountId: accountId(name),
            permissionSetArn: permissionSetArn(permissionSet),
          },
        ),
      ),
    ],
    gains: memberIds.flatMap(entraUserId =>
      accounts.map(name => ({
        entraUserId,
        permissionSetArn: permissionSetArn(permissionSet),
        documentDigest: '1'.repeat(64),
        accountId: accountId(name),
        seconds: duration === null ? null : 8 * 3600,
      })),
    ),
  };
}

/** An object of a plan; a removed one has nothing after, a new one nothing before. */
export function planObject(
  kind: PlanObject['kind'],
  action: PlanAction,
  document: object,
  parts: { key?: string; id?: string; before?: object } = {},
): PlanObject {
  return {
    key: parts.key ?? `${kind}/${digestOf(document)}`,
    kind,
    action,
    id: parts.id ?? null,
    summary: `A test has a ${kind} to ${action}`,
    before: action === 'create' ? null : parts.before ?? document,
    after: action === 'remove' ? null : document,
  };
}
