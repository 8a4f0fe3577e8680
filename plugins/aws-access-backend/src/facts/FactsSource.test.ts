import { mockServices } from '@backstage/backend-test-utils';
import {
  exampleAccounts,
  exampleClouds,
  examplePermissionSets,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { Knex } from 'knex';
import { AwsReads } from '../clouds/AwsCloud';
import { DefaultCloudsProvider } from '../clouds/DefaultCloudsProvider';
import { awsAccessConfigSchema } from '../config/AwsAccessConfig';
import { DatabaseStores } from '../database/DatabaseStores';
import { NO_SEALS } from '../integrity/Seals';
import { DatabaseInventory } from '../inventory/DatabaseInventory';
import { InventoryRefresher } from '../inventory/InventoryRefresher';
import { createTestDatabases } from '../testing/databases';
import { sandboxConfig } from '../testing/sandboxConfig';
import { InventoryFactsSource } from './InventoryFactsSource';
import { LiveFactsSource } from './LiveFactsSource';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const MISSING = '00000000-0000-0000-0000-000000000000';

describe.each(databases.ids)('FactsSource on %s', id => {
  let sandbox: RunningSandbox;
  let knex: Knex;

  beforeEach(async () => {
    knex = await databases.initMigrated(id);
    sandbox = await startSandbox({
      limits: {
        ssoAdminRequestsPerSecond: 10_000,
        identityStoreRequestsPerSecond: 10_000,
        organizationsRequestsPerSecond: 10_000,
      },
    });
  });
  afterEach(() => sandbox.stop());

  /** @param key - 0: the management account, 1: a delegated administrator */
  async function create(key = 0) {
    const config = awsAccessConfigSchema.parse(
      sandboxConfig(sandbox.url, {
        aws: {
          region: 'eu-central-1',
          endpoint: sandbox.url,
          credentials: {
            type: 'accessKey',
            accessKeyId:
              exampleClouds.credentials.awsAccessKeys[key].accessKeyId,
            secretAccessKey: 'sandbox',
          },
        },
      }),
    );
    const clouds = new DefaultCloudsProvider({
      config,
      verifier: { verify: async () => {} },
    });
    const stores = new DatabaseStores(knex, NO_SEALS);
    const refresher = new InventoryRefresher({
      organizations: config.organizations,
      clouds,
      inventory: new DatabaseInventory(knex),
      stores,
      leases: { listOfRequest: async () => [] },
      logger: mockServices.logger.mock(),
    });
    const shared = {
      inventory: stores.inventory,
      organizationId: 'parcel',
      now: await stores.now(),
    };
    const live = new LiveFactsSource({
      ...shared,
      clouds: clouds.forOrganization('parcel'),
    });
    const stored = new InventoryFactsSource({ ...shared, staleAfter: 'PT1H' });
    return {
      ...shared,
      live,
      stored,
      stores,
      refresher,
      clouds: clouds.forOrganization('parcel'),
    };
  }

  const idOf = (table: string, column: string, value: string) =>
    Object.values(
      sandbox.store.get<{ id: string }>(
        `SELECT ${table === 'aws_permission_sets' ? 'arn' : 'id'} AS id
         FROM ${table} WHERE ${column} = ?`,
        [value],
      )!,
    )[0];
  const groupId = (name: string) => idOf('entra_groups', 'display_name', name);
  const arnOf = (name: string) => idOf('aws_permission_sets', 'name', name);

  it('answers the same from the clouds and from what was read of them', async () => {
    const { live, stored, refresher } = await create();
    await refresher.runDue();
    const lena = sandbox.store.get<{ id: string }>(
      `SELECT id FROM entra_users WHERE user_principal_name LIKE 'lena%'`,
    )!.id;
    const powerUsers = groupId('AWS-Payments-PowerUser');
    for (const source of [live, stored]) {
      const [group, ...rest] = await source.findGroups([powerUsers, MISSING]);
      expect(rest).toEqual([]);
      expect(group).toMatchObject({
        displayName: 'AWS-Payments-PowerUser',
        unusableBecause: null,
        assignedToApplication: true,
        storeGroupId: expect.any(String),
      });
      expect(group.memberIds).toContain(lena);
      expect(group.assignments).toContainEqual({
        accountId: '111122225555',
        permissionSetArn: arnOf('PowerUser'),
      });
      const holders = await source.findHolders(arnOf('PowerUser'));
      expect(
        holders.find(
          ({ accountId, displayName }) =>
            accountId === '111122225555' &&
            displayName === 'AWS-Payments-PowerUser',
        ),
      ).toMatchObject({
        principalType: 'GROUP',
        principalId: group.storeGroupId,
        entraUserIds: group.memberIds,
        unknownPeople: 0,
      });
      expect(await source.listDelegatedAdministratorIds()).toEqual([
        '100000000003',
      ]);
      expect(await source.arePermissionSetsEnabled()).toBe(true);
    }
    const everyGroup = sandbox.store
      .all<{ id: string }>('SELECT id FROM entra_groups')
      .map(row => row.id);
    const known = (await stored.findGroups(everyGroup)).map(
      group => group.groupId,
    );
    const sorted = <Item extends object>(items: Item[]) =>
      items.map(item => JSON.stringify(item)).sort();
    const comparable = async (source: typeof live | typeof stored) => ({
      groups: sorted(
        (await source.findGroups(known)).map(group => ({
          ...group,
          assignments: sorted(group.assignments),
        })),
      ),
      holders: sorted(
        (
          await Promise.all(
            (
              await source.listPermissionSetNames()
            ).map(({ arn }) => source.findHolders(arn)),
          )
        ).flat(),
      ),
      names: sorted(await source.listPermissionSetNames()),
    });
    expect(await comparable(live)).toEqual(await comparable(stored));
  });

  it('finds the accounts of a scope, nested units and protected accounts included', async () => {
    const { live, stored, refresher } = await create();
    await refresher.runDue();
    const unit = idOf('aws_organizational_units', 'name', 'Workloads');
    sandbox.store.run(
      `UPDATE aws_accounts SET state = 'SUSPENDED' WHERE id = '777788881111'`,
    );
    const { refresher: again } = await create();
    await new DatabaseInventory(knex).refreshes.request('parcel');
    await again.runDue();
    for (const source of [live, stored]) {
      expect(
        await source.listAccountsInScope({
          kind: 'organizationalUnit',
          id: unit,
          maxAccounts: 50,
        }),
      ).toEqual([
        '111122223333',
        '111122224444',
        '111122225555',
        '222233334444',
        '555566667777',
        '555566668888',
        '555566669999',
        '777788889999',
      ]);
      const all = await source.listAccountsInScope({
        kind: 'all',
        maxAccounts: 50,
      });
      expect(all).toHaveLength(13);
      expect(all).toContain('100000000001');
      expect(
        await source.listAccountsInScope({
          kind: 'organizationalUnit',
          id: 'r-ex01',
          maxAccounts: 50,
        }),
      ).toEqual(all);
      expect(
        await source.listAccountsInScope({
          kind: 'tag',
          key: 'environment',
          value: 'staging',
          maxAccounts: 50,
        }),
      ).toEqual(['111122224444', '555566668888']);
    }

    // What lost the tag since is not in the scope any more.
    sandbox.store.run(
      `DELETE FROM aws_resource_tags WHERE resource_id = '111122224444'`,
    );
    expect(
      await live.listAccountsInScope({
        kind: 'tag',
        key: 'environment',
        value: 'staging',
        maxAccounts: 50,
      }),
    ).toEqual(['555566668888']);
  });

  it('security rule 15: knows groups that cannot carry access, nested ones too', async () => {
    const { live, stored, refresher } = await create();
    const dynamic = groupId('AWS-Payments-PowerUser');
    const outer = groupId('AWS-Payments-ReadOnly');
    sandbox.store.run(
      `UPDATE entra_groups SET group_types_json = '["DynamicMembership"]' WHERE id = ?`,
      [dynamic],
    );
    sandbox.store.run(
      `INSERT INTO entra_group_members (group_id, member_id, member_type, created_at)
       VALUES (?, ?, 'group', ?)`,
      [outer, dynamic, sandbox.clock.now()],
    );
    await refresher.runDue();
    for (const source of [live, stored]) {
      const reasons = new Map(
        (await source.findGroups([dynamic, outer])).map(group => [
          group.groupId,
          group.unusableBecause,
        ]),
      );
      expect(reasons.get(dynamic)).toContain('dynamic membership');
      expect(reasons.get(outer)).toContain('contains other groups');
    }
  });

  it('looks at every account where it may not ask for a principal', async () => {
    const management = await create();
    const delegated = await create(1);
    const groupIds = ['AWS-Payments-PowerUser', 'AWS-Payments-ReadOnly'].map(
      groupId,
    );
    const assignmentsOf = async (source: LiveFactsSource) =>
      (await source.findGroups(groupIds)).map(({ assignments }) =>
        assignments.map(assignment => JSON.stringify(assignment)).sort(),
      );
    const found = await assignmentsOf(delegated.live);
    expect(found).toEqual(await assignmentsOf(management.live));
    expect(found.flat().length).toBeGreaterThan(0);
  });

  it('looks at few accounts where there are many, and says what it cannot know', async () => {
    const name = 'AWS-Payments-PowerUser';
    const { refresher, stores, clouds, now } = await create(1);
    const looks: string[] = [];
    const source = (mostPairs: number) => {
      looks.length = 0;
      return new LiveFactsSource({
        inventory: stores.inventory,
        organizationId: 'parcel',
        now,
        mostPairs,
        clouds: {
          ...clouds,
          aws: new Proxy(clouds.aws, {
            get(aws, member: keyof AwsReads) {
              if (member === 'listAssignments') {
                return (accountId: string, arn: string) => {
                  looks.push(`${accountId}/${arn}`);
                  return aws.listAssignments(accountId, arn);
                };
              }
              return (aws[member] as Function).bind(aws);
            },
          }),
        },
      });
    };
    const assignmentsOf = async (mostPairs = 10) => {
      const [group] = await source(mostPairs).findGroups([groupId(name)]);
      return group.assignments
        .map(one => `${one.accountId}/${one.permissionSetArn}`)
        .sort();
    };
    // Nothing was read yet that would say where to look.
    await expect(assignmentsOf()).rejects.toMatchObject({
      kind: 'retryLater',
      message: expect.stringContaining('needs a recent inventory'),
    });

    await refresher.runDue();
    const all = await assignmentsOf(1_000);
    const pairs = looks.length;
    expect(await assignmentsOf()).toEqual(all);
    expect([...looks].sort()).toEqual(all);
    expect(looks.length).toBeLessThan(pairs);

    // What is gone, and what is new with a pair, is seen at once.
    const store = sandbox.store;
    const principal = store.get<{ id: string }>(
      'SELECT group_id AS id FROM identity_store_groups WHERE display_name = ?',
      [name],
    )!.id;
    const [goneAccount, goneSet] = all[0].split(/\/(.*)/s);
    store.run(
      `DELETE FROM aws_account_assignments
       WHERE account_id = ? AND permission_set_arn = ? AND principal_id = ?`,
      [goneAccount, goneSet, principal],
    );
    const assign = (accountId: string, arn: string) =>
      store.run(
        `INSERT INTO aws_account_assignments (account_id, permission_set_arn, principal_type, principal_id, created_at)
         VALUES (?, ?, 'GROUP', ?, ?)`,
        [accountId, arn, principal, sandbox.clock.now()],
      );
    const isProvisioned = (accountId: string, arn: string) =>
      store.get(
        'SELECT 1 AS n FROM aws_provisioned_permission_sets WHERE account_id = ? AND permission_set_arn = ?',
        [accountId, arn],
      ) !== undefined;
    const everyPair = exampleAccounts.flatMap(({ id: account }) =>
      examplePermissionSets.map(({ arn }) => [account, arn] as const),
    );
    const fresh = everyPair.find(pair => !isProvisioned(...pair))!;
    store.run(
      `INSERT INTO aws_provisioned_permission_sets (account_id, permission_set_arn, revision, provisioned_at)
       VALUES (?, ?, 1, ?)`,
      [...fresh, sandbox.clock.now()],
    );
    assign(...fresh);
    const seen = [...all.slice(1), fresh.join('/')].sort();
    expect(await assignmentsOf()).toEqual(seen);

    // A pair that others had before is the one thing that is seen later.
    const others = everyPair.find(
      pair =>
        isProvisioned(...pair) &&
        !seen.includes(pair.join('/')) &&
        pair.join('/') !== all[0],
    )!;
    assign(...others);
    expect(await assignmentsOf()).toEqual(seen);
    const whole = [...seen, others.join('/')].sort();
    expect(await assignmentsOf(1_000)).toEqual(whole);
    await new DatabaseInventory(knex).refreshes.request('parcel');
    await refresher.runDue();
    expect(await assignmentsOf()).toEqual(whole);

    // A reading of long ago says too little.
    await knex('aws_access_inventory_parts').update({
      as_of: '2026-01-01T00:00:00.000Z',
    });
    await expect(assignmentsOf()).rejects.toMatchObject({
      code: 'TooMuchToLookAt',
    });
  });

  it('says that it does not know, and that there is nothing to plan by', async () => {
    const { stored, stores, refresher } = await create();
    expect(await stored.listDelegatedAdministratorIds()).toBeUndefined();
    expect(await stored.describeAge()).toMatchObject({
      asOf: null,
      unusableBecause: expect.stringContaining('has not been read yet'),
    });
    sandbox.weather.set({
      rules: [
        {
          match: { operation: 'ListDelegatedAdministrators' },
          fault: { type: 'missingPermission' },
        },
      ],
    });
    sandbox.store.run('UPDATE aws_instance SET permission_sets_enabled = 0');
    await refresher.runDue();
    expect(await stored.listDelegatedAdministratorIds()).toBeUndefined();
    expect(await stored.arePermissionSetsEnabled()).toBe(false);
    const parts = await stores.inventory.getParts('parcel');
    expect(
      parts.find(({ part }) => part === 'permissionSets')!.reason,
    ).toContain('switched permission sets off');
    // Accounts were read all the same.
    expect(parts.find(({ part }) => part === 'accounts')).toMatchObject({
      complete: true,
    });
  });
});
