import { mockServices } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../testing/databases';
import { example, exampleConfigSection } from '../testing/examplePlan';
import { fileInput, RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();
const { policy } = exampleConfigSection;

describe.each(databases.ids)('calls that are refused, on %s', id => {
  const fail = jest.fn();
  const auditor = mockServices.auditor.mock({
    createEvent: jest.fn(async () => ({ success: jest.fn(), fail })),
  });
  let world: RequestWorld;
  beforeAll(async () => {
    world = await RequestWorld.start(await databases.initMigrated(id), {
      awsAccess: {
        policy: {
          ...policy,
          rules: [
            ...policy.rules,
            {
              name: 'not for shops',
              match: { teams: ['group:default/web-shop'] },
              deny: 'Shops have no AWS.',
            },
          ],
        },
        requests: { commentsPerMinute: 2, denialsPerMinute: 2 },
      },
      features: [auditor.factory],
    });
  });
  afterAll(() => world.stop());
  beforeEach(() => {
    auditor.createEvent.mockClear();
    fail.mockClear();
  });

  it('answers control characters cleanly, wherever they are', async () => {
    const filed = await world.file('ana');
    for (const path of [
      '/requests/%00',
      `/requests/${filed.id}%00`,
      '/requests/%07x',
    ]) {
      const answer = await world.get(path, 'ana');
      expect([path, answer.status]).toEqual([path, 404]);
    }
    for (const path of [
      '/requests?cursor=%00',
      '/requests?cursor=9007199254740991',
      '/requests?cursor=-1',
      '/requests?team=group:default/%00',
      '/accounts?search=a%00b',
      '/accounts?cursor=%00',
      '/permission-sets?search=%1b',
    ]) {
      const answer = await world.get(path, 'ana');
      expect([path, answer.status]).toEqual([path, 400]);
    }
    const comments = `/requests/${filed.id}/comments`;
    await world.post(comments, 'ana', { text: 'a\u0000b' }).expect(400);
    await world.post('/requests/%00/withdraw', 'ana').expect(404);
    const body = { ...fileInput(), idempotencyKey: 'abcdefgh\u0000ijklmnop' };
    await world.post('/requests', 'ana', body).expect(400);
  });

  it("tells the portal's auditor who was refused what, without what was typed", async () => {
    const filed = await world.file('ana', { justification: 'hush hush' });
    auditor.createEvent.mockClear();

    await world.decide(filed, 'ana', { reason: 'whisper' }).expect(403);
    await world.post(`/requests/${filed.id}/withdraw`, 'uma').expect(404);
    await world.post('/requests', 'service', fileInput()).expect(403);
    expect(auditor.createEvent.mock.calls).toMatchObject([
      [
        {
          eventId: 'call-refused',
          meta: { method: 'POST', path: `/requests/${filed.id}/decisions` },
        },
      ],
      [{ meta: { path: `/requests/${filed.id}/withdraw` } }],
      [{ meta: { path: '/requests' } }],
    ]);
    expect(fail).toHaveBeenCalledTimes(3);
    const told = JSON.stringify(
      auditor.createEvent.mock.calls.map(([{ meta }]) => meta),
    );
    expect(told).not.toMatch(/hush|whisper/);
  });

  it("tells the portal's auditor what an assistant was refused", async () => {
    const invoke = (name: string, caller: string, input: object) =>
      world.post(
        `/.backstage/actions/v1/actions/aws-access:${name}/invoke`,
        caller,
        input,
      );
    await invoke('list-access-requests', 'ana', {}).expect(200);
    await invoke('list-access-requests', 'service', {});
    const refused = await invoke('file-access-request', 'ana via plugin:mcp', {
      team: 'payments',
      onBehalfOf: 'user:default/ben',
      justification: 'hush hush',
      duration: 'PT1H',
      accounts: [example.dataProd],
      permissionSet: example.readOnly,
    });
    expect(refused.text).toContain('You may not file requests for');
    expect(auditor.createEvent.mock.calls.map(([{ meta }]) => meta)).toEqual([
      {
        actionType: 'refuse',
        action: 'list-access-requests',
        caller: expect.any(String),
        actor: null,
      },
      {
        actionType: 'refuse',
        action: 'file-access-request',
        caller: 'user:default/ana',
        actor: 'plugin:mcp',
      },
    ]);
    expect(fail).toHaveBeenCalledTimes(2);
  });

  it('security rule 33: accepts only so many comments and denied filings a minute, per person', async () => {
    const filed = await world.file('ana');
    const comment = (caller: string) =>
      world.post(`/requests/${filed.id}/comments`, caller, { text: 'Hello' });
    const statuses: number[] = [];
    // The minute may turn once in between.
    for (let n = 0; n < 5; n++) statuses.push((await comment('ana')).status);
    expect(statuses).toContain(429);
    await comment('otto').expect(200);

    const denied: number[] = [];
    for (let n = 0; n < 5; n++) {
      const answer = await world.post('/requests', 'uma', {
        ...fileInput({ people: ['user:default/uma'] }),
        team: 'group:default/web-shop',
      });
      denied.push(answer.status);
    }
    expect(denied[0]).toBe(200);
    expect(denied).toContain(429);
  });
});
