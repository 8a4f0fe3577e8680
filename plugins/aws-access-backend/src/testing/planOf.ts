import { Plan } from 'backstage-plugin-aws-access-common';
import {
  exampleAccounts,
  exampleClouds,
  examplePeople,
  examplePermissionSets,
} from 'backstage-plugin-aws-access-sandbox';

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

/** A plan as the planner makes it, of one group, its members and its accounts. */
export function planOf(access: RequestedAccess): Plan {
  const { aws, entra } = exampleClouds;
  const people = access.people ?? ['ana'];
  const accounts = access.accounts ?? ['payments-dev'];
  const duration = access.duration === undefined ? 'PT8H' : access.duration;
  const permissionSet = access.permissionSet ?? 'ReadOnly';
  const group = 'accessGroup/access';
  const memberIds = people.map(personId).sort();
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
    duration,
    people: people.map(name => ({
      entraUserId: personId(name),
      entityRef: `user:default/${name}`,
      displayName: examplePeople.find(one => one.name === name)!.displayName,
    })),
    accounts: accounts.map(name => ({
      id: accountId(name),
      name,
      environment: 'dev',
    })),
    permissionSets: [
      {
        arn: permissionSetArn(permissionSet),
        name: permissionSet,
        accessLevel: 'read',
        documentDigest: '1'.repeat(64),
      },
    ],
    objects: [
      {
        key: group,
        kind: 'accessGroup',
        action: access.existingGroupId ? 'change' : 'create',
        id: access.existingGroupId ?? null,
        summary: `The group ${access.groupName}`,
        before: null,
        after: {
          displayName: access.groupName,
          description: 'Made for a test',
          memberIds,
        },
      },
      {
        key: 'applicationAssignment/access',
        kind: 'applicationAssignment',
        action: 'create',
        id: null,
        summary: 'The group is in the enterprise application',
        before: null,
        after: { accessGroup: group },
      },
      ...accounts.map(name => ({
        key: `accountAssignment/${accountId(name)}`,
        kind: 'accountAssignment' as const,
        action: 'create' as const,
        id: null,
        summary: `${permissionSet} in ${name}`,
        before: null,
        after: {
          accessGroup: group,
          accountId: accountId(name),
          permissionSetArn: permissionSetArn(permissionSet),
        },
      })),
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
    losses: [],
    findings: [],
    sentences: [],
  };
}
