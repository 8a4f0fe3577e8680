import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Change } from 'backstage-plugin-aws-access-common';
import {
  exampleClouds,
  exampleGroups,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { Knex } from 'knex';
import { DefaultCloudsProvider } from '../../clouds/DefaultCloudsProvider';
import { awsAccessConfigSchema } from '../../config/AwsAccessConfig';
import { DatabaseStores } from '../../database/DatabaseStores';
import { NO_SEALS } from '../../integrity/Seals';
import { DatabaseInventory } from '../../inventory/DatabaseInventory';
import { InventoryRefresher } from '../../inventory/InventoryRefresher';
import { CatalogPersonDirectory } from '../../people/CatalogPersonDirectory';
import { createTestDatabases } from '../../testing/databases';
import { exampleCatalog } from '../../testing/exampleCatalog';
import { accountId, permissionSetArn } from '../../testing/planOf';
import { sandboxConfig } from '../../testing/sandboxConfig';
import { covers } from '../covering/covers';
import { DefaultRequestPlanner } from '../DefaultRequestPlanner';

const databases = createTestDatabases();

const groupId = (name: string) =>
  exampleGroups.find(group => group.displayName === name)!.entraId;
const named = (...names: string[]) => ({
  kind: 'named' as const,
  accountIds: names.map(accountId),
});
const readOnly = { arn: permissionSetArn('ReadOnly') };
const powerUsers = { entraGroupId: groupId('AWS-Payments-PowerUser') };
const document = {
  name: 'LogViewer',
  description: 'Reads logs',
  sessionDuration: 'PT2H',
  relayState: null,
  managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
  customerManagedPolicies: [],
  inlinePolicy: null,
  permissionsBoundary: null,
  tags: { team: 'payments' },
};

const kinds: Array<[string, Change[], string | null]> = [
  [
    'a new group',
    [
      {
        kind: 'accessGroup',
        key: 'access',
        members: { kind: 'team', team: 'group:default/payments' },
      },
      {
        kind: 'assignment',
        accessGroup: { change: 'access' },
        permissionSet: readOnly,
        accounts: named('data-prod', 'data-dev'),
      },
    ],
    'PT8H',
  ],
  [
    'a membership',
    [
      {
        kind: 'membership',
        accessGroup: powerUsers,
        people: ['user:default/ana', 'user:default/ben', 'user:default/petra'],
      },
      {
        kind: 'removeMembership',
        accessGroup: powerUsers,
        people: ['user:default/lena'],
      },
    ],
    null,
  ],
  [
    'an elevation',
    [
      {
        kind: 'elevation',
        people: ['user:default/ana'],
        permissionSet: readOnly,
        accounts: named('payments-prod', 'data-prod'),
      },
    ],
    'PT4H',
  ],
  [
    'a new permission set for a scope',
    [
      { kind: 'permissionSet', key: 'logs', document },
      {
        kind: 'assignment',
        accessGroup: powerUsers,
        permissionSet: { change: 'logs' },
        accounts: {
          kind: 'tag',
          key: 'environment',
          value: 'dev',
          maxAccounts: 20,
        },
      },
    ],
    null,
  ],
  [
    'a changed permission set',
    [
      {
        kind: 'permissionSet',
        key: 'support',
        arn: permissionSetArn('SupportUser'),
        document: { ...document, name: 'SupportUser' },
      },
    ],
    null,
  ],
  [
    'an adopted group, and an adopted permission set',
    [
      { kind: 'adoptAccessGroup', accessGroup: powerUsers },
      {
        kind: 'adoptPermissionSet',
        permissionSet: { arn: permissionSetArn('SupportUser') },
      },
    ],
    null,
  ],
  [
    'the removal of assignments',
    [
      {
        kind: 'removeAssignment',
        accessGroup: powerUsers,
        permissionSet: { arn: permissionSetArn('PowerUser') },
        accounts: named('payments-dev', 'payments-staging'),
      },
    ],
    null,
  ],
];

describe.each(databases.ids)(
  'plans from the inventory and from the clouds on %s',
  id => {
    let sandbox: RunningSandbox;
    let knex: Knex;
    let planner: DefaultRequestPlanner;

    beforeAll(async () => {
      knex = await databases.initMigrated(id);
      sandbox = await startSandbox({
        limits: {
          ssoAdminRequestsPerSecond: 10_000,
          identityStoreRequestsPerSecond: 10_000,
          organizationsRequestsPerSecond: 10_000,
        },
      });
      // The portal's own service principal owns it, as of a group that it made.
      sandbox.store.run(
        'UPDATE entra_group_owners SET owner_id = ?, owner_type = ? WHERE group_id = ?',
        [
          exampleClouds.entra.portal.servicePrincipalId,
          'servicePrincipal',
          powerUsers.entraGroupId,
        ],
      );
      const config = awsAccessConfigSchema.parse(sandboxConfig(sandbox.url));
      const stores = new DatabaseStores(knex, NO_SEALS);
      const clouds = new DefaultCloudsProvider({
        config,
        verifier: { verify: async () => {} },
      });
      await new InventoryRefresher({
        organizations: config.organizations,
        clouds,
        inventory: new DatabaseInventory(knex),
        stores,
        leases: { listOfRequest: async () => [] },
        logger: mockServices.logger.mock(),
      }).runDue();
      planner = new DefaultRequestPlanner({
        config,
        stores,
        clouds,
        directory: new CatalogPersonDirectory({
          catalog: catalogServiceMock({ entities: exampleCatalog() }),
          auth: mockServices.auth(),
        }),
      });
    });
    afterAll(() => sandbox.stop());

    it.each(kinds)(
      'are the same for %s, or every approval would return to its approvers',
      async (_what, changes, duration) => {
        const input = {
          organizationId: 'parcel',
          teamRef: 'group:default/payments',
          requesterRef: 'user:default/ana',
          duration,
          changes,
        };
        const stored = await planner.planFromInventory(input);
        const live = await planner.planFromClouds(input);
        expect(stored.problems).toEqual([]);
        expect(live.problems).toEqual([]);
        expect(live.plan).toEqual(stored.plan);
        expect(live.digest).toBe(stored.digest);
        expect(live.policy).toEqual(stored.policy);
        expect(covers(stored.plan!, live.plan!)).toEqual({ covered: true });
        expect(
          stored.plan!.objects.some(({ action }) => action !== 'untouched'),
        ).toBe(true);
      },
    );
  },
);
