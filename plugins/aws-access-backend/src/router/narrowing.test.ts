import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { createTestDatabases } from '../testing/databases';
import { example, exampleConfigSection } from '../testing/examplePlan';
import { fileInput, RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();

// Two databases, and many requests over HTTP.
jest.setTimeout(60_000);

describe.each(databases.ids)('approving less over HTTP on %s', id => {
  let knex: Knex;
  let world: RequestWorld;

  beforeAll(async () => {
    knex = await databases.initMigrated(id);
    world = await RequestWorld.start(knex, {
      awsAccess: { requests: { maxOpenPerPerson: 1000 } },
    });
  });
  afterAll(() => world.stop());

  /** Two people on two accounts: Otto owns one alone and one with Ida. */
  const fileWide = () =>
    world.file('ana', {
      people: ['user:default/ana', 'user:default/ben'],
      accountIds: [example.dataProd, example.dataDev],
    });
  /** Needs Otto (account owner) and Sia (security). */
  const fileTwoStages = () =>
    world.file('ana', {
      permissionSet: example.administrator,
      duration: 'PT4H',
    });
  const narrow = (
    request: { id: string; planVersion: number; planDigest: string },
    caller: string,
    parts: object,
  ) => world.decide(request, caller, { verdict: 'narrow', ...parts });

  it('security rule 2: leaves fewer accounts, fewer people and less time, and keeps every stage', async () => {
    const filed = await fileWide();
    expect(filed.flags.canNarrow).toBe(false);
    const left = {
      accountIds: [example.dataDev],
      people: ['user:default/ana'],
      duration: 'PT2H',
    };
    const preview = await world
      .post(`/requests/${filed.id}/decisions/preview`, 'otto', left)
      .expect(200);
    expect(preview.body).toMatchObject({
      outcome: 'needsApproval',
      problems: [],
      plan: { gains: [{ accountId: example.dataDev, seconds: 7200 }] },
    });
    // The owner of the account that is left out is still asked for.
    expect(preview.body.stages).toHaveLength(2);

    const { body } = await narrow(filed, 'otto', {
      ...left,
      reason: 'The copy will do',
    }).expect(200);
    expect(body).toMatchObject({
      state: 'pending',
      planVersion: 2,
      planDigest: preview.body.digest,
      duration: 'PT2H',
      title:
        'Ana Alves asks for ReadOnly (read) on data-dev (555566669999) for 2 hr',
      changes: [
        { members: { kind: 'people', people: ['user:default/ana'] } },
        { accounts: { accountIds: [example.dataDev] } },
      ],
      decisions: [
        {
          verdict: 'narrow',
          planVersion: 2,
          entityRef: 'user:default/otto',
          reason: 'The copy will do',
        },
      ],
      flags: { canNarrow: false },
    });
    expect(body.plan.objects[0].after.displayName).toBe(
      filed.plan.objects[0].after.displayName,
    );
    expect(body.timeline.pop()).toMatchObject({
      kind: 'narrowed',
      text: expect.stringContaining(
        'approved it without data-prod (555566667777) and Ben Brandt, for 2 hr instead of 8 hr: The copy will do',
      ),
    });
    // The other owner saw the wide plan, and must look again.
    const late = await world.decide(filed, 'ida').expect(409);
    expect(late.body.error.message).toContain('plan has changed');
    const done = await world.decide(body, 'ida').expect(200);
    expect(done.body.state).toBe('approved');
  });

  it('security rule 2: whoever approved more has approved less', async () => {
    const filed = await fileTwoStages();
    await world.decide(filed, 'sia').expect(200);
    const { body } = await narrow(filed, 'otto', { duration: 'PT1H' }).expect(
      200,
    );
    expect(body).toMatchObject({
      state: 'approved',
      planVersion: 2,
      decisions: [
        { verdict: 'approve', entityRef: 'user:default/sia', planVersion: 1 },
        { verdict: 'narrow', entityRef: 'user:default/otto', planVersion: 2 },
      ],
    });
    const audit = await world.get(`/audit?requestId=${filed.id}`, 'sia');
    expect(JSON.stringify(audit.body)).toContain(filed.planDigest);
  });

  it('security rule 8: a narrower does not count twice', async () => {
    const filed = await fileTwoStages();
    const { body } = await narrow(filed, 'otto', { duration: 'PT2H' }).expect(
      200,
    );
    expect(body).toMatchObject({ state: 'pending', waitingFor: ['security'] });
    await world.decide(body, 'otto').expect(409);
    await narrow(body, 'otto', { duration: 'PT1H' }).expect(409);
    // The next approver narrows once more; the first approval still counts.
    const done = await narrow(body, 'sia', { duration: 'PT1H' }).expect(200);
    expect(done.body).toMatchObject({ state: 'approved', planVersion: 3 });
    expect(await world.stores.requests.get(filed.id)).toMatchObject({
      duration: 'PT1H',
      planVersion: 3,
    });
  });

  it.each<[string, string, object, number, string]>([
    ['the requester', 'ana', { duration: 'PT1H' }, 403, 'Who filed a request'],
    ['an outsider', 'uma', { duration: 'PT1H' }, 404, 'no such request'],
    [
      'who is no approver',
      'petra',
      { duration: 'PT1H' },
      403,
      'not an approver',
    ],
    [
      'something that acts for the owner',
      'otto via plugin:scaffolder',
      { duration: 'PT1H' },
      403,
      'people themselves',
    ],
    ['more time', 'otto', { duration: 'PT9H' }, 400, 'duration: must not'],
    [
      'another account',
      'otto',
      { accountIds: [example.paymentsProd] },
      400,
      `accountIds: ${example.paymentsProd} is not in the plan`,
    ],
    [
      'other people',
      'otto',
      { people: ['user:default/petra'] },
      400,
      'people: user:default/petra is not in the plan',
    ],
    ['what changes nothing', 'otto', { duration: 'PT8H' }, 400, 'approve it'],
    ['what says nothing', 'otto', {}, 400, 'verdict: must be narrow'],
    [
      'an approval that says what stays',
      'otto',
      { verdict: 'approve', duration: 'PT1H' },
      400,
      'verdict: must be narrow',
    ],
  ])('refuses %s', async (_who, caller, parts, status, message) => {
    const filed = await world.file('ana', { accountIds: [example.dataDev] });
    const answer = await narrow(filed, caller, parts);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toContain(message);
    expect(
      (await world.get(`/requests/${filed.id}`, 'ana')).body,
    ).toMatchObject({ state: 'pending', planVersion: 1, decisions: [] });
  });

  it('security rule 8: of a narrowing and an approval at once, nobody approves what they did not see', async () => {
    for (let round = 0; round < 5; round++) {
      const filed = await fileTwoStages();
      const [narrowing, approval] = await Promise.all([
        narrow(filed, 'otto', { duration: 'PT1H' }),
        world.decide(filed, 'sia'),
      ]);
      expect(narrowing.status).toBe(200);
      const { body } = await world.get(`/requests/${filed.id}`, 'ana');
      expect(body.planVersion).toBe(2);
      const outcome = {
        approval: approval.status,
        state: body.state,
        approved: body.decisions.map(
          (decision: { planVersion: number }) => decision.planVersion,
        ),
      };
      expect([
        { approval: 200, state: 'approved', approved: [1, 2] },
        { approval: 409, state: 'pending', approved: [2] },
      ]).toContainEqual(outcome);
    }
  });

  it('security rule 8: of two narrowings at once one counts', async () => {
    for (let round = 0; round < 5; round++) {
      const filed = await world.file('ana', { accountIds: [example.dataDev] });
      const answers = await Promise.all([
        narrow(filed, 'otto', { duration: 'PT1H' }),
        narrow(filed, 'ida', { duration: 'PT2H' }),
      ]);
      expect(answers.map(answer => answer.status).sort()).toEqual([200, 409]);
      expect(
        await world.stores.requests.listDecisions(filed.id, 2, 1),
      ).toHaveLength(1);
    }
  });

  it('refuses when the world has moved beyond what was seen', async () => {
    const filed = await world.file('ana', { accountIds: [example.dataDev] });
    const petra = world.entities.find(
      entity => entity.metadata.name === 'ana' && entity.kind === 'User',
    )!;
    const { relations } = petra;
    petra.relations = [];
    try {
      const { body } = await narrow(filed, 'otto', {
        duration: 'PT1H',
      }).expect(400);
      expect(body.error.message).toContain('not in the team');
    } finally {
      petra.relations = relations;
    }
  });

  describe('resubmitting', () => {
    it('security rule 26: copies the wishes, and nothing that was decided', async () => {
      const filed = await world.file('ana');
      const path = `/requests/${filed.id}/resubmit`;
      const input = { idempotencyKey: randomUUID() };
      const early = await world.post(path, 'ana', input).expect(409);
      expect(early.body.error.message).toContain('is pending');

      await world
        .decide(filed, 'otto', { verdict: 'reject', reason: 'Not today' })
        .expect(200);
      const rejected = await world.get(`/requests/${filed.id}`, 'ana');
      expect(rejected.body.flags.canResubmit).toBe(true);
      await world.post(path, 'ben', input).expect(403);
      await world.post(path, 'uma', input).expect(404);

      const { body } = await world.post(path, 'ana', input).expect(200);
      expect(body).toMatchObject({
        state: 'pending',
        planVersion: 1,
        copyOf: { id: filed.id, number: filed.number },
        changes: filed.changes,
        duration: filed.duration,
        justification: filed.justification,
        decisions: [],
      });
      expect(body.id).not.toBe(filed.id);
      expect(body.timeline[0].text).toBe(
        `Filed by Ana Alves as a copy of request ${filed.number}.`,
      );
      const again = await world.post(path, 'ana', input).expect(200);
      expect(again.body.id).toBe(body.id);
    });
  });

  describe('extending', () => {
    /** As if it had been set up so many hours ago. */
    const activate = async (requestId: string, hoursAgo: number) => {
      const moment = (hours: number) =>
        new Date(Date.now() + hours * 3_600_000).toISOString();
      await knex('aws_access_requests')
        .where('id', requestId)
        .update({
          state: 'active',
          starts_at: moment(-hoursAgo),
          ends_at: moment(8 - hoursAgo),
        });
    };
    const extend = (requestId: string, caller: string, duration: string) =>
      world.post(`/requests/${requestId}/extend`, caller, {
        idempotencyKey: randomUUID(),
        duration,
        justification: 'The migration takes longer',
      });

    it('security rule 26: is a request of its own, by the rules of today and with the time of both', async () => {
      const filed = await world.file('ana');
      const early = await extend(filed.id, 'ana', 'PT4H').expect(409);
      expect(early.body.error.message).toContain('only access that is usable');
      await activate(filed.id, 7);
      const active = await world.get(`/requests/${filed.id}`, 'ana');
      expect(active.body.flags.canExtend).toBe(true);
      await extend(filed.id, 'ben', 'PT4H').expect(403);
      await extend(filed.id, 'uma', 'PT4H').expect(404);

      // The policy allows 12 hours in production; 7 are over.
      const { body: refused } = await extend(filed.id, 'ana', 'PT6H').expect(
        400,
      );
      expect(refused.error.message).toContain(
        'from its start to the last extension',
      );
      const { body } = await extend(filed.id, 'ana', 'PT4H').expect(200);
      expect(body).toMatchObject({
        state: 'pending',
        duration: 'PT4H',
        extensionOf: { id: filed.id, number: filed.number },
        waitingFor: ['account owner'],
        decisions: [],
        justification: 'The migration takes longer',
      });
      // A group of its own: the end of the first takes nothing from it.
      expect(body.plan.objects[0].after.displayName).not.toBe(
        filed.plan.objects[0].after.displayName,
      );
      expect(body.overlaps).toContainEqual(
        expect.objectContaining({ id: filed.id, extent: 'same' }),
      );

      await activate(body.id, 3);
      await extend(body.id, 'ana', 'PT6H').expect(400);
      // So that the worker does not end what was never made.
      await knex('aws_access_requests')
        .whereIn('id', [filed.id, body.id])
        .update({ state: 'ended' });
    });
  });

  describe('overlaps', () => {
    it('are shown to who may read them, and not refused', async () => {
      const one = await world.file('petra', {
        people: ['user:default/petra'],
        accountIds: [example.dataDev],
      });
      const input = fileInput({
        people: ['user:default/petra', 'user:default/ben'],
        accountIds: [example.dataDev],
      });
      const preview = await world
        .post('/requests/preview', 'petra', input)
        .expect(200);
      expect(preview.body.overlaps).toContainEqual({
        id: one.id,
        number: one.number,
        state: 'pending',
        extent: 'some',
        text: one.title,
        endsAt: null,
      });
      const other = await world.post('/requests', 'petra', input).expect(200);
      const detail = await world.get(`/requests/${one.id}`, 'petra');
      expect(detail.body.overlaps).toContainEqual(
        expect.objectContaining({ id: other.body.id, extent: 'same' }),
      );
      await world.post(`/requests/${one.id}/withdraw`, 'petra').expect(200);
      const later = await world.get(`/requests/${other.body.id}`, 'petra');
      expect(
        later.body.overlaps.map((overlap: { id: string }) => overlap.id),
      ).not.toContain(one.id);
    });
  });
});

it('security rule 6: leaving somebody out does not make an approver of them', async () => {
  const world = await RequestWorld.start(
    await databases.initMigrated('SQLITE_3'),
    {
      awsAccess: {
        policy: {
          ...exampleConfigSection.policy,
          rules: [
            {
              name: 'two look',
              require: [
                {
                  name: 'second look',
                  approvers: ['user:default/petra', 'user:default/sia'],
                },
              ],
            },
          ],
        },
      },
    },
  );
  try {
    const filed = await world.file('ana', {
      people: ['user:default/ana', 'user:default/petra'],
      accountIds: [example.dataDev],
    });
    const { body } = await world
      .decide(filed, 'otto', {
        verdict: 'narrow',
        people: ['user:default/ana'],
      })
      .expect(200);
    expect(body.people).toMatchObject([{ entityRef: 'user:default/ana' }]);
    const refused = await world.decide(body, 'petra').expect(403);
    expect(refused.body.error.message).toContain('benefits them');
    const done = await world.decide(body, 'sia').expect(200);
    expect(done.body.state).toBe('approved');
  } finally {
    await world.stop();
  }
});
