import { setTimeout } from 'node:timers/promises';
import { CloudsPortal } from './testing/CloudsPortal';
import { ownTemplates, why } from './testing/ownTemplates';

// Real steps against a sandbox, some of which wait for AWS and SCIM.
jest.setTimeout(60_000);

const INSTANCE = 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33';
const STORE = 'd-99670e1a2b';
/** Its owner is in another team, and so does not benefit and may approve. */
const DATA_DEV = '555566669999';
const PAYMENTS_STAGING = '111122224444';
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
describe('the templates that ship, in both clouds', () => {
  let portal: CloudsPortal;
  let sets: Record<string, string>;

  beforeAll(async () => {
    portal = await CloudsPortal.start({
      entities: ownTemplates,
      followUps: ['template:default/deploy'],
    });
    const { items } = await portal.get('/permission-sets?limit=100');
    sets = Object.fromEntries(items.map((set: any) => [set.name, set.arn]));
  });
  afterAll(() => portal.stop());

  /** Runs the template, has its request approved, and waits for the end of it. */
  async function carryOut(name: string, values: object, state = 'active') {
    const task = await portal.run(name, values);
    if (task.status === 'failed') throw new Error(task.log.join('\n'));
    const id = task.output.links![0].url.split('/').pop()!;
    const filed = await portal.get(`/requests/${id}`);
    expect(filed.state).toBe('pending');
    await portal.approve(id);
    return portal.untilState(id, state);
  }

  const assignmentsOf = async (accountId: string, arn: string) => {
    const { AccountAssignments } = await portal.clouds.aws(
      'sso-admin',
      'ListAccountAssignments',
      {
        InstanceArn: INSTANCE,
        AccountId: accountId,
        PermissionSetArn: arn,
        MaxResults: 100,
      },
    );
    return AccountAssignments as Array<{
      PrincipalType: string;
      PrincipalId: string;
    }>;
  };

  /** The inventory follows what is done in the clouds; forms plan by it. */
  async function untilHeld(groupId: string, user: string, isHeld: boolean) {
    for (;;) {
      const { items } = await portal.get(`/access?user=${user}`, 'sia');
      const entries = items.filter(
        ({ path, holders }: any) =>
          path.entraGroupId === groupId &&
          // AWS learns who left from the next SCIM cycle.
          holders.some(
            ({ entityRef, reach }: any) =>
              entityRef === user && reach !== 'leaving',
          ),
      );
      if (entries.length > 0 === isHeld) return;
      await setTimeout(20);
    }
  }

  const memberNames = async (groupId: string): Promise<string[]> => {
    const { value } = await portal.clouds.graph(
      `/groups/${groupId}/members?$top=100`,
    );
    return value.map((member: any) => member.displayName);
  };

  const storeUserOf = async (name: string) => {
    const { Users } = await portal.clouds.aws('identitystore', 'ListUsers', {
      IdentityStoreId: STORE,
    });
    return Users.find((user: any) => user.UserName.startsWith(`${name}.`))
      .UserId;
  };

  it('onboard a team, and give back what it no longer needs', async () => {
    const onboarded = await carryOut('onboard-team-to-aws', {
      ...why,
      accounts: [DATA_DEV],
      duration: 'standing',
      groupName: 'AWS-Payments-Own',
      permissions: 'new',
      newName: 'PaymentsOwn',
      managedPolicies: [READ_ONLY],
    });
    const objects = onboarded.cloudObjects!;
    const group = objects.find(({ kind }) => kind === 'accessGroup')!;
    const set = objects.find(({ kind }) => kind === 'permissionSet')!;

    expect(await portal.clouds.graph(`/groups/${group.id}`)).toMatchObject({
      displayName: 'AWS-Payments-Own',
    });
    expect(await memberNames(group.id)).toEqual(
      expect.arrayContaining(['Ana Alves', 'Ben Brandt', 'Petra Pohl']),
    );
    const described = await portal.clouds.aws(
      'sso-admin',
      'DescribePermissionSet',
      { InstanceArn: INSTANCE, PermissionSetArn: set.id },
    );
    expect(described.PermissionSet.Name).toBe('PaymentsOwn');
    expect(await assignmentsOf(DATA_DEV, set.id)).toMatchObject([
      { PrincipalType: 'GROUP' },
    ]);
    await portal.untilListed('PaymentsOwn');
    await untilHeld(group.id, 'user:default/ben', true);

    await carryOut(
      'give-back-aws-access',
      {
        ...why,
        accessGroup: group.id,
        what: 'people',
        people: ['user:default/ben'],
      },
      'ended',
    );
    expect(await memberNames(group.id)).not.toContain('Ben Brandt');
    await untilHeld(group.id, 'user:default/ben', false);

    // A direct action ends while its request waits, and goes on when it is run
    // again.
    const join = await portal.run('join', { accessGroup: group.id });
    expect(join.status).toBe('failed');
    expect(join.log.join('\n')).toMatch(/now waits for approval by .*: http/);
    const { items } = await portal.get('/requests?view=mine');
    const [{ id: joining }] = items;
    await portal.approve(joining);
    const byBen = await portal.retry(join.id, 'ben');
    expect(byBen.log.join('\n')).toContain('was not filed by you');
    expect(await portal.retry(join.id)).toMatchObject({ status: 'completed' });
    expect(await memberNames(group.id)).toContain('Ben Brandt');

    await portal.untilState(joining, 'active');
    const leave = await portal.run('leave', { requestId: joining });
    expect(leave.status).toBe('completed');
    await portal.untilState(joining, 'ended');
    expect(await memberNames(group.id)).not.toContain('Ben Brandt');
    await untilHeld(group.id, 'user:default/ben', false);

    await carryOut(
      'give-back-aws-access',
      {
        ...why,
        accessGroup: group.id,
        what: 'accounts',
        permissionSet: set.id,
        accounts: [DATA_DEV],
      },
      'ended',
    );
    expect(await assignmentsOf(DATA_DEV, set.id)).toEqual([]);
    await untilHeld(group.id, 'user:default/ana', false);
    await carryOut(
      'give-back-aws-access',
      { ...why, accessGroup: group.id, what: 'group' },
      'ended',
    );
    await expect(portal.clouds.graph(`/groups/${group.id}`)).rejects.toThrow(
      '404',
    );
  });

  it('request access', async () => {
    const before = await assignmentsOf(PAYMENTS_STAGING, sets.LogReader);
    await carryOut('request-aws-access', {
      ...why,
      for: ['user:default/ben'],
      accounts: [PAYMENTS_STAGING],
      permissionSet: sets.LogReader,
      duration: 'PT8H',
    });
    expect(await assignmentsOf(PAYMENTS_STAGING, sets.LogReader)).toHaveLength(
      before.length + 1,
    );
  });

  it('request temporary elevated access', async () => {
    await carryOut('request-elevated-aws-access', {
      ...why,
      for: 'me',
      accounts: [PAYMENTS_STAGING],
      permissionSet: sets.PowerUser,
      duration: 'PT2H',
    });
    expect(
      await assignmentsOf(PAYMENTS_STAGING, sets.PowerUser),
    ).toContainEqual(
      expect.objectContaining({
        PrincipalType: 'USER',
        PrincipalId: await storeUserOf('ana'),
      }),
    );
  });

  it('design a permission set, with which another template goes on', async () => {
    const policy =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::parcel-ledger/*"}]}';
    const designed = await carryOut('design-aws-permission-set', {
      ...why,
      name: 'LedgerExporter',
      sessionDuration: 'PT2H',
      inlinePolicy: policy,
    });
    const [set] = designed.cloudObjects!;
    const { InlinePolicy } = await portal.clouds.aws(
      'sso-admin',
      'GetInlinePolicyForPermissionSet',
      { InstanceArn: INSTANCE, PermissionSetArn: set.id },
    );
    expect(InlinePolicy).toBe(policy);

    const second = await portal.run('second-half', { requestId: designed.id });
    expect(second).toMatchObject({
      status: 'completed',
      output: { text: [{ title: 'arn', content: set.id }] },
    });
    // Ben may read the request of his team, and builds on nobody else's.
    const other = await portal.run(
      'second-half',
      { requestId: designed.id },
      'ben',
    );
    expect(other.status).toBe('failed');
    expect(other.log.join('\n')).toContain('was not filed by you');
  });

  it('create a service with its access', async () => {
    const before = await assignmentsOf(DATA_DEV, sets.SupportUser);
    const served = await carryOut('service-with-aws-access', {
      name: 'ledger',
      team: why.team,
      accounts: [DATA_DEV],
      permissionSet: sets.SupportUser,
      duration: 'standing',
    });
    expect(served.justification).toBe('Operates the service ledger');
    expect(await assignmentsOf(DATA_DEV, sets.SupportUser)).toHaveLength(
      before.length + 1,
    );
  });

  it('go on after the approval, as the portal itself', async () => {
    const task = await portal.run('ask-and-go-on', {
      permissionSet: sets.DatabaseAdmin,
    });
    expect(task.status).toBe('completed');
    const { items } = await portal.get('/requests?view=mine');
    const [{ id }] = items;
    expect((await portal.get(`/requests/${id}`)).followUp.state).toBe(
      'planned',
    );
    await portal.approve(id);
    await portal.untilState(id, 'active');
    for (;;) {
      const { followUp } = await portal.get(`/requests/${id}`);
      expect(followUp.state).not.toBe('notStarted');
      if (followUp.state !== 'started') continue;
      const { status, log } = await portal.endOfTask(followUp.taskId);
      expect(status).toBe('completed');
      expect(log.join('\n')).toContain('Deploys ledger for user:default/ana');
      break;
    }
  });
});
