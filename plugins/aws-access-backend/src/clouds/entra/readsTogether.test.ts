import {
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { awsAccessConfigSchema } from '../../config/AwsAccessConfig';
import { sandboxConfig } from '../../testing/sandboxConfig';
import { collectPages } from '../collectPages';
import { DefaultCloudsProvider } from '../DefaultCloudsProvider';
import { graphUnits } from './graphUnits';
import { isBatchOfReads, outcomesOf, toBatchBody } from './readsTogether';

const MISSING = '00000000-0000-0000-0000-000000000000';

describe('reads of Graph at the same time', () => {
  let sandbox: RunningSandbox;
  let sent: jest.SpyInstance;
  const onThrottled = jest.fn();

  beforeAll(async () => {
    sandbox = await startSandbox();
    sent = jest.spyOn(global, 'fetch');
  });
  beforeEach(() => {
    sent.mockClear();
    onThrottled.mockClear();
    sandbox.weather.set({});
  });
  afterAll(async () => {
    sent.mockRestore();
    await sandbox.stop();
  });

  const entra = (graphUnitsPerSecond?: number) =>
    new DefaultCloudsProvider({
      graphUnitsPerSecond,
      config: awsAccessConfigSchema.parse(sandboxConfig(sandbox.url)),
      verifier: { verify: async () => {} },
      onThrottled,
    }).forOrganization('parcel').entra;
  const calls = () =>
    sent.mock.calls.map(([url, { method }]) => {
      const { pathname } = new URL(String(url));
      return `${method} ${pathname.replace(/[0-9a-f-]{36}/, '{id}')}`;
    });

  it('share calls, twenty in each, and one alone goes by itself', async () => {
    const reads = entra();
    const users = await collectPages(reads.listUsers());
    expect(calls()).toEqual(['GET /v1.0/users']);
    sent.mockClear();
    const found = await Promise.all(
      users.slice(0, 41).map(({ userId }) => reads.getUser(userId)),
    );
    expect(found).toEqual(users.slice(0, 41));
    expect(calls().sort()).toEqual([
      'GET /v1.0/users/{id}',
      'POST /v1.0/$batch',
      'POST /v1.0/$batch',
    ]);
  });

  it('take along what has come until their turn', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `user-${n}`);
    // Five a second: the second call waits for what the first one weighs.
    const reads = entra(5);
    sent.mockImplementation(async (_, { body }) => {
      const { requests } = JSON.parse(body);
      const responses = requests.map(({ id }: { id: string }) => ({
        id,
        status: 200,
        body: { id, userPrincipalName: id },
      }));
      return new Response(JSON.stringify({ responses }));
    });
    try {
      const asked = ids.slice(0, 2).map(id => reads.getUser(id));
      await Promise.all(asked);
      for (const id of ids.slice(2)) {
        asked.push(reads.getUser(id));
        await new Promise(resolve => setImmediate(resolve));
      }
      expect(await Promise.all(asked)).toHaveLength(20);
      expect(calls()).toEqual(['POST /v1.0/$batch', 'POST /v1.0/$batch']);
    } finally {
      sent.mockRestore();
      sent = jest.spyOn(global, 'fetch');
    }
  });

  it('fail one by one, and only what is refused for now is asked for again, alone', async () => {
    const reads = entra();
    const users = (await collectPages(reads.listUsers())).slice(0, 18);
    const [assignment] = (
      await collectPages(reads.listApplicationAssignments())
    ).filter(({ principalType }) => principalType === 'Group');
    const members = await collectPages(
      reads.listMembers(assignment.principalId),
    );
    sandbox.weather.set({
      rules: [
        {
          match: { operation: 'GET /users/*' },
          fault: { type: 'throttle', retryAfterSeconds: null },
          count: 2,
        },
        {
          match: { operation: 'GET /groups/*/members' },
          fault: { type: 'error', status: 503 },
          count: 1,
        },
      ],
    });
    sent.mockClear();
    const [membersAgain, missing, ...found] = await Promise.all([
      collectPages(reads.listMembers(assignment.principalId)),
      reads.getUser(MISSING),
      ...users.map(({ userId }) => reads.getUser(userId)),
    ]);
    expect(membersAgain).toEqual(members);
    expect(missing).toBeUndefined();
    expect(found).toEqual(users);
    expect(calls().sort()).toEqual([
      'GET /v1.0/groups/{id}/members',
      'GET /v1.0/users/{id}',
      'GET /v1.0/users/{id}',
      'POST /v1.0/$batch',
    ]);
    // The pace learns of refusals inside a batch as of any other.
    expect(onThrottled).toHaveBeenCalledTimes(2);
  });

  it('tell of what they may not read each for itself', async () => {
    const reads = entra();
    const [{ userId }] = await collectPages(reads.listUsers());
    sandbox.weather.set({
      rules: [
        {
          match: { operation: 'GET /groups/*' },
          fault: { type: 'missingPermission' },
        },
      ],
    });
    const [user, group] = await Promise.allSettled([
      reads.getUser(userId),
      reads.getGroup(MISSING),
    ]);
    expect(user).toMatchObject({ status: 'fulfilled', value: { userId } });
    expect(group).toMatchObject({
      status: 'rejected',
      reason: {
        kind: 'permanent',
        operation: `graph:GET /groups/${MISSING}`,
        message: expect.stringContaining('lacks GroupMember.Read.All'),
      },
    });
  });

  it.each([
    ['fails', 503, '<html>'],
    ['meets a proxy that knows no such address', 404, '<html>'],
    [
      'is "not found" itself',
      404,
      JSON.stringify({ error: { code: 'ResourceNotFound' } }),
    ],
  ])(
    'are all asked for again, alone, when the call that carries them %s',
    async (_, status, text) => {
      const reads = entra();
      const users = (await collectPages(reads.listUsers())).slice(0, 3);
      sent.mockClear();
      sent.mockImplementationOnce(async () => new Response(text, { status }));
      expect(
        await Promise.all(users.map(({ userId }) => reads.getUser(userId))),
      ).toEqual(users);
      expect(calls()).toEqual([
        'POST /v1.0/$batch',
        ...users.map(() => 'GET /v1.0/users/{id}'),
      ]);
    },
  );

  it('never take a success without a list, or without an object, for "nothing"', async () => {
    const reads = entra();
    for (const text of ['{}', '{"value":null}', '[]', '"none"', '']) {
      sent.mockImplementation(async () => new Response(text));
      try {
        await expect(collectPages(reads.listUsers())).rejects.toMatchObject({
          cloud: 'entra',
          operation: 'graph:GET /users',
        });
        if (text.startsWith('{')) continue;
        await expect(reads.getUser(MISSING)).rejects.toMatchObject({
          kind: 'permanent',
        });
      } finally {
        sent.mockRestore();
        sent = jest.spyOn(global, 'fetch');
      }
    }
  });
});

