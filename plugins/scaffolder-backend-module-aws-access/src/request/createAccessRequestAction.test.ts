import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthenticationError } from '@backstage/errors';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { AwsAccessClient } from 'backstage-plugin-aws-access-common';
import { parse } from 'yaml';
import { createAccessRequestAction } from './createAccessRequestAction';
import { examples } from './createAccessRequestAction.examples';

const ARN =
  'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0123456789abcdef';

const input = {
  team: 'payments',
  justification: 'Rotate the leaked key',
  duration: 'PT480M',
  accounts: ['111122223333'],
  permissionSet: ARN,
};

const filed = {
  id: 'r/1042',
  number: 1042,
  state: 'pending',
  title: 'Ana asks for PowerUser on payments-prod for 8 hours',
};

/** The real client on a fake wire, so that refusals are real ResponseErrors. */
function createFakeBackend(respond: () => Response) {
  const calls: { method: string; path: string; body: any }[] = [];
  const fetchFake = async (url: unknown, init?: RequestInit) => {
    calls.push({
      method: init?.method ?? 'GET',
      path: String(url).replace('http://backend', ''),
      body: JSON.parse(String(init?.body)),
    });
    return respond();
  };
  const forInitiator = jest.fn(
    async () =>
      new AwsAccessClient({
        discoveryApi: { getBaseUrl: async () => 'http://backend' },
        fetchApi: { fetch: fetchFake },
        token: 'token',
      }),
  );
  return { calls, awsAccess: { forInitiator } };
}

function createRefusal(status: number, name: string, message: string) {
  return () =>
    Response.json(
      { error: { name, message }, response: { statusCode: status } },
      { status },
    );
}

function setUp(respond: () => Response = () => Response.json(filed)) {
  const backend = createFakeBackend(respond);
  const logger = mockServices.logger.mock();
  const credentials = mockCredentials.user('user:default/ana');
  const action = createAccessRequestAction({
    awsAccess: backend.awsAccess,
    portalUrl: 'https://portal.parcel.example/',
    waitSeconds: 0,
  });
  const run = async (overrides: object = {}) => {
    const context = {
      ...createMockActionContext<any, any>({
        input,
        logger,
        workspacePath: 'unused',
      }),
      getInitiatorCredentials: async () => credentials,
      ...overrides,
    };
    await action.handler(context);
    return Object.fromEntries(jest.mocked(context.output).mock.calls);
  };
  return { ...backend, logger, run, action, credentials };
}

