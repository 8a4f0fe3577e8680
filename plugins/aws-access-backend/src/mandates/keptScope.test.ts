import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { createTestDatabases } from '../testing/databases';
import { InterleavedWorld } from '../testing/InterleavedWorld';
import { accountId, permissionSetArn } from '../testing/planOf';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';

jest.setTimeout(120_000);

const NEW_ACCOUNT = '333344445555';

/** What AWS Organizations shows once an account was made, moved or closed. */
function makeAccount({ store }: RunningSandbox, tags: object): void {
  store.run(
    `INSERT INTO aws_accounts (id, arn, name, email, joined_at, parent_id)
     SELECT ?, replace(arn, id, ?), 'payments-new', 'new@parcel.example', ?, parent_id
       FROM aws_accounts WHERE id = ?`,
    [NEW_ACCOUNT, NEW_ACCOUNT, Date.now() + 60_000, accountId('payments-dev')],
  );
  for (const [key, value] of Object.entries(tags)) {
    store.run(
      'INSERT INTO aws_resource_tags (resource_id, key, value) VALUES (?, ?, ?)',
      [NEW_ACCOUNT, key, value],
    );
  }
}

describe('a scope that is kept true, from the clouds to the clouds', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let world: InterleavedWorld;

  beforeEach(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterEach(async () => {
    await world.stop();
    await sandbox.stop();
  });

  const ways = {
    'tagged otherwise':
      "UPDATE aws_resource_tags SET value = 'prod' WHERE resource_id = ? AND key = 'environment'",
    closed: "UPDATE aws_accounts SET state = 'SUSPENDED' WHERE id = ?",
  };

  it.each(
    databases.ids.flatMap(id =>
      Object.entries(ways).map(([way, sql]) => [way, id, sql] as const),
    ),
  )(
    'security rule 17: follows an account that is made and then %s, on %s',
    async (_way, databaseId, sql) => {
      world = new InterleavedWorld(
        await databases.initMigrated(databaseId),
        sandbox,
      );
      await world.start();
      await world.refreshInventory();
      const request = await world.file(
        [
          {
            kind: 'accessGroup',
            key: 'access',
            name: 'AWS-Kept',
            members: { kind: 'people', people: ['user:default/ana'] },
          },
          {
            kind: 'assignment',
            accessGroup: { change: 'access' },
            permissionSet: { arn: permissionSetArn('LogReader') },
            accounts: {
              kind: 'tag',
              key: 'environment',
              value: 'dev',
              maxAccounts: 10,
            },
          },
        ],
        null,
      );
      await world.settle();
      const look = async () =>
        (await world.world.look('AWS-Kept', 'LogReader')).accounts;
      const before = await look();
      expect(before).toContain('payments-dev');
      expect(await world.world.state(request!.id)).toBe('active');
      // The keeper, the request and the catalog speak of the group as it is now.
      await world.refreshInventory();

      makeAccount(sandbox, { environment: 'dev', owner: 'user:default/petra' });
      await world.refreshInventory();
      const [mandate] = await world.world.stores.mandates.listOfRequest(
        request!.id,
      );
      const untilEntry = (verdict: string) =>
        world.world.until(async () => {
          const entries = await world.world.stores.mandates.listEntries(
            mandate.id,
          );
          return entries.find(
            entry => entry.subject === NEW_ACCOUNT && entry.verdict === verdict,
          );
        }, `the new account to be ${verdict}`);
      const taken = await untilEntry('takenIn');
      await world.world.untilState(taken.requestId!, 'active');
      const assigned = () =>
        sandbox.store.all(
          'SELECT 1 FROM aws_account_assignments WHERE account_id = ?',
          [NEW_ACCOUNT],
        );
      expect(assigned()).toHaveLength(1);

      sandbox.store.run(sql, [NEW_ACCOUNT]);
      await world.refreshInventory();
      await untilEntry('left');
      await world.world.untilState(taken.requestId!, 'ended');
      expect(assigned()).toHaveLength(0);
      expect(await look()).toEqual(before);
    },
  );
});
