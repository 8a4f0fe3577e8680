import { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { fileRequestSchema } from 'backstage-plugin-aws-access-common';
import { parse } from 'yaml';
import { Call, FakeBackend, refusal } from '../testing/FakeBackend';
import { createAccountAssignmentAction } from './createAccountAssignmentAction';
import { createAddMembersAction } from './createAddMembersAction';
import { createGroupAction } from './createGroupAction';
import { createPermissionSetAction } from './createPermissionSetAction';

const GROUP = '5d0b8a3e-1c57-4c3a-9f0a-2f7d4b6c8e11';
const OTHER_GROUP = '8c1e7d52-4b0a-4f6d-9a3c-5e2b7d9f0a34';
const SET =
  'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0123456789abcdef';
const URL = 'https://portal.parcel.example/aws-access/requests/r-7';

const step = (kind: string, state: string, parts: object = {}) => ({
  id: kind,
  kind,
  title: `Do ${kind}`,
  state,
  detail: null,
  ...parts,
});

const allSteps = (state: string) =>
  [
    'ensureAccessGroup',
    'ensureMembers',
    'assignGroupToEnterpriseApplication',
    'ensurePermissionSet',
    'provisionPermissionSet',
    'ensureAssignment',
  ].map(kind => step(kind, state));

/** A request as the backend tells of it, that asks for one of everything. */
const request = (parts: object = {}) => ({
  id: 'r-7',
  number: 7,
  state: 'provisioning',
  stateReason: null,
  title: 'Ana asks for everything',
  waitingFor: [],
  requester: { entityRef: 'user:default/ana', displayName: 'Ana Alves' },
  changes: [
    {
      kind: 'accessGroup',
      key: 'access',
      name: 'AWS-Payments-Operators',
      members: { kind: 'team', team: 'group:default/payments' },
    },
    {
      kind: 'membership',
      accessGroup: { entraGroupId: GROUP },
      people: ['user:default/ben', 'user:default/ana'],
    },
    {
      kind: 'permissionSet',
      key: 'permissions',
      document: { name: 'QueueReader', sessionDuration: 'PT4H', tags: {} },
    },
    {
      kind: 'assignment',
      accessGroup: { entraGroupId: GROUP },
      permissionSet: { arn: SET },
      accounts: {
        kind: 'named',
        accountIds: ['111122223333', '111122224444'],
      },
    },
  ],
  steps: allSteps('done'),
  cloudObjects: [
    { kind: 'accessGroup', id: GROUP, name: 'AWS-Payments-Operators' },
    { kind: 'permissionSet', id: SET, name: 'QueueReader' },
  ],
  ...parts,
});

const ACTIONS = [
  createGroupAction,
  createAddMembersAction,
  createPermissionSetAction,
  createAccountAssignmentAction,
];

const make = (
  createAction: (typeof ACTIONS)[number],
  answer: (call: Call, n: number) => unknown = () => request(),
  waitSeconds = 3,
) => {
  const backend = new FakeBackend(answer);
  const action: TemplateAction<any, any, any> = createAction(
    backend.options({ waitSeconds }),
  );
  return { backend, action };
};

const filing = {
  team: 'payments',
  justification: 'We run these accounts',
  duration: 'standing',
};

const wishes: Array<[(typeof ACTIONS)[number], object, object]> = [
  [
    createGroupAction,
    { name: 'AWS-Payments-Operators', for: 'team', team: 'payments' },
    {
      kind: 'accessGroup',
      key: 'access',
      name: 'AWS-Payments-Operators',
      members: { kind: 'team', team: 'group:default/payments' },
    },
  ],
  [
    createAddMembersAction,
    { accessGroup: GROUP.toUpperCase(), people: 'ben' },
    {
      kind: 'membership',
      accessGroup: { entraGroupId: GROUP },
      people: ['user:default/ben'],
    },
  ],
  [
    createPermissionSetAction,
    { name: 'QueueReader', sessionDuration: 'PT240M', description: '' },
    {
      kind: 'permissionSet',
      key: 'permissions',
      document: expect.objectContaining({
        name: 'QueueReader',
        sessionDuration: 'PT4H',
        description: null,
      }),
    },
  ],
  [
    createAccountAssignmentAction,
    { accessGroup: GROUP, permissionSet: SET, accounts: ['111122224444'] },
    {
      kind: 'assignment',
      accessGroup: { entraGroupId: GROUP },
      permissionSet: { arn: SET },
      accounts: { kind: 'named', accountIds: ['111122224444'] },
    },
  ],
];

describe.each(wishes)('a direct action (%p)', (createAction, wish, change) => {
  it('files its change and succeeds when policy approves at once', async () => {
    const { backend, action } = make(createAction, ({ method }, n) =>
      method === 'POST' || n < 4
        ? request({ state: 'approved', steps: [] })
        : request(),
    );

    const outputs = await backend.run(action, { ...filing, ...wish });

    expect(outputs).toMatchObject({
      requestId: 'r-7',
      requestNumber: 7,
      requestUrl: URL,
      state: 'provisioning',
    });
    const [{ path, body }] = backend.calls;
    expect(path).toBe('/requests');
    expect(fileRequestSchema.parse(body)).toMatchObject({
      team: 'group:default/payments',
      duration: null,
      changes: [change],
    });
    expect(backend.pauses).toBe(2);
  });

  it('fails at once, with the link, when a person has to approve', async () => {
    const { backend, action } = make(createAction, () =>
      request({ state: 'pending', steps: [], waitingFor: ['account owner'] }),
    );
    await expect(
      backend.run(action, { ...filing, ...wish }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: `Access request 7 now waits for approval by account owner: ${URL}. Run this task again when it is approved; nothing is filed twice.`,
    });
    expect(backend.pauses).toBe(0);
  });

  it('reports what an approved request of the person has made', async () => {
    const { backend, action } = make(createAction);
    await expect(
      backend.run(action, { requestId: 'r-7', ...wish }),
    ).resolves.toMatchObject({ requestId: 'r-7', requestNumber: 7 });
    await backend.run(action, { requestId: 'r-7' });
    expect(backend.calls).toEqual([
      { method: 'GET', path: '/requests/r-7', body: undefined },
      { method: 'GET', path: '/requests/r-7', body: undefined },
    ]);
  });

  it('goes on with nobody else’s request', async () => {
    const { backend, action } = make(createAction, () =>
      request({
        requester: { entityRef: 'user:default/ben', displayName: 'Ben' },
      }),
    );
    await expect(
      backend.run(action, { requestId: 'r-7', ...wish }),
    ).rejects.toThrow('was not filed by you');
  });

  it('waits no longer than it may', async () => {
    const { backend, action } = make(createAction, () =>
      request({ steps: allSteps('running') }),
    );
    await expect(backend.run(action, { requestId: 'r-7' })).rejects.toThrow(
      /^Access request 7 is approved and still being carried out \(Do ensure\w+\)/,
    );
    expect(backend.pauses).toBe(3);
  });

  it('files and reads nothing else on a dry run', async () => {
    const { backend, action } = make(createAction, ({ method }) =>
      method === 'GET'
        ? request({ state: 'pending' })
        : {
            outcome: 'needsApproval',
            plan: null,
            stages: [],
            problems: [],
            denials: [],
          },
    );
    await expect(
      backend.run(action, { ...filing, ...wish }, { isDryRun: true }),
    ).resolves.toMatchObject({ requestId: 'dry-run', state: 'notFiled' });
    await expect(
      backend.run(action, { requestId: 'r-7' }, { isDryRun: true }),
    ).resolves.toMatchObject({ requestId: 'r-7', state: 'pending' });
    expect(backend.calls.map(({ path }) => path)).toEqual([
      '/requests/preview',
      '/requests/r-7',
    ]);
  });
});

describe('direct actions', () => {
  it.each([
    ['denied', 'NotAllowedError', /is denied: Not on Fridays\. See/],
    ['rejected', 'NotAllowedError', /is rejected/],
    ['withdrawn', 'ConflictError', /is withdrawn/],
    ['lapsed', 'ConflictError', /is lapsed/],
    ['ended', 'ConflictError', /is ended.*run the template anew/],
    ['stuck', 'Error', /is stuck \(Do ensureMembers\): No licence\./],
  ])('say why not when the request is %s', async (state, name, message) => {
    const { backend, action } = make(createGroupAction, () =>
      request({
        state,
        stateReason: 'Not on Fridays.',
        steps: [
          step('ensureAccessGroup', 'done'),
          step('ensureMembers', 'failed', { detail: 'No licence.' }),
        ],
      }),
    );
    await expect(
      backend.run(action, { requestId: 'r-7' }),
    ).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  it('do not mind what else of the request is stuck', async () => {
    const { backend, action } = make(createGroupAction, () =>
      request({
        state: 'stuck',
        steps: [...allSteps('done'), step('verify', 'failed')],
      }),
    );
    await expect(
      backend.run(action, { requestId: 'r-7' }),
    ).resolves.toMatchObject({
      entraGroupId: GROUP,
      groupName: 'AWS-Payments-Operators',
    });
  });

  it.each([
    ['makes several', [GROUP, OTHER_GROUP], /^name: access request 7 makes/],
    ['names none', [], /^requestId: access request 7 names nothing/],
  ])('go on with no guess where the request %s', async (_, ids, message) => {
    const { backend, action } = make(createGroupAction, () =>
      request({
        cloudObjects: ids.map(id => ({
          kind: 'accessGroup',
          id,
          name:
            id === GROUP ? 'AWS-Payments-Operators' : 'AWS-Payments-Readers',
        })),
      }),
    );
    await expect(
      backend.run(action, { requestId: 'r-7' }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(message),
    });
    await expect(
      backend.run(action, { requestId: 'r-7' }, { isDryRun: true }),
    ).resolves.toMatchObject({ entraGroupId: 'dry-run' });
    if (ids.length === 0) return;
    await expect(
      backend.run(action, { requestId: 'r-7', name: 'AWS-Payments-Operators' }),
    ).resolves.toMatchObject({ entraGroupId: GROUP });
  });

  it('name the permission set by the ARN that AWS gave it', async () => {
    const { backend, action } = make(createPermissionSetAction);
    await expect(
      backend.run(action, { requestId: 'r-7', name: 'QueueReader' }),
    ).resolves.toMatchObject({
      permissionSetArn: SET,
      permissionSetName: 'QueueReader',
    });
  });

  it.each([
    [createGroupAction, { name: 'AWS-Admins' }],
    [createGroupAction, { for: 'me' }],
    [createAddMembersAction, { people: ['ana', 'uma'] }],
    [createPermissionSetAction, { inlinePolicy: '{}' }],
    [createAccountAssignmentAction, { accounts: ['555566667777'] }],
    [
      createAccountAssignmentAction,
      { scope: { kind: 'all', maxAccounts: 100 } },
    ],
  ])('refuse what the request does not cover: %p %j', async (create, wish) => {
    const { backend, action } = make(create);
    await expect(
      backend.run(action, { requestId: 'r-7', ...wish }),
    ).rejects.toThrow('does not ask for what this step is given');
  });

  it.each([
    [createGroupAction, { for: ['group:default/x'] }, /^for\.0 must be .*user/],
    [createGroupAction, { team: undefined }, /^team is missing\. Give a/],
    [createGroupAction, { name: 'a;b' }, /^name must not contain < >/],
    [
      createAddMembersAction,
      {},
      /^accessGroup is missing\.\npeople is missing/,
    ],
    [createPermissionSetAction, {}, /^name is missing\.$/],
    [
      createAccountAssignmentAction,
      { accessGroup: GROUP, permissionSet: 'Admin', accounts: ['prod'] },
      /^permissionSet must be the ARN of a permission set\.\naccounts\.0 must/,
    ],
  ])('name the faulty input: %p %j', async (create, fault, message) => {
    const { backend, action } = make(create);
    await expect(
      backend.run(action, { ...filing, ...fault }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(message),
    });
    expect(backend.calls).toEqual([]);
  });

  it('file once, and look anew, when the task is run again', async () => {
    let state = 'pending';
    const { backend, action } = make(createGroupAction, () =>
      request({ state }),
    );
    const stored = new Map<string, any>();
    const checkpoint = async ({ key, fn }: any) => {
      if (!stored.has(key)) stored.set(key, await fn());
      return stored.get(key);
    };
    await expect(backend.run(action, filing, { checkpoint })).rejects.toThrow(
      'now waits for approval',
    );
    state = 'active';
    await expect(
      backend.run(action, filing, { checkpoint }),
    ).resolves.toMatchObject({ state: 'active', entraGroupId: GROUP });
    expect(
      backend.calls.filter(({ method }) => method === 'POST'),
    ).toHaveLength(1);
  });

  it('say that a request is not there, or not theirs', async () => {
    const { backend, action } = make(createGroupAction, () =>
      refusal(404, 'NotFoundError', 'There is no such request.'),
    );
    await expect(backend.run(action, { requestId: 'x' })).rejects.toThrow(
      'The access request was not read, because something it names is not there',
    );
  });

  const all = ACTIONS.flatMap(create =>
    (make(create).action.examples ?? []).map(
      ({ description, example }) => [description, create, example] as const,
    ),
  );
  it.each(all)('run the example: %s', async (_, create, example) => {
    const [{ action: id, input }] = parse(example).steps;
    const changes: any[] = [];
    const { backend, action } = make(create, ({ body }) => {
      if (body) changes.push(...fileRequestSchema.parse(body).changes);
      return request({
        steps: allSteps('done'),
        ...(body && { changes: body.changes }),
        cloudObjects: [
          { kind: 'accessGroup', id: GROUP, name: input.name ?? 'AWS-Ours' },
          {
            kind: 'permissionSet',
            id: SET,
            name: input.name ?? 'QueueReader',
          },
        ],
      });
    });
    expect(action.id).toBe(id);
    await expect(backend.run(action, input)).resolves.toMatchObject({
      requestId: 'r-7',
    });
    expect(changes).toHaveLength(input.requestId ? 0 : 1);
  });
});