describe('aws-access:request:create', () => {
  it('files the request as the person and ends with a link', async () => {
    const { run, calls, awsAccess, logger, credentials } = setUp();

    await expect(run()).resolves.toEqual({
      requestId: 'r/1042',
      requestNumber: 1042,
      requestUrl: 'https://portal.parcel.example/aws-access/requests/r%2F1042',
      state: 'pending',
      title: filed.title,
    });

    expect(awsAccess.forInitiator).toHaveBeenCalledWith(credentials);
    expect(calls).toEqual([
      {
        method: 'POST',
        path: '/requests',
        body: {
          team: 'group:default/payments',
          justification: 'Rotate the leaked key',
          duration: 'PT8H',
          idempotencyKey: expect.stringMatching(
            /^task:mock-task-id:[\da-f]{64}$/,
          ),
          changes: [
            {
              kind: 'accessGroup',
              key: 'access',
              members: { kind: 'people', people: ['user:default/ana'] },
            },
            {
              kind: 'assignment',
              accessGroup: { change: 'access' },
              permissionSet: { arn: ARN },
              accounts: { kind: 'named', accountIds: ['111122223333'] },
            },
          ],
        },
      },
    ]);
    // One line, and neither the reason nor the title with its names in it.
    expect(logger.info.mock.calls).toEqual([
      [
        'Access request 1042 is pending: https://portal.parcel.example/aws-access/requests/r%2F1042',
      ],
    ]);
  });

  it.each(examples)('runs its example: $description', async ({ example }) => {
    const { run, calls, action } = setUp();
    const [step] = parse(example).steps;
    expect(step.action).toBe(action.id);

    await run({ input: step.input });

    expect(calls[0].body.justification).toBe(step.input.justification);
    expect(calls[0].body.duration).toBe(
      step.input.duration === 'standing' ? null : step.input.duration,
    );
  });

  it('sends the same key for the same input only', async () => {
    const { run, calls } = setUp();
    await run();
    await run({ input: { ...input, duration: 'PT8H' } });
    await run({ input: { ...input, duration: 'PT4H' } });
    await run({ step: { id: 'another' } });
    await run({ task: { id: 'another-task' } });

    const [first, same, ...others] = calls.map(c => c.body.idempotencyKey);
    expect(same).toBe(first);
    expect(new Set([first, ...others]).size).toBe(4);
  });

  it('does not file again, nor ask for a token, when the task is recovered', async () => {
    const { run, calls, awsAccess } = setUp();
    const stored = new Map<string, any>();
    const checkpoint = async ({ key, fn }: any) => {
      if (!stored.has(key)) stored.set(key, await fn());
      return stored.get(key);
    };

    const before = await run({ checkpoint });
    const after = await run({ checkpoint });

    expect(after).toEqual(before);
    expect(calls).toHaveLength(1);
    expect(awsAccess.forInitiator).toHaveBeenCalledTimes(1);

    // The items of one step with `each` share its id, and are two requests.
    await run({ checkpoint, input: { ...input, accounts: ['111122224444'] } });
    expect(calls).toHaveLength(2);
  });

  it.each([
    [{ team: 'user:default/ana' }, /^team must be .*group.*\. Give a catalog/],
    [{ team: undefined }, /^team is missing\. Give a catalog group/],
    [{ justification: ' ' }, /^justification must not be empty\. Say/],
    [{ duration: undefined }, /^duration is missing\..*the word standing/],
    [{ duration: '8h' }, /^duration must be an ISO-8601 .*such as PT8H/],
    [{ accounts: ['prod'] }, /^accounts\.0 must be an AWS account id.*quotes/],
    [{ accounts: [] }, /^accounts is missing\. Give a list of account ids/],
    [
      { permissionSet: 'Admin' },
      /^permissionSet must be the ARN.*not its name/,
    ],
    [{ for: ['group:default/x'] }, /^for\.0 must be .*user.*Give me, team, or/],
    [{ changes: [] }, /^changes and accounts, permissionSet cannot be given/],
    [
      { accounts: undefined, permissionSet: undefined },
      /^accounts is missing.*\npermissionSet is missing.*\nOr give changes/,
    ],
    [
      { accounts: undefined, permissionSet: undefined, changes: [{}] },
      /^changes\.0\.kind is not a known kind\. Give changes as/,
    ],
    [
      { followUp: { template: 'user:default/ana' } },
      /^followUp\.template must be a reference to a catalog template.*Give template/,
    ],
    [{ organizationId: 'Not One' }, /^organizationId must be .*Give the key/],
  ])('refuses %j before calling anybody', async (fault, message) => {
    const { run, calls } = setUp();

    await expect(run({ input: { ...input, ...fault } })).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(message),
    });
    expect(calls).toEqual([]);
  });

  it('files for somebody else, who then is me', async () => {
    const { run, calls } = setUp();
    await run({ input: { ...input, onBehalfOf: 'ben' } });
    expect(calls[0].body).toMatchObject({
      onBehalfOf: 'user:default/ben',
      changes: [{ members: { people: ['user:default/ben'] } }, {}],
    });
  });

  it('takes one person without a list, and empty optional fields', async () => {
    const { run, calls } = setUp();
    await run({
      input: { ...input, for: 'ben', ticket: '', organizationId: '' },
    });
    expect(calls[0].body.changes[0].members.people).toEqual([
      'user:default/ben',
    ]);
    expect(calls[0].body).not.toHaveProperty('ticket');
  });

  it.each([
    [
      400,
      'InputError',
      'changes.1.accounts.accountIds.0: account 999999999999 is not known.',
      'The access request was not filed: accounts.0: account 999999999999 is not known.',
    ],
    [401, 'AuthenticationError', 'Expired', 'Sign in and run the template'],
    [403, 'NotAllowedError', 'You are not in the team', 'can help'],
    [404, 'NotFoundError', 'No such team', 'not there or not yours to see'],
    [409, 'ConflictError', 'Too many open requests', 'your open requests'],
    [503, 'ServiceUnavailableError', 'Starting', 'is not filed twice'],
  ])('explains a %d of the backend', async (status, name, said, explained) => {
    const { run } = setUp(createRefusal(status, name, said));
    await expect(run()).rejects.toThrow(explained);
  });

  it('explains a backend that cannot be reached', async () => {
    const { run } = setUp(() => {
      throw new TypeError('fetch failed');
    });
    await expect(run()).rejects.toThrow(
      'The AWS access backend could not be reached. Run this task again from its page: what was filed already is not filed twice.',
    );
  });

  it('explains that the session of the person has ended', async () => {
    const { run, awsAccess } = setUp();
    awsAccess.forInitiator.mockRejectedValue(
      new AuthenticationError('User token is expired'),
    );
    await expect(run()).rejects.toThrow(
      'your session had ended: User token is expired. Sign in',
    );
  });

  it('refuses a task that no person started', async () => {
    const { run, calls } = setUp();
    await expect(
      run({
        getInitiatorCredentials: async () => mockCredentials.service(),
      }),
    ).rejects.toThrow('Run the template as a signed-in user');
    expect(calls).toEqual([]);
  });
});

