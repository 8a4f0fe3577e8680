import { parse } from 'yaml';
import {
  addMembersExamples,
  createAccountAssignmentExamples,
  createGroupExamples,
  createPermissionSetExamples,
} from './direct/directActions.examples';
import { examples as requestExamples } from './request/createAccessRequestAction.examples';
import { examples as returnExamples } from './return/createReturnAction.examples';
import { CloudsPortal } from './testing/CloudsPortal';
import { directTemplates, templateOf } from './testing/directTemplates';

// Real steps against a sandbox, some of which wait for AWS and SCIM.
jest.setTimeout(60_000);

const INSTANCE = 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33';
const PAYMENTS_DEV = '111122225555';
/** Its owner is in another team, and so does not benefit and may approve. */
const DATA_DEV = '555566669999';
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

/** What templates file for this team goes through, as long as it is harmless. */
const payments = {
  team: 'group:default/payments',
  justification: 'We run this account',
  duration: 'standing',
};
/** What anybody files for this one waits for somebody. */
const webShop = { ...payments, team: 'group:default/web-shop' };

const policy = {
  defaultStage: {
    name: 'account owner',
    // Owners of the accounts of a team benefit from what the whole team gets.
    approvers: ['accountOwner', 'user:default/sia'],
  },
  defaultStageWithoutAccounts: {
    name: 'security',
    approvers: ['user:default/sia'],
  },
  rules: [
    {
      name: 'templates of the payments team',
      match: {
        teams: [payments.team],
        filedByActor: true,
        // What carries nothing yet is approved by itself only where it is named.
        changes: ['accessGroup', 'membership', 'permissionSet', 'assignment'],
      },
      autoApprove: true,
    },
  ],
};

