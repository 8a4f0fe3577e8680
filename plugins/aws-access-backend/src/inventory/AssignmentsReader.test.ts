import {
  exampleClouds,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { AccountAssignment, AwsReads } from '../clouds/AwsCloud';
import { collectPages } from '../clouds/collectPages';
import { DefaultCloudsProvider } from '../clouds/DefaultCloudsProvider';
import { awsAccessConfigSchema } from '../config/AwsAccessConfig';
import { sandboxConfig } from '../testing/sandboxConfig';
import { createTestDatabases } from '../testing/databases';
import { AssignmentsReader } from './AssignmentsReader';
import { DatabaseInventory } from './DatabaseInventory';

const databases = createTestDatabases();

describe.each(databases.ids)('AssignmentsReader of 50 accounts on %s', id => {
  let sandbox: RunningSandbox;
  let inventory: DatabaseInventory;
  let share: number;

  beforeEach(async () => {
    inventory = new DatabaseInventory(await databases.initMigrated(id));
    share = 0.25;
  });

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: 'small',
      limits: {
        ssoAdminRequestsPerSecond: 10_000,
        identityStoreRequestsPerSecond: 10_000,
      },
    });
  });
  afterAll(() => sandbox.stop());

  /** The reading side with its calls counted; key 1 is a delegated administrator. */
  function create(key = 0) {
    const { aws } = new DefaultCloudsProvider({
      config: awsAccessConfigSchema.parse(
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
      ),
      verifier: { verify: async () => {} },
    }).forOrganization('parcel');
    const calls = { pairs: 0, groups: 0 };
    const counted: AwsReads = new Proxy(aws, {
      get(target, name: keyof AwsReads) {
        if (name === 'listAssignments') calls.pairs++;
        if (name === 'listAssignmentsOfPrincipal') calls.groups++;
        return (target[name] as Function).bind(target);
      },
    });
    /** One reading, and the picture after it. */
    const read = async (since: string, begun?: () => Promise<unknown>) => {
      const arns = await collectPages(aws.listPermissionSetArns());
      const groups = await collectPages(aws.listStoreGroups());
      const draft = await inventory.drafts.begin('parcel');
      await new AssignmentsReader(counted).read(
        arns,
        groups.map(({ groupId }) => groupId),
        draft,
        share,
        () => {},
      );
      await begun?.();
      await draft.finish(since);
      return inventory.records.listAssignments('parcel', {});
    };
    const coverage = () => inventory.rotation.getPairCoverage('parcel');
    return { aws, calls, read, coverage };
  }

  const sorted = (assignments: AccountAssignment[]) =>
    [
      ...new Set(
        assignments.map(one =>
          JSON.stringify([
            one.accountId,
            one.permissionSetArn,
            one.principalType,
            one.principalId,
          ]),
        ),
      ),
    ].sort();
  const everything = () =>
    sorted(
      sandbox.store
        .all<Record<string, string>>('SELECT * FROM aws_account_assignments')
        .map(row => ({
          accountId: row.account_id,
          permissionSetArn: row.permission_set_arn,
          principalType: row.principal_type as 'GROUP' | 'USER',
          principalId: row.principal_id,
        })),
    );

  it('asks groups where that is cheaper, and finds users who are assigned directly in turns', async () => {
    const { aws, calls, read, coverage } = create();
    const at = (hour: number) => `2026-01-01T0${hour}:00:00.000Z`;
    await read(at(1));
    const groups = await collectPages(aws.listStoreGroups());
    const { pairs, unread } = await coverage();
    expect(calls.groups).toBe(groups.length);
    expect(calls.groups + calls.pairs).toBeLessThan(pairs);
    expect(unread).toBeGreaterThan(0);
    for (const hour of [2, 3, 4]) await read(at(hour));
    const found = await read(at(5));
    expect(await coverage()).toEqual({ pairs, unread: 0, asOf: at(2) });
    expect(sorted(found)).toEqual(everything());

    // Somebody assigns a user where a group is: it is found when its turn comes.
    const [group] = found.filter(
      ({ principalType }) => principalType === 'GROUP',
    );
    const [user] = await collectPages(aws.listStoreUsers());
    sandbox.store.run(
      `INSERT INTO aws_account_assignments (account_id, permission_set_arn, principal_type, principal_id, created_at)
       VALUES (?, ?, 'USER', ?, ?)`,
      [
        group.accountId,
        group.permissionSetArn,
        user.userId,
        sandbox.clock.now(),
      ],
    );
    for (const hour of [6, 7, 8]) await read(at(hour));
    expect(sorted(await read(at(9)))).toEqual(everything());

    // What is gone from AWS goes at once where a group had it.
    sandbox.store.run(
      `DELETE FROM aws_account_assignments WHERE account_id = ? AND permission_set_arn = ?`,
      [group.accountId, group.permissionSetArn],
    );
    share = 0;
    expect(sorted(await read(at(9)))).toEqual(everything());
  }, 60_000);

  it('asks every pair where it may not ask groups', async () => {
    const { calls, read, coverage } = create(1);
    const since = '2026-01-01T00:00:00.000Z';
    const found = await read(since);
    expect(calls.groups).toBe(1);
    const { pairs } = await coverage();
    expect(calls.pairs).toBe(pairs);
    expect(await coverage()).toEqual({ pairs, unread: 0, asOf: since });
    expect(sorted(found)).toEqual(everything());
  }, 60_000);

  it('leaves the picture as it was when another reading has begun meanwhile', async () => {
    const { read, coverage } = create();
    const before = await read('2026-01-01T01:00:00.000Z');
    const known = await coverage();
    await expect(
      read('2026-01-01T02:00:00.000Z', () => inventory.drafts.begin('parcel')),
    ).rejects.toThrow('Another reading');
    expect(await inventory.records.listAssignments('parcel', {})).toEqual(
      before,
    );
    expect(await coverage()).toEqual(known);
  }, 60_000);
});