describe('aws-access:request:create as a dry run', () => {
  const preview = {
    outcome: 'needsApproval',
    digest: null,
    plan: {
      gains: [{}],
      findings: [
        { id: 'f', severity: 'high', title: 'Production', reason: 'Because' },
      ],
    },
    stages: [
      {
        id: 's',
        name: 'Account owner',
        need: 1,
        order: 1,
        isOpen: true,
        have: 0,
        because: [],
        approvers: [{ entityRef: 'user:default/otto', displayName: 'Otto' }],
      },
    ],
    problems: [],
    denials: [],
    asOf: null,
  };

  it('logs what would become of the request and files nothing', async () => {
    const { run, calls, logger } = setUp(() => Response.json(preview));

    await expect(run({ isDryRun: true })).resolves.toMatchObject({
      requestId: 'dry-run',
      state: 'notFiled',
      requestUrl: 'https://portal.parcel.example/aws-access/requests',
    });

    expect(calls.map(call => call.path)).toEqual(['/requests/preview']);
    expect(calls[0].body).not.toHaveProperty('idempotencyKey');
    expect(logger.info.mock.calls.map(([line]) => line)).toEqual([
      'Dry run: this request would wait for approval by Account owner (1) and grant 1 way into an account. Nothing was filed.',
      'Finding (high): Production',
    ]);
  });

  it.each([
    ['autoApproved', 'would be approved by policy at once'],
    ['denied', 'policy would deny this request'],
  ])('says when a request is %s', async (outcome, said) => {
    const { run, logger } = setUp(() =>
      Response.json({ ...preview, outcome, denials: ['Not on Fridays'] }),
    );
    await run({ isDryRun: true });
    expect(logger.info.mock.calls.join('\n')).toContain(said);
    expect(logger.info.mock.calls.join('\n')).toContain('Not on Fridays');
  });

  it('fails where filing would fail', async () => {
    const { run } = setUp(() =>
      Response.json({
        ...preview,
        outcome: 'cannotFile',
        plan: null,
        problems: [
          {
            path: 'changes.1.permissionSet.arn',
            message: 'names a permission set that is not known.',
            fix: 'Choose one from the list.',
          },
        ],
      }),
    );
    await expect(run({ isDryRun: true })).rejects.toThrow(
      'permissionSet: names a permission set that is not known. Choose one from the list.',
    );
  });
});
