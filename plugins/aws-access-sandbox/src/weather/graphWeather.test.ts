import type { GraphError } from '@microsoft/microsoft-graph-client';
import { exampleClouds } from '../seed';
import { type RunningSandbox, startSandbox } from '../server/startSandbox';
import { graphClient } from '../testing/graphClient';
import type { WeatherInput } from './WeatherDocument';

type Fault = NonNullable<WeatherInput['rules']>[number]['fault'];

describe('weather over Graph', () => {
  let sandbox: RunningSandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.stop());

  const strike = (fault: Fault, operation?: string) =>
    sandbox.weather.set({ rules: [{ match: { operation }, fault }] });
  const listGroups = () => graphClient(sandbox.url).api('/groups').top(5).get();
  const createGroup = (displayName: string) =>
    graphClient(sandbox.url).api('/groups').post({
      displayName,
      mailEnabled: false,
      mailNickname: displayName,
      securityEnabled: true,
    });
  const refusalOf = async (promise: Promise<unknown>): Promise<GraphError> => {
    try {
      await promise;
    } catch (error) {
      return error as GraphError;
    }
    throw new Error('The call was expected to be refused');
  };
  const count = () => sandbox.store.countRows().entra_groups;

  it.each<[Fault, number, string, string | null]>([
    [{ type: 'throttle', retryAfterSeconds: 7 }, 429, 'TooManyRequests', '7'],
    [
      { type: 'throttle', retryAfterSeconds: null },
      429,
      'TooManyRequests',
      null,
    ],
    [{ type: 'error' }, 500, 'InternalServerError', null],
    [{ type: 'error', status: 503 }, 503, 'serviceNotAvailable', null],
    [{ type: 'expiredCredentials' }, 401, 'InvalidAuthenticationToken', null],
    [{ type: 'missingPermission' }, 403, 'Authorization_RequestDenied', null],
  ])('answers %j with %d %s', async (fault, status, code, retryAfter) => {
    strike(fault);
    const refusal = await refusalOf(listGroups());
    expect(refusal).toMatchObject({
      statusCode: status,
      code,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(new Headers(refusal.headers).get('Retry-After')).toBe(retryAfter);
  });

  it('loses connections before the effect, and after it', async () => {
    const before = count();
    strike({ type: 'drop', when: 'before' });
    await refusalOf(createGroup('lost'));
    expect(count()).toBe(before);
    strike({ type: 'drop', when: 'after' });
    await refusalOf(createGroup('lost'));
    expect(count()).toBe(before + 1);
    strike({ type: 'error', status: 504, when: 'after' });
    await expect(refusalOf(createGroup('failed'))).resolves.toMatchObject({
      statusCode: 504,
    });
    expect(count()).toBe(before + 2);
  });

  it('matches by method and path, and gives a rate to a part of Graph', async () => {
    strike({ type: 'error' }, 'POST /groups');
    await listGroups();
    await expect(refusalOf(createGroup('refused'))).resolves.toMatchObject({
      statusCode: 500,
    });
    strike(
      { type: 'rate', perSecond: 1, retryAfterSeconds: null },
      'GET /users*',
    );
    const listUsers = () => graphClient(sandbox.url).api('/users').get();
    await listUsers();
    await expect(refusalOf(listUsers())).resolves.toMatchObject({
      statusCode: 429,
    });
    await listGroups();
    sandbox.clock.advance(1000);
    await listUsers();
  });

  it('reads what was true before', async () => {
    strike({ type: 'staleRead', ms: 2000 });
    const { id } = await createGroup('unseen');
    const find = () => graphClient(sandbox.url).api(`/groups/${id}`).get();
    await expect(refusalOf(find())).resolves.toMatchObject({
      statusCode: 404,
      code: 'Request_ResourceNotFound',
    });
    sandbox.clock.advance(60_000);
    await expect(find()).resolves.toMatchObject({ displayName: 'unseen' });
  });

  it('reaches the token endpoint, in the words of Entra', async () => {
    const { credentials, entra } = exampleClouds;
    const ask = async (fault?: Fault) => {
      sandbox.weather.set({
        rules: fault ? [{ match: { service: 'token' }, fault }] : [],
      });
      const response = await fetch(
        `${sandbox.url}/${entra.tenantId}/oauth2/v2.0/token`,
        {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'client_credentials',
            client_id: entra.portal.appId,
            client_secret: credentials.portalClientSecret,
            scope: 'https://graph.microsoft.com/.default',
          }),
        },
      );
      const { error, error_codes } = await response.json();
      return [response.status, error, error_codes?.[0]];
    };
    await expect(ask()).resolves.toEqual([200, undefined, undefined]);
    await expect(ask({ type: 'expiredCredentials' })).resolves.toEqual([
      401,
      'invalid_client',
      7000222,
    ]);
    await expect(ask({ type: 'missingPermission' })).resolves.toEqual([
      400,
      'unauthorized_client',
      700016,
    ]);
    await expect(ask({ type: 'throttle' })).resolves.toEqual([
      429,
      'temporarily_unavailable',
      90055,
    ]);
    await expect(ask({ type: 'error', status: 503 })).resolves.toEqual([
      503,
      'temporarily_unavailable',
      90033,
    ]);
    await expect(listGroups()).resolves.toBeDefined();
  });

  it('strikes the items of a batch one by one', async () => {
    const before = count();
    const batch = async (...faults: Fault[]) => {
      sandbox.weather.set({
        rules: faults.map(fault => ({
          match: { operation: 'POST /groups' },
          fault,
          count: 1,
        })),
      });
      const { responses } = await graphClient(sandbox.url)
        .api('/$batch')
        .post({
          requests: ['1', '2', '3'].map(id => ({
            id,
            method: 'POST',
            url: '/groups',
            headers: { 'Content-Type': 'application/json' },
            body: {
              displayName: `batch ${id}`,
              mailEnabled: false,
              mailNickname: `batch${id}`,
              securityEnabled: true,
            },
          })),
        });
      return responses.map(({ status }: { status: number }) => status);
    };
    await expect(batch({ type: 'throttle' })).resolves.toEqual([429, 201, 201]);
    expect(count()).toBe(before + 2);
    await expect(
      batch({ type: 'error', status: 504, when: 'after' }),
    ).resolves.toEqual([504, 201, 201]);
    expect(count()).toBe(before + 5);
  });

  it('lets both clouds be down, one by one', async () => {
    sandbox.weather.set({
      rules: [
        { match: { cloud: 'aws' }, fault: { type: 'error', status: 503 } },
      ],
    });
    await expect(listGroups()).resolves.toBeDefined();
    sandbox.weather.set({
      rules: [{ match: { cloud: 'graph' }, fault: { type: 'drop' } }],
    });
    await expect(refusalOf(listGroups())).resolves.toBeDefined();
  });
});
