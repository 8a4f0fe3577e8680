import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { createTestDatabases } from '../testing/databases';
import { ReadWorld } from '../testing/ReadWorld';
import { fileInput } from '../testing/RequestWorld';

const databases = createTestDatabases();

// Real steps against a sandbox, some of which wait for AWS and SCIM.
jest.setTimeout(60_000);

/** Looks until the request is in the state; a stuck one fails the test at once. */
async function untilState(world: ReadWorld, id: string, state: string) {
  for (;;) {
    const row = await world.stores.requests.get(id);
    if (row?.state === 'stuck') throw new Error(row.stateReason!);
    if (row?.state === state) break;
    await setTimeout(20);
  }
  return (await world.get(`/requests/${id}`, 'ana').expect(200)).body;
}

describe.each(databases.ids)('a request, there and back, on %s', id => {
  let world: ReadWorld;

  beforeAll(async () => {
    world = await ReadWorld.start(await databases.initMigrated(id), {
      organization: { writes: 'on' },
    });
  });
  afterAll(() => world.stop());

  it('is filed, approved, usable, given back and gone', async () => {
    const sets = await world.get('/permission-sets?search=ReadOnly', 'ana');
    const [{ arn }] = sets.body.items;
    const filed = await world
      .post('/requests', 'ana', fileInput({ permissionSet: arn }))
      .expect(200);
    expect(filed.body).toMatchObject({
      state: 'pending',
      waitingFor: ['account owner'],
    });
    const { id: requestId, planVersion, planDigest } = filed.body;

    await world
      .post(`/requests/${requestId}/decisions`, 'otto', {
        verdict: 'approve',
        planVersion,
        planDigest,
      })
      .expect(200);
    const active = await untilState(world, requestId, 'active');
    expect(active).toMatchObject({
      flags: { canReturn: true, canWithdraw: false },
      consoleUrls: [
        {
          accountId: '555566667777',
          url: expect.stringContaining('role_name=ReadOnly'),
        },
      ],
      startsAt: expect.any(String),
      endsAt: expect.any(String),
      openSessionsUntil: expect.any(String),
    });
    const hour = 3_600_000;
    const { startsAt, endsAt, openSessionsUntil } = active;
    expect(Date.parse(endsAt) - Date.parse(startsAt)).toBe(8 * hour);
    // ReadOnly's sessions live eight hours.
    expect(Date.parse(openSessionsUntil) - Date.parse(endsAt)).toBe(8 * hour);
    expect(
      active.steps.every((step: { state: string }) => step.state === 'done'),
    ).toBe(true);

    await world.post(`/requests/${requestId}/return`, 'ben').expect(403);
    await world
      .post(`/requests/${requestId}/return`, 'ana', { reason: 'Found it' })
      .expect(200);
    const ended = await untilState(world, requestId, 'ended');
    expect(ended.timeline.map((event: { kind: string }) => event.kind)).toEqual(
      expect.arrayContaining(['filed', 'planned', 'approved', 'returned']),
    );
    // What was open before it was given back may live on for one session.
    expect(Date.parse(ended.openSessionsUntil)).toBeLessThan(
      Date.parse(openSessionsUntil),
    );

    const audit = await world.get('/audit/verify', 'sia').expect(200);
    expect(audit.body.verdict).toBe('consistent');
  });

  it('can be ended at once by the owner of the account', async () => {
    const sets = await world.get('/permission-sets?search=ReadOnly', 'ana');
    const [{ arn }] = sets.body.items;
    const { body: filed } = await world
      .post('/requests', 'ana', fileInput({ permissionSet: arn }))
      .expect(200);
    const decision = {
      verdict: 'approve',
      planVersion: filed.planVersion,
      planDigest: filed.planDigest,
    };
    await world
      .post(`/requests/${filed.id}/decisions`, 'otto', decision)
      .expect(200);
    await untilState(world, filed.id, 'active');

    const { body } = await world
      .post(`/requests/${filed.id}/return`, 'otto')
      .expect(200);
    expect(body.timeline.pop().text).toContain(
      'Otto Olsen took the access away',
    );
    await untilState(world, filed.id, 'ended');
  });

  it('gives only what a narrower approval left, and goes on with an extension when the first ends', async () => {
    const sets = await world.get('/permission-sets?search=ReadOnly', 'ana');
    const [{ arn }] = sets.body.items;
    const people = ['user:default/ana', 'user:default/ben'];
    const { body: filed } = await world
      .post('/requests', 'ana', fileInput({ permissionSet: arn, people }))
      .expect(200);
    const narrowed = await world
      .post(`/requests/${filed.id}/decisions`, 'otto', {
        verdict: 'narrow',
        planVersion: filed.planVersion,
        planDigest: filed.planDigest,
        people: ['user:default/ana'],
        duration: 'PT1H',
      })
      .expect(200);
    expect(narrowed.body.state).toBe('approved');
    const first = await untilState(world, filed.id, 'active');
    expect(first).toMatchObject({
      planVersion: 2,
      people: [{ entityRef: 'user:default/ana' }],
    });
    const { startsAt, endsAt } = first;
    expect(Date.parse(endsAt) - Date.parse(startsAt)).toBe(3_600_000);
    expect(
      (await world.stores.leases.listOfRequest(filed.id)).filter(
        lease => lease.object.kind === 'membership',
      ),
    ).toHaveLength(1);

    const { body: extension } = await world
      .post(`/requests/${filed.id}/extend`, 'ana', {
        idempotencyKey: randomUUID(),
        duration: 'PT2H',
        justification: 'It takes longer',
      })
      .expect(200);
    await world
      .post(`/requests/${extension.id}/decisions`, 'otto', {
        verdict: 'approve',
        planVersion: extension.planVersion,
        planDigest: extension.planDigest,
      })
      .expect(200);
    await untilState(world, extension.id, 'active');
    await world.post(`/requests/${filed.id}/return`, 'ana').expect(200);
    await untilState(world, filed.id, 'ended');
    expect(await world.stores.requests.get(extension.id)).toMatchObject({
      state: 'active',
    });
    const live = await world.stores.leases.listLive(extension.organizationId);
    expect(
      live.some(
        lease =>
          lease.requestId === extension.id &&
          lease.object.kind === 'accountAssignment',
      ),
    ).toBe(true);
  });
});