describe('outcomesOf', () => {
  const refused = (status: number, headers?: object | null) => ({
    id: '1',
    status,
    headers,
    body: { error: { code: 'Code', message: 'Words' } },
  });

  it.each([
    ['a 429 with its own time', refused(429, { 'retry-after': '7' }), 7_000],
    ['a 429 without one', refused(429, null), undefined],
    ['a 424', refused(424, { 'Retry-After': 'soon' }), undefined],
  ])('keeps %s', (_, response, retryAfterMs) => {
    expect(
      outcomesOf(
        { responses: [response, { id: '0', status: 200, body: {} }] },
        2,
      ),
    ).toEqual([
      { body: {} },
      {
        refusal: {
          status: response.status,
          code: 'Code',
          message: 'Words',
          retryAfterMs,
        },
      },
    ]);
  });

  it.each([
    ['nothing', null],
    ['no list', { responses: 'none' }],
    [
      'answers to what was not asked',
      { responses: [{ id: '7', status: 200 }] },
    ],
    ['success with nothing', { responses: [{ id: '0', status: 200 }] }],
    [
      'success with a text',
      { responses: [{ id: '0', status: 200, body: 'PGh0bWw+' }] },
    ],
    ['an answer to nobody', { responses: [{ id: '', status: 200, body: {} }] }],
    ['an answer without a status', { responses: [{ id: '0', body: {} }] }],
  ])('takes %s for a fault that may pass, never for "not found"', (_, body) => {
    expect(outcomesOf(body, 1)).toMatchObject([{ refusal: { status: 502 } }]);
  });
});

describe('isBatchOfReads', () => {
  const URL_OF_BATCH = 'https://graph.microsoft.com/v1.0/$batch';
  const one = { id: '0', method: 'GET', url: '/users/1' };
  const batch = (...requests: object[]) => JSON.stringify({ requests });

  it('knows what we send', () => {
    const body = JSON.stringify(toBatchBody(['/users/1', '/groups/2']));
    expect(isBatchOfReads(URL_OF_BATCH, body)).toBe(true);
  });

  it.each([
    [
      'a write',
      URL_OF_BATCH,
      batch(one, { ...one, id: '1', method: 'DELETE' }),
    ],
    ['a body', URL_OF_BATCH, batch({ ...one, body: {} })],
    ['headers', URL_OF_BATCH, batch({ ...one, headers: { Prefer: 'x' } })],
    [
      'another host',
      URL_OF_BATCH,
      batch({ ...one, url: 'https://evil.example' }),
    ],
    ['too many', URL_OF_BATCH, batch(...Array.from({ length: 21 }, () => one))],
    ['another path', 'https://graph.microsoft.com/v1.0/groups', batch(one)],
    ['no text', URL_OF_BATCH, undefined],
  ])('security rule 19: refuses %s', (_, url, body) => {
    expect(isBatchOfReads(url, body)).toBe(false);
  });
});

describe('graphUnits', () => {
  it.each([
    ['GET', '/users?$top=999', 2],
    ['GET', '/users?$select=id&$top=999', 1],
    ['GET', '/users/1?$select=id', 1],
    ['GET', '/groups/1/members', 3],
    ['GET', '/groups/1/members?$select=id', 2],
    ['POST', '/groups/1/members/$ref', 12],
  ])('%s %s costs %d', (method, path, units) => {
    expect(graphUnits(method, path)).toBe(units);
  });
});
