import { mockServices } from '@backstage/backend-test-utils';
import { AuditEvent } from 'backstage-plugin-aws-access-common';
import { createTestDatabases } from '../testing/databases';
import { RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();

describe.each(databases.ids)('the audit log over HTTP on %s', id => {
  let world: RequestWorld;
  let first: { id: string; number: number };
  const entry = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock({
    createEvent: jest.fn().mockResolvedValue(entry),
  });

  beforeAll(async () => {
    world = await RequestWorld.start(await databases.initMigrated(id), {
      awsAccess: { roles: { auditor: ['user:default/uma'] } },
      features: [auditor.factory],
    });
    first = await world.file('ana', { justification: 'hush hush' });
    await world.decide(first as never, 'otto').expect(200);
    await world.file('ben', { people: ['user:default/ben'] });
  });
  afterAll(() => world.stop());

  const read = async (query: string): Promise<AuditEvent[]> => {
    const answer = await world.get(`/audit?${query}`, 'uma').expect(200);
    return answer.body.items;
  };

  it('is searched by what happened, who did it, to which request, and when', async () => {
    const all = await read('limit=200');
    expect(await read('kind=request.approved')).toEqual(
      all.filter(event => event.kind === 'request.approved'),
    );
    expect(await read('actor=user:default/ben')).toEqual(
      all.filter(event => event.actor === 'user:default/ben'),
    );
    expect(
      await read(`requestId=${first.id}&kind=request.filed`),
    ).toMatchObject([{ actor: 'user:default/ana' }]);
    const middle = all[1].at;
    const later = await read(`from=${middle}`);
    const earlier = await read(`to=${middle}`);
    expect(later.every(event => event.at >= middle)).toBe(true);
    expect(earlier.every(event => event.at < middle)).toBe(true);
    expect(later.length + earlier.length).toBe(all.length);
    await world.get('/audit?from=yesterday', 'uma').expect(400);
  });

  it('is exported whole, and a spreadsheet runs nothing of it (security rule 30)', async () => {
    const all = await read('limit=200');
    await world.stores.transaction(stores =>
      stores.audit.append({
        organizationId: 'parcel',
        kind: 'test.happened',
        actor: '=cmd()',
        requestId: null,
        data: {},
      }),
    );
    const csv = await world.get('/audit/export?format=csv', 'uma').expect(200);
    expect(csv.headers['content-disposition']).toContain(
      'aws-access-audit.csv',
    );
    const lines = csv.text.trim().split('\n');
    expect(lines).toHaveLength(all.length + 2);
    expect(lines[0]).toMatch(/^organizationId,sequence,at,kind,actor/);
    expect(lines[1]).toContain(",'=cmd(),");

    const json = await world
      .get('/audit/export?format=json&actor=user:default/otto', 'uma')
      .expect(200);
    expect(json.body).toEqual(
      all.filter(event => event.actor === 'user:default/otto'),
    );
    expect(csv.text).not.toContain('hush hush');
    await world.get('/audit/export?format=csv', 'ana').expect(403);
  });

  it('is verified against a head that is known', async () => {
    const [{ sequence, hash }] = await read('limit=1');
    const verify = async (query: string) =>
      (await world.get(`/audit/verify?${query}`, 'uma').expect(200)).body;

    expect(await verify(`sequence=${sequence}&hash=${hash}`)).toMatchObject({
      verdict: 'consistent',
      rows: sequence,
    });
    expect(await verify(`sequence=${sequence + 1}&hash=${hash}`)).toMatchObject(
      { verdict: 'broken', brokenAt: sequence + 1 },
    );
    await world.get(`/audit/verify?sequence=1`, 'uma').expect(400);
  });

  it("tells the portal's auditor the same events, after the commit", async () => {
    const decided = (await read('kind=request.approved'))[0];
    expect(auditor.createEvent).toHaveBeenCalledWith({
      eventId: 'request-review',
      severityLevel: 'high',
      meta: {
        actionType: 'request-approved',
        organizationId: 'parcel',
        sequence: decided.sequence,
        actor: 'user:default/otto',
        requestId: first.id,
        data: decided.data,
        hash: decided.hash,
      },
    });
    const told = auditor.createEvent.mock.calls
      .map(([event]) => event)
      .filter(({ eventId }) => eventId !== 'call-refused');
    expect(JSON.stringify(told)).not.toContain('hush hush');
    expect(entry.success).toHaveBeenCalledTimes(told.length);
  });
});
