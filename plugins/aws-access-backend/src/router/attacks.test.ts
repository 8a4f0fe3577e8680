import { Entity } from '@backstage/catalog-model';
import { Knex } from 'knex';
import { createTestDatabases } from '../testing/databases';
import { example, exampleConfigSection } from '../testing/examplePlan';
import { fileInput, RequestWorld } from '../testing/RequestWorld';

// Some race many times over.
jest.setTimeout(60_000);

const databases = createTestDatabases();

/** Anybody can register such an entity, and say that an account is theirs. */
function claimOf(accountId: string, owner: string, origin: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: `claim-${accountId}`,
      annotations: {
        'aws-access/account-id': accountId,
        'backstage.io/managed-by-origin-location': origin,
      },
    },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

describe.each(databases.ids)('attacks over HTTP on %s', id => {
  let knex: Knex;
  let world: RequestWorld;
  beforeAll(async () => {
    knex = await databases.initMigrated(id);
    const { parcel } = exampleConfigSection.organizations;
    world = await RequestWorld.start(knex, {
      awsAccess: {
        organizations: {
          parcel: {
            ...parcel,
            aws: { ...parcel.aws, endpoint: 'http://127.0.0.1:9' },
            entra: { ...parcel.entra, graphUrl: 'http://127.0.0.1:9' },
            accountFacts: { trustedCatalogLocations: ['url:trusted'] },
          },
        },
        requests: { maxOpenPerPerson: 1000 },
      },
      entities: [
        claimOf('123456789012', 'user:default/uma', 'url:of-uma'),
        claimOf(example.dataProd, 'user:default/uma', 'url:of-uma'),
      ],
    });
  });
  afterAll(() => world.stop());

  /** What must not exist for a request that nobody has approved. */
  async function effectsOf(requestId: string) {
    const counts = await Promise.all(
      ['steps', 'authorizations', 'leases'].map(table =>
        knex(`aws_access_${table}`)
          .where('request_id', requestId)
          .count({ n: '*' })
          .first(),
      ),
    );
    return counts.map(row => Number(row!.n));
  }

  it('security rule 19: a template without the approval step, or curl in its place, gets a request that waits', async () => {
    for (const caller of ['ana via plugin:scaffolder', 'ana']) {
      const filed = await world.file(caller);
      expect(filed.state).toBe('pending');
      await world.post(`/requests/${filed.id}/retry`, caller).expect(409);
      expect(await effectsOf(filed.id)).toEqual([0, 0, 0]);
    }
  });

  it('security rule 8: states, plans and decisions that a caller makes up are not heard', async () => {
    const { body } = await world
      .post('/requests', 'ana', {
        ...fileInput(),
        state: 'approved',
        approvedAt: '2026-01-01T00:00:00.000Z',
        autoApproved: true,
        requesterRef: 'user:default/uma',
        stages: [],
        decisions: [{ verdict: 'approve', entityRef: 'user:default/otto' }],
        plan: { gains: [] },
      })
      .expect(200);
    expect(body).toMatchObject({
      state: 'pending',
      requester: { entityRef: 'user:default/ana' },
      decisions: [],
    });
    expect(body.plan.gains).toHaveLength(1);
    const forged = { verdict: 'approve', personId: example.entraIds.otto };
    await world.decide(body, 'uma', forged).expect(404);
    await world.decide(body, 'ben', forged).expect(403);
    await world
      .decide({ ...body, planDigest: '0'.repeat(64) }, 'otto')
      .expect(409);
    await world.decide({ ...body, planVersion: 2 }, 'otto').expect(409);
  });

  it('security rule 26: a call that is replayed gives what it gave, and one that was edited nothing', async () => {
    const input = fileInput();
    const first = await world.post('/requests', 'ana', input).expect(200);
    const again = await world.post('/requests', 'ana', input).expect(200);
    expect(again.body.id).toBe(first.body.id);
    await world
      .post('/requests', 'ana', {
        ...input,
        changes: fileInput({ permissionSet: example.administrator }).changes,
      })
      .expect(409);
    await world.decide(first.body, 'otto').expect(200);
    const replayed = await world.decide(first.body, 'otto').expect(409);
    expect(replayed.body.error.message).toContain('Already decided by');
  });

  it('security rule 31: nothing is decided by GET, and there is no other door', async () => {
    const filed = await world.file('ana');
    const query = `verdict=approve&planVersion=1&planDigest=${filed.planDigest}`;
    for (const path of [
      `/requests/${filed.id}/decisions?${query}`,
      `/requests/${filed.id}/withdraw`,
      `/requests/${filed.id}/approve`,
    ]) {
      await world.get(path, 'otto').expect(404);
    }
    for (const path of [
      `/requests/${filed.id}`,
      `/requests/${filed.id}/approve`,
      `/requests/${filed.id}/steps`,
      `/requests/${filed.id}/start`,
      '/steps',
      '/assignments',
      '/access-groups',
      '/permission-sets',
    ]) {
      const answer = await world.post(path, 'ida', { state: 'approved' });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    const { body } = await world.get(`/requests/${filed.id}`, 'ana');
    expect(body.state).toBe('pending');
  });

  it('security rule 10: a template that an approver runs decides nothing with their token', async () => {
    const filed = await world.file('ana');
    const task = 'otto via plugin:scaffolder';
    const { body } = await world.decide(filed, task).expect(403);
    expect(body.error.message).toContain('people themselves');
    await world
      .decide(filed, task, { verdict: 'reject', reason: 'no' })
      .expect(403);
    await world
      .post(`/requests/${filed.id}/decisions/preview`, task, {
        duration: 'PT1H',
      })
      .expect(403);
    await world.decide(filed, 'service').expect(403);
  });

  it('security rule 7: who claims an account in the catalog owns nothing by it', async () => {
    const filed = await world.file('ana');
    expect(filed.stages[0].approvers).toEqual([
      { entityRef: 'user:default/otto', displayName: 'Otto Olsen' },
    ]);
    await world.decide(filed, 'uma').expect(404);
    await world.get(`/requests/${filed.id}`, 'uma').expect(404);
    await world.get(`/access?account=${example.dataProd}`, 'uma').expect(404);
    const inbox = await world.get('/requests?view=inbox', 'uma').expect(200);
    expect(inbox.body.items).toEqual([]);
    // Nobody owns this one, whatever an entity says.
    const { body } = await world
      .post('/requests', 'ana', fileInput({ accountIds: ['123456789012'] }))
      .expect(400);
    expect(body.error.message).toContain('Nobody could approve');
  });

  it('security rule 8: of a decision and a withdrawal at once, whoever is first is heard, and the other hears it', async () => {
    for (let round = 0; round < 8; round++) {
      const filed = await world.file('ana');
      const [decision, withdrawal] = await Promise.all([
        world.decide(filed, 'otto'),
        world.post(`/requests/${filed.id}/withdraw`, 'ana'),
      ]);
      // What is approved and has not started may still be withdrawn.
      expect(withdrawal.status).toBe(200);
      expect([200, 409]).toContain(decision.status);
      const { body } = await world.get(`/requests/${filed.id}`, 'ana');
      expect(body.state).toBe('withdrawn');
      expect(body.decisions).toHaveLength(decision.status === 200 ? 1 : 0);
      expect(await effectsOf(filed.id)).toEqual([0, 0, 0]);
      await world.decide(filed, 'otto').expect(409);
    }
  });

  it('security rule 6: an approver who lost the right a second ago decides nothing', async () => {
    const filed = await world.file('ana', { accountIds: [example.dataDev] });
    const data = world.entities.find(
      ({ kind, metadata }) => kind === 'Group' && metadata.name === 'data',
    )!;
    const before = data.metadata.annotations;
    try {
      data.metadata.annotations = { 'aws-access/leads': 'user:default/ida' };
      const { body } = await world.decide(filed, 'otto').expect(403);
      expect(body.error.message).toContain('not an approver');
      const inbox = await world.get('/requests?view=inbox', 'otto');
      expect(
        inbox.body.items.map((item: { id: string }) => item.id),
      ).not.toContain(filed.id);
    } finally {
      data.metadata.annotations = before;
    }
    await world.decide(filed, 'otto').expect(200);
  });

  it('security rule 25: security ends access at once, with a reason that is kept, and without approval', async () => {
    const filed = await world.file('ana');
    await world.decide(filed, 'otto').expect(200);
    await knex('aws_access_requests')
      .where('id', filed.id)
      .update({ state: 'active' });
    const path = `/requests/${filed.id}/return`;
    await world.post(path, 'uma', { reason: 'x' }).expect(404);
    await world.post(path, 'petra', { reason: 'x' }).expect(403);
    const { body } = await world
      .post(path, 'sia', { reason: 'The laptop was stolen' })
      .expect(200);
    expect(body.state).toBe('ending');
    expect(body.timeline.pop().text).toBe(
      'Sia Sand took the access away: The laptop was stolen',
    );
    const audit = await world.get(
      `/audit?requestId=${filed.id}&kind=request.returned`,
      'sia',
    );
    expect(audit.body.items).toMatchObject([
      { actor: 'user:default/sia', data: { as: 'revoker' } },
    ]);
  });
});
