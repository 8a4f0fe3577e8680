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
import { AssignmentsReader, FormerAssignments } from './AssignmentsReader';

describe('AssignmentsReader on an organization of 50 accounts', () => {
  let sandbox: RunningSandbox;

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
    return { aws, calls, reader: new AssignmentsReader(counted) };
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
    const { aws, calls, reader } = create();
    const arns = await collectPages(aws.listPermissionSetArns());
    const groupIds = (await collectPages(aws.listStoreGroups())).map(
      ({ groupId }) => groupId,
    );
    let former: FormerAssignments = {
      pairs: [],
      ofUsers: [],
      share: 0.25,
      since: '2026-01-01T00:00:00.000Z',
    };
    const turn = async (hour: number) => {
      const since = `2026-01-01T0${hour}:00:00.000Z`;
      const found = await reader.read(
        arns,
        groupIds,
        { ...former, since },
        () => {},
      );
      former = {
        ...former,
        pairs: found.pairs,
        ofUsers: found.assignments.filter(
          ({ principalType }) => principalType === 'USER',
        ),
      };
      return found;
    };
    await turn(1);
    const { pairs } = former;
    expect(calls.groups).toBe(groupIds.length);
    expect(calls.groups + calls.pairs).toBeLessThan(pairs.length);
    expect(pairs.some(({ readAt }) => readAt === null)).toBe(true);
    for (const hour of [2, 3, 4]) await turn(hour);
    const found = await turn(5);
    expect(found.pairs.every(({ readAt }) => readAt !== null)).toBe(true);
    expect(sorted(found.assignments)).toEqual(everything());

    // Somebody assigns a user where a group is: it is found when its turn comes.
    const [group] = found.assignments.filter(
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
    for (const hour of [6, 7, 8]) await turn(hour);
    expect(sorted((await turn(9)).assignments)).toEqual(everything());
  }, 60_000);

  it('asks every pair where it may not ask groups', async () => {
    const { aws, calls, reader } = create(1);
    const arns = await collectPages(aws.listPermissionSetArns());
    const groupIds = (await collectPages(aws.listStoreGroups())).map(
      ({ groupId }) => groupId,
    );
    const since = '2026-01-01T00:00:00.000Z';
    const found = await reader.read(
      arns,
      groupIds,
      { pairs: [], ofUsers: [], share: 0.25, since },
      () => {},
    );
    expect(calls.groups).toBe(1);
    expect(calls.pairs).toBe(found.pairs.length);
    expect(found.pairs.every(({ readAt }) => readAt === since)).toBe(true);
    expect(sorted(found.assignments)).toEqual(everything());
  }, 60_000);
});
