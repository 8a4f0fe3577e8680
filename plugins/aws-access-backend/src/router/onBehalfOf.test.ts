import { randomUUID } from 'node:crypto';
import { createTestDatabases } from '../testing/databases';
import { example, exampleConfigSection } from '../testing/examplePlan';
import { fileInput, RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();
const { policy } = exampleConfigSection;
const ANA = 'user:default/ana';

/** Petra leads payments, where Ana and Ben are; Otto leads data. */
const onBehalfOf = [
  { filers: ['teamLeads'] },
  { filers: ['user:default/otto'], for: [ANA] },
];

describe.each(databases.ids)('filing for somebody else on %s', id => {
  let world: RequestWorld;
  beforeAll(async () => {
    world = await RequestWorld.start(await databases.initMigrated(id), {
      awsAccess: { policy: { ...policy, onBehalfOf } },
    });
  });
  afterAll(() => world.stop());

  const input = (parts: object = {}) => ({
    ...fileInput(),
    onBehalfOf: ANA,
    ...parts,
  });

  it('security rule 6: neither who it is for nor who filed it decides, by any verdict', async () => {
    // Otto owns it with Ida.
    const owned = input({
      ...fileInput({ accountIds: [example.dataDev] }),
      onBehalfOf: ANA,
    });
    const { body } = await world.post('/requests', 'otto', owned).expect(200);
    expect(body).toMatchObject({
      requester: { entityRef: ANA },
      filer: { entityRef: 'user:default/otto', displayName: 'Otto Olsen' },
    });
    expect(body.timeline[0].text).toBe('Filed by Otto Olsen for Ana Alves.');
    expect(body.stages[0].approvers).toEqual([
      { entityRef: 'user:default/ida', displayName: 'Ida Iversen' },
    ]);
    await world.decide(body, 'otto').expect(403);
    await world
      .decide(body, 'otto', { verdict: 'reject', reason: 'x' })
      .expect(403);
    await world.decide(body, 'ana').expect(403);
    await world.decide(body, 'ida').expect(200);

    // And data-prod alone, so that nobody is left there.
    const alone = await world.post('/requests', 'otto', input()).expect(400);
    expect(alone.body.error.message).toContain('benefits from the request');
  });

  it('is for those alone whom the configuration names', async () => {
    const preview = ({ idempotencyKey: _, ...wishes } = input()) => wishes;
    for (const [caller, forWhom, status] of [
      ['petra', ANA, 200],
      ['petra', 'user:default/uma', 403],
      ['petra', 'user:default/nobody', 403],
      ['otto', ANA, 200],
      ['otto', 'user:default/ben', 403],
      ['ben', ANA, 403],
      ['ana', ANA, 200],
      // Roles give nothing here.
      ['ida', ANA, 403],
    ] as const) {
      const answer = await world.post('/requests/preview', caller, {
        ...preview(),
        onBehalfOf: forWhom,
      });
      expect([caller, forWhom, answer.status]).toEqual([
        caller,
        forWhom,
        status,
      ]);
    }
    const { body } = await world.post('/requests', 'ben', input()).expect(403);
    expect(body.error.message).toContain('awsAccess.policy.onBehalfOf');
  });

  it('is offered to those alone whom the configuration names', async () => {
    const offered = async (caller: string) =>
      (await world.get('/organizations', caller).expect(200)).body
        .canFileForOthers;
    expect(await Promise.all(['petra', 'otto', 'ana'].map(offered))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is seen and withdrawn by both, and is in the audit log with both', async () => {
    const filed = async () =>
      (await world.post('/requests', 'petra', input()).expect(200)).body;
    const one = await filed();
    for (const caller of ['ana', 'petra']) {
      const { body } = await world.get('/requests?view=mine', caller);
      expect(body.items[0]).toMatchObject({
        id: one.id,
        flags: { canWithdraw: true, canApprove: false },
      });
    }
    await world.post(`/requests/${one.id}/withdraw`, 'ana').expect(200);
    const other = await filed();
    await world.post(`/requests/${other.id}/withdraw`, 'petra').expect(200);

    const { body } = await world.get(
      `/audit?requestId=${one.id}&kind=request.filed`,
      'sia',
    );
    expect(body.items).toMatchObject([
      { actor: 'user:default/petra', data: { onBehalfOf: ANA } },
    ]);
  });

  it('knows a repeated call by who called, not by whom it is for', async () => {
    const idempotencyKey = randomUUID();
    const first = await world
      .post('/requests', 'petra', input({ idempotencyKey }))
      .expect(200);
    const again = await world
      .post('/requests', 'petra', input({ idempotencyKey }))
      .expect(200);
    expect(again.body.id).toBe(first.body.id);
    const anas = await world
      .post('/requests', 'ana', fileInput({ idempotencyKey }))
      .expect(200);
    expect(anas.body.id).not.toBe(first.body.id);
  });

  it('files again for the same person, while that is still allowed', async () => {
    const { body } = await world.post('/requests', 'petra', input());
    await world.post(`/requests/${body.id}/withdraw`, 'petra').expect(200);
    const copy = await world
      .post(`/requests/${body.id}/resubmit`, 'petra', {
        idempotencyKey: randomUUID(),
      })
      .expect(200);
    expect(copy.body).toMatchObject({
      requester: { entityRef: ANA },
      filer: { entityRef: 'user:default/petra' },
      copyOf: { id: body.id },
    });
  });
});

it('nobody files for anybody unless it is configured', async () => {
  const world = await RequestWorld.start(
    await databases.initMigrated('SQLITE_3'),
  );
  try {
    await world
      .post('/requests', 'petra', { ...fileInput(), onBehalfOf: ANA })
      .expect(403);
  } finally {
    await world.stop();
  }
});