describe('the direct actions, in both clouds', () => {
  let portal: CloudsPortal;

  beforeAll(async () => {
    portal = await CloudsPortal.start({
      entities: directTemplates,
      followUps: ['template:default/deploy-service'],
      policy,
    });
  });
  afterAll(() => portal.stop());

  type Task = Awaited<ReturnType<CloudsPortal['run']>>;
  /** What the step has put out, when it has come to its end. */
  const outputOf = (task: Task): any => {
    if (task.status === 'failed') throw new Error(task.log.join('\n'));
    return task.output.text![0].content;
  };

  const succeed = async (action: string, input: object, person = 'ana') =>
    outputOf(await portal.run(templateOf(action), { input }, person));

  const requestsOf = async (person: string): Promise<string[]> => {
    const { items } = await portal.get('/requests?view=mine&limit=100', person);
    return items.map(({ id }: { id: string }) => id);
  };

  const memberNames = async (groupId: string): Promise<string[]> => {
    const { value } = await portal.clouds.graph(`/groups/${groupId}/members`);
    return value.map((member: any) => member.displayName);
  };

  const groupsWith = async (accountId: string, arn: string) => {
    const { AccountAssignments } = await portal.clouds.aws(
      'sso-admin',
      'ListAccountAssignments',
      { InstanceArn: INSTANCE, AccountId: accountId, PermissionSetArn: arn },
    );
    return AccountAssignments.map((one: any) => one.PrincipalType);
  };

  const describeSet = (arn: string) =>
    portal.clouds.aws('sso-admin', 'DescribePermissionSet', {
      InstanceArn: INSTANCE,
      PermissionSetArn: arn,
    });

  it('make it so at once where a rule approves it, and give it back', async () => {
    const group = await succeed('entra:group:create', {
      ...payments,
      name: 'AWS-Payments-Direct',
      for: 'me',
    });
    expect(group).toMatchObject({
      groupName: 'AWS-Payments-Direct',
      requestUrl: `http://portal/aws-access/requests/${group.requestId}`,
    });
    const { entraGroupId } = group;
    expect(await portal.clouds.graph(`/groups/${entraGroupId}`)).toMatchObject({
      displayName: 'AWS-Payments-Direct',
    });
    expect(await memberNames(entraGroupId)).toEqual(['Ana Alves']);

    const set = await succeed('aws:permission-set:create', {
      ...payments,
      name: 'PaymentsDirect',
      managedPolicies: [READ_ONLY],
    });
    const { PermissionSet } = await describeSet(set.permissionSetArn);
    expect(PermissionSet.Name).toBe('PaymentsDirect');

    await portal.untilState(group.requestId, 'active');
    await portal.untilState(set.requestId, 'active');
    await portal.untilListed(set.permissionSetName);
    const assigned = await succeed('aws:account-assignment:create', {
      ...payments,
      accessGroup: entraGroupId,
      permissionSet: set.permissionSetArn,
      accounts: [PAYMENTS_DEV],
    });
    expect(await groupsWith(PAYMENTS_DEV, set.permissionSetArn)).toEqual([
      'GROUP',
    ]);
    await portal.untilState(assigned.requestId, 'active');

    const joined = await succeed('entra:group:add-members', {
      ...payments,
      duration: 'P7D',
      accessGroup: entraGroupId,
      people: ['user:default/ben'],
    });
    expect(await memberNames(entraGroupId)).toEqual(
      expect.arrayContaining(['Ana Alves', 'Ben Brandt']),
    );

    await portal.untilState(joined.requestId, 'active');
    const { requestId } = joined;
    const byBen = await portal.run(
      'aws-access-return',
      { input: { requestId } },
      'ben',
    );
    expect(byBen.log.join('\n')).toMatch(/that you could give back/);
    await succeed('aws-access:return', { requestId });
    await portal.untilState(requestId, 'ended');
    expect(await memberNames(entraGroupId)).toEqual(['Ana Alves']);
    // Once more finds it done.
    expect(await succeed('aws-access:return', { requestId })).toMatchObject({
      state: 'ended',
    });
  });

  it('file once, however often their task is run', async () => {
    const before = await requestsOf('ana');
    const input = { ...payments, name: 'AWS-Payments-Once', for: 'team' };
    const task = await portal.run('entra-group-create-and-fail', { input });
    expect(task.status).toBe('failed');
    const again = await portal.retry(task.id);
    expect(again.log.join('\n')).toContain('was not read');
    const filed = (await requestsOf('ana')).filter(id => !before.includes(id));
    expect(filed).toHaveLength(1);
    await portal.untilState(filed[0], 'active');
  });

  it('fail at once with the link where somebody has to approve, and go on when they have', async () => {
    const waits = async (action: string, input: object) => {
      const before = await requestsOf('uma');
      const task = await portal.run(templateOf(action), { input }, 'uma');
      expect(task.status).toBe('failed');
      const [id] = (await requestsOf('uma')).filter(
        one => !before.includes(one),
      );
      expect(task.log.join('\n')).toMatch(
        new RegExp(
          `Access request \\d+ now waits for approval by .*: http://portal/aws-access/requests/${id}\\.`,
        ),
      );

      const bySia = await portal.retry(task.id, 'sia');
      // Whichever comes first: it is not hers, nor is the team.
      expect(bySia.log.join('\n')).toMatch(
        /was not filed by you|You are not in the team/,
      );
      // Who runs it again before is told the same, and nothing is filed.
      const early = await portal.retry(task.id, 'uma');
      expect(early.status).toBe('failed');
      expect(await requestsOf('uma')).toHaveLength(before.length + 1);
      await portal.approve(id);
      const made = outputOf(await portal.retry(task.id, 'uma'));
      expect(made.requestId).toBe(id);
      expect(await requestsOf('uma')).toHaveLength(before.length + 1);
      await portal.untilState(id, 'active', 'uma');
      return made;
    };

    const group = await waits('entra:group:create', {
      ...webShop,
      name: 'AWS-WebShop-Direct',
    });
    expect(await memberNames(group.entraGroupId)).toEqual(['Uma Ude']);
    const set = await waits('aws:permission-set:create', {
      ...webShop,
      name: 'WebShopDirect',
      managedPolicies: [READ_ONLY],
    });
    await portal.untilListed('WebShopDirect');
    await waits('aws:account-assignment:create', {
      ...webShop,
      accessGroup: group.entraGroupId,
      permissionSet: set.permissionSetArn,
      accounts: [DATA_DEV],
    });
    expect(await groupsWith(DATA_DEV, set.permissionSetArn)).toEqual(['GROUP']);
  });

  it('go on with what an approved request makes, for its requester only', async () => {
    const { requestId } = await succeed(
      'aws-access:request:create',
      {
        ...webShop,
        changes: [
          {
            kind: 'accessGroup',
            key: 'all',
            name: 'AWS-WebShop-All',
            members: { kind: 'people', people: ['user:default/uma'] },
          },
          {
            kind: 'permissionSet',
            key: 'own',
            document: { name: 'WebShopAll', managedPolicies: [READ_ONLY] },
          },
          {
            kind: 'assignment',
            accessGroup: { change: 'all' },
            permissionSet: { change: 'own' },
            accounts: { kind: 'named', accountIds: [DATA_DEV] },
          },
        ],
      },
      'uma',
    );
    const goOn = (action: string, input: object = {}, person = 'uma') =>
      portal.run(
        templateOf(action),
        { input: { requestId, ...input } },
        person,
      );
    const creations = [
      'entra:group:create',
      'aws:permission-set:create',
      'aws:account-assignment:create',
    ];
    for (const action of creations) {
      const early = await goOn(action);
      expect(early.log.join('\n')).toContain('now waits for approval');
    }

    await portal.approve(requestId);
    const group = outputOf(await goOn('entra:group:create'));
    const set = outputOf(await goOn('aws:permission-set:create'));
    outputOf(await goOn('aws:account-assignment:create'));
    expect(await memberNames(group.entraGroupId)).toEqual(['Uma Ude']);
    const { PermissionSet } = await describeSet(set.permissionSetArn);
    expect(PermissionSet.Name).toBe('WebShopAll');
    expect(await groupsWith(DATA_DEV, set.permissionSetArn)).toEqual(['GROUP']);
    await portal.untilState(requestId, 'active', 'uma');

    for (const action of creations) {
      // Sia may read it, Ana may not.
      const bySia = await goOn(action, {}, 'sia');
      expect(bySia.log.join('\n')).toContain('was not filed by you');
      const byAna = await goOn(action, {}, 'ana');
      expect(byAna.log.join('\n')).toContain('not there or not yours to see');
    }
    // What the request does not ask for is nobody's to go on with.
    const other = await goOn('aws:account-assignment:create', {
      accounts: [PAYMENTS_DEV],
    });
    expect(other.log.join('\n')).toContain('does not ask for what this step');
    const none = await goOn('entra:group:add-members');
    expect(none.log.join('\n')).toContain('does not ask for what this step');
  });

  it('run their examples as a dry run, and every other one, and file nothing', async () => {
    const { requestId, entraGroupId } = await succeed('entra:group:create', {
      ...payments,
      name: 'AWS-Payments-Examples',
      for: 'user:default/ben',
    });
    await portal.untilState(requestId, 'active');
    const set = await portal.get('/permission-sets/ReadOnly');
    const { items: units } = await portal.get('/organizational-units');
    const tryOut = async (
      examples: typeof requestExamples,
      replacements: Record<string, string>,
    ) => {
      const before = await requestsOf('ana');
      for (const { description, example } of examples) {
        const text = Object.entries(replacements).reduce(
          (all, [from, to]) => all.replaceAll(from, to),
          example.replaceAll(/arn:aws:sso:::permissionSet\/\S+/g, set.arn),
        );
        const { log } = await portal.dryRun(parse(text).steps);
        expect([description, log.join('\n')]).toEqual([
          description,
          expect.stringContaining('Dry run: '),
        ]);
      }
      expect(await requestsOf('ana')).toEqual(before);
    };
    const all = [
      ...requestExamples,
      ...returnExamples,
      ...createGroupExamples,
      ...addMembersExamples,
      ...createPermissionSetExamples,
      ...createAccountAssignmentExamples,
    ];
    const isAboutRequest = ({ example }: (typeof all)[number]) =>
      example.includes('requestId');
    const group = { '5d0b8a3e-1c57-4c3a-9f0a-2f7d4b6c8e11': entraGroupId };
    await tryOut(
      all.filter(one => !isAboutRequest(one)),
      { ...group, 'ou-ex01-11112222': units[0].id },
    );

    // The others are about a request that asks for everything they wait for.
    const everything = await succeed('aws-access:request:create', {
      ...payments,
      changes: [
        {
          kind: 'accessGroup',
          key: 'operators',
          members: { kind: 'people', people: ['user:default/ben'] },
        },
        {
          kind: 'permissionSet',
          key: 'queues',
          document: { name: 'QueueReader', managedPolicies: [READ_ONLY] },
        },
        {
          kind: 'assignment',
          accessGroup: { change: 'operators' },
          permissionSet: { change: 'queues' },
          accounts: { kind: 'named', accountIds: ['111122224444'] },
        },
        {
          kind: 'membership',
          accessGroup: { entraGroupId },
          people: ['user:default/ana'],
        },
      ],
    });
    await portal.untilState(everything.requestId, 'active');
    await tryOut(all.filter(isAboutRequest), {
      ...group,
      '0b6f1f0e-5a1c-4b57-9c55-6f2b1f0f7a10': everything.requestId,
    });
  });
});
