import { example, exampleChanges } from '../testing/examplePlan';
import { createTestDatabases } from '../testing/databases';
import { fileInput, RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();

describe.each(databases.ids)('requests over HTTP on %s', id => {
  let world: RequestWorld;

  beforeAll(async () => {
    world = await RequestWorld.start(await databases.initMigrated(id), {
      awsAccess: { requests: { maxOpenPerPerson: 1000 } },
    });
  });
  afterAll(() => world.stop());

  describe('preview', () => {
    it('shows plan, findings and who must agree, and stores nothing', async () => {
      const before = await world.stores.requests.list({ limit: 100 });
      const { body } = await world
        .post('/requests/preview', 'ana', fileInput())
        .expect(200);

      expect(body).toMatchObject({
        outcome: 'needsApproval',
        plan: {
          gains: [{ entraUserId: example.entraIds.ana, seconds: 28_800 }],
        },
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        stages: [
          {
            name: 'account owner',
            need: 1,
            have: 0,
            because: ['production', 'the default of the policy'],
            approvers: [
              { entityRef: 'user:default/otto', displayName: 'Otto Olsen' },
            ],
          },
        ],
        problems: [],
      });
      expect(await world.stores.requests.list({ limit: 100 })).toEqual(before);
    });

    it.each<[string, object, string, object]>([
      [
        'denied',
        { permissionSet: example.administrator, duration: null },
        'denied',
        { denials: ['Administrator rights have an end.'] },
      ],
      [
        'too long',
        { duration: 'P2D' },
        'cannotFile',
        {
          problems: [{ path: 'duration', fix: 'Choose 12 hr or less.' }],
        },
      ],
      [
        'free',
        { accountIds: ['999900001111'] },
        'autoApproved',
        { stages: [] },
      ],
      [
        'without an owner',
        { accountIds: ['123456789012'] },
        'cannotFile',
        {
          problems: [
            {
              path: 'changes',
              message: expect.stringContaining(
                'nobody knows who owns the account 123456789012',
              ),
            },
          ],
        },
      ],
      [
        'unknown in two fields',
        { accountIds: ['999999999999'], people: ['user:default/nobody'] },
        'cannotFile',
        {
          plan: null,
          problems: [
            { path: 'changes.0.members.people.0' },
            { path: 'changes.1.accounts.accountIds.0' },
          ],
        },
      ],
    ])('says when it is %s', async (_what, parts, outcome, body) => {
      const answer = await world
        .post('/requests/preview', 'ana', fileInput(parts))
        .expect(200);
      expect(answer.body).toMatchObject({ outcome, ...body });
    });
  });

  describe('filing', () => {
    it('waits for the owner, and says who did what when', async () => {
      const filed = await world.file('ana');

      expect(filed).toMatchObject({
        state: 'pending',
        title:
          'Ana Alves asks for ReadOnly (read) on data-prod (555566667777) for 8 hr',
        requester: { entityRef: 'user:default/ana', displayName: 'Ana Alves' },
        waitingFor: ['account owner'],
        planVersion: 1,
        flags: {
          canApprove: false,
          canWithdraw: true,
          decideReason:
            'Who filed a request, or has it filed for them, does not decide on it.',
        },
        timeline: [
          { kind: 'filed', actor: { displayName: 'Ana Alves' } },
          { kind: 'planned', actor: null },
        ],
        consoleUrls: [],
        openSessionsUntil: null,
      });
      const approved = await world.decide(filed, 'otto').expect(200);
      expect(approved.body).toMatchObject({
        state: 'approved',
        waitingFor: [],
        decisions: [{ verdict: 'approve', entityRef: 'user:default/otto' }],
        stages: [{ have: 1, need: 1 }],
      });
    });

    it('security rule 26: gives the same request for the same call, and a conflict for another', async () => {
      const input = fileInput();
      const [one, other] = await Promise.all([
        world.post('/requests', 'ana', input),
        world.post('/requests', 'ana', input),
      ]);
      expect(one.status).toBe(200);
      expect(other.status).toBe(200);
      expect(other.body.id).toBe(one.body.id);

      const { body } = await world
        .post('/requests', 'ana', { ...input, duration: 'PT4H' })
        .expect(409);
      expect(body.error.message).toContain('idempotencyKey');
      // The key is the requester's own.
      const bens = await world
        .post('/requests', 'ben', {
          ...input,
          changes: exampleChanges({ people: ['user:default/ben'] }),
        })
        .expect(200);
      expect(bens.body.id).not.toBe(one.body.id);
    });

    it('names groups so that no two requests mean the same one', async () => {
      const names = await Promise.all(
        Array.from({ length: 3 }, async () => {
          const filed = await world.file('ben', {
            people: ['user:default/ben'],
          });
          return filed.plan.objects[0].after.displayName;
        }),
      );
      expect(new Set(names).size).toBe(3);
      for (const name of names) expect(name).toMatch(/^AWS-Payments-ReadOnly/);
    });

    it('security rule 13: refuses a look-alike of an existing name', async () => {
      const { body } = await world
        .post('/requests', 'ana', fileInput({ name: 'aws-ＡDMINS' }))
        .expect(400);
      expect(body.error.message).toContain('changes.0.name');
    });

    it('stores what the policy denies, with its reason', async () => {
      const denied = await world.file('ana', {
        permissionSet: example.administrator,
        duration: null,
      });
      expect(denied).toMatchObject({
        state: 'denied',
        stateReason: 'Administrator rights have an end.',
        flags: { canWithdraw: false },
      });
    });

    it('security rule 11: what an actor files is marked, and a person looks at it', async () => {
      const parts = { accountIds: ['999900001111'] };
      expect(await world.file('ana', parts)).toMatchObject({
        state: 'approved',
      });
      const filed = await world.file('ana via plugin:scaffolder', parts);
      expect(filed).toMatchObject({
        state: 'pending',
        waitingFor: ['account owner'],
      });
      expect(filed.timeline[0].text).toBe('Filed by Ana Alves by a template.');
    });

    it.each<[string, object, string]>([
      ['a bad duration', { duration: '8 hours' }, 'duration: must be'],
      ['an unknown team', { team: 'group:default/nope' }, 'team: The catalog'],
      [
        'a justification that lies',
        { justification: 'harmless \u202e text' },
        'justification: must not contain',
      ],
      [
        'an account that is none',
        { accountIds: ['12'] },
        'changes.1.accounts.accountIds.0: must be an AWS account id',
      ],
      [
        'the management account',
        { accountIds: [example.management] },
        'changes.1.accounts.accountIds.0: No request can touch',
      ],
      [
        'a protected permission set',
        { permissionSet: example.breakGlass },
        'changes.1.permissionSet.arn:',
      ],
      [
        'an organization by the name of what every object has',
        { organizationId: 'constructor' },
        'organizationId: No such organization',
      ],
      [
        'a team of endless name',
        { team: `group:default/${'a'.repeat(1000)}` },
        'team: must be a reference',
      ],
      [
        'a group name with what cannot be seen',
        { name: 'AWS-\u3164Payments' },
        'changes.0.name: must not contain invisible',
      ],
      ['a key that is too short', { idempotencyKey: 'x' }, 'idempotencyKey:'],
    ])('names the field for %s', async (_what, parts, message) => {
      const { body } = await world
        .post('/requests', 'ana', fileInput(parts))
        .expect(400);
      expect(body.error).toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(message),
      });
    });
  });

  describe('reading', () => {
    it('security rule 29: shows a request to those it concerns, and to nobody else', async () => {
      const { id: requestId } = await world.file('ana');
      for (const [caller, status] of [
        ['ana', 200],
        ['ben', 200],
        ['petra', 200],
        ['otto', 200],
        ['sia', 200],
        ['ida', 200],
        ['uma', 404],
        ['service', 403],
        ['nobody', 401],
      ] as const) {
        const answer = await world.get(`/requests/${requestId}`, caller);
        expect([caller, answer.status]).toEqual([caller, status]);
      }
      const outsiders = await world.get('/requests', 'uma').expect(200);
      expect(outsiders.body).toEqual({ items: [], nextCursor: null });
      await world.get('/requests/no-such-request', 'ana').expect(404);
    });

    it('lists page by page, mine, and what waits for me', async () => {
      const filed = [];
      for (let count = 0; count < 3; count++) {
        filed.push(await world.file('petra', { people: ['user:default/ben'] }));
      }
      const numbers = filed.map(request => request.number).reverse();

      const first = await world.get('/requests?view=mine&limit=2', 'petra');
      const second = await world.get(
        `/requests?view=mine&limit=2&cursor=${first.body.nextCursor}`,
        'petra',
      );
      expect(
        [...first.body.items, ...second.body.items].map(
          (item: { number: number }) => item.number,
        ),
      ).toEqual(numbers);
      expect(second.body.nextCursor).toBeNull();

      await world.decide(filed[0], 'otto').expect(200);
      const inbox = await world.get('/requests?view=inbox&limit=100', 'otto');
      const waiting = inbox.body.items.map((item: { id: string }) => item.id);
      expect(waiting).toContain(filed[1].id);
      expect(waiting).not.toContain(filed[0].id);
      const petras = await world.get('/requests?view=inbox', 'petra');
      expect(petras.body.items).toEqual([]);

      const { body } = await world
        .get('/requests?cursor=oops', 'petra')
        .expect(400);
      expect(body.error.message).toContain('cursor');
    });
  });

  describe('deciding', () => {
    it.each<[string, string, object, number, string]>([
      ['the requester', 'ana', {}, 403, 'Who filed a request'],
      ['a lead who is no approver', 'petra', {}, 403, 'not an approver'],
      ['security without a stage', 'sia', {}, 403, 'not an approver'],
      ['an admin', 'ida', {}, 403, 'not an approver'],
      ['an outsider', 'uma', {}, 404, 'no such request'],
      ['a service', 'service', {}, 403, ''],
      [
        'something that acts for the owner',
        'otto via plugin:scaffolder',
        {},
        403,
        'people themselves',
      ],
      [
        'the owner who saw another plan',
        'otto',
        { planDigest: 'f'.repeat(64) },
        409,
        'plan has changed',
      ],
      [
        'the owner without a reason',
        'otto',
        { verdict: 'reject' },
        400,
        'reason',
      ],
    ])('refuses %s', async (_who, caller, parts, status, message) => {
      const filed = await world.file('ana');
      const answer = await world.decide(filed, caller, parts);
      expect(answer.status).toBe(status);
      expect(answer.body.error.message).toContain(message);
      expect(
        (await world.get(`/requests/${filed.id}`, 'ana')).body,
      ).toMatchObject({ state: 'pending', decisions: [] });
    });

    it('security rule 6: refuses the owner who gains, whoever asks', async () => {
      const parts = {
        people: ['user:default/petra'],
        accountIds: [example.paymentsProd],
      };
      const { body } = await world
        .post('/requests', 'ana', fileInput(parts))
        .expect(400);
      expect(body.error.message).toContain(
        'whoever is asked benefits from the request',
      );
    });

    it('needs everybody whom the rules name, each once', async () => {
      const filed = await world.file('ana', {
        permissionSet: example.administrator,
        duration: 'PT1H',
      });
      expect(filed.waitingFor).toEqual(['account owner', 'security']);

      const first = await world.decide(filed, 'sia').expect(200);
      expect(first.body).toMatchObject({
        state: 'pending',
        waitingFor: ['account owner'],
        flags: { decideReason: 'You have decided on this plan already.' },
      });
      const again = await world.decide(filed, 'sia').expect(409);
      expect(again.body.error.message).toContain(
        'decided on this plan already',
      );
      await world.decide(filed, 'otto').expect(200);
      const done = await world.get(`/requests/${filed.id}`, 'ana');
      expect(done.body.state).toBe('approved');
    });

    it('ends at one rejection, and tells why', async () => {
      const filed = await world.file('ana');
      const { body } = await world
        .decide(filed, 'otto', { verdict: 'reject', reason: 'Use the replica' })
        .expect(200);
      expect(body).toMatchObject({
        state: 'rejected',
        stateReason: 'Otto Olsen rejected it: Use the replica',
        decisions: [{ verdict: 'reject', reason: 'Use the replica' }],
      });
      const late = await world.decide(filed, 'otto').expect(409);
      expect(late.body.error.message).toContain(
        'Already decided by Otto Olsen',
      );
    });

    it('security rule 8: of two decisions at once one counts, and the other hears whose', async () => {
      for (let round = 0; round < 5; round++) {
        const filed = await world.file('ana', {
          accountIds: [example.dataDev],
        });
        const answers = await Promise.all([
          world.decide(filed, 'otto'),
          world.decide(filed, 'ida', { verdict: 'reject', reason: 'No' }),
        ]);
        expect(answers.map(answer => answer.status).sort()).toEqual([200, 409]);
        const winner = answers.find(answer => answer.status === 200)!;
        const loser = answers.find(answer => answer.status === 409)!;
        expect(winner.body.decisions).toHaveLength(1);
        expect(loser.body.error.message).toContain(
          `Already decided by ${winner.body.decisions[0].displayName}`,
        );
        expect(
          await world.stores.requests.listDecisions(filed.id, 1),
        ).toHaveLength(1);
      }
    });

    it('settles a decision and a withdrawal at once', async () => {
      for (let round = 0; round < 5; round++) {
        const filed = await world.file('ana');
        const [decision, withdrawal] = await Promise.all([
          world.decide(filed, 'otto'),
          world.post(`/requests/${filed.id}/withdraw`, 'ana'),
        ]);
        expect(withdrawal.status).toBe(200);
        expect([200, 409]).toContain(decision.status);
        const { body } = await world.get(`/requests/${filed.id}`, 'ana');
        expect(body.state).toBe('withdrawn');
        expect(
          body.timeline.map((event: { kind: string }) => event.kind),
        ).toEqual([
          'filed',
          'planned',
          ...(decision.status === 200 ? ['approved'] : []),
          'withdrawn',
        ]);
      }
    });

    it('asks the catalog anew: who handed the account over decides no more', async () => {
      const filed = await world.file('ana', { accountIds: [example.dataDev] });
      const data = world.entities.find(
        entity => entity.metadata.name === 'data',
      )!;
      const leads = data.metadata.annotations!['aws-access/leads'];
      data.metadata.annotations!['aws-access/leads'] = 'user:default/ida';
      try {
        await world.decide(filed, 'otto').expect(403);
        await world.decide(filed, 'ida').expect(200);
      } finally {
        data.metadata.annotations!['aws-access/leads'] = leads;
      }
    });
  });

  describe('the rest', () => {
    it('keeps comments in the timeline, and out of the audit log', async () => {
      const filed = await world.file('ana');
      const { body } = await world
        .post(`/requests/${filed.id}/comments`, 'otto', {
          text: 'Which table?',
        })
        .expect(200);
      expect(body.timeline.pop()).toMatchObject({
        kind: 'commented',
        actor: { displayName: 'Otto Olsen' },
        text: 'Which table?',
      });
      await world
        .post(`/requests/${filed.id}/comments`, 'uma', { text: 'Hi' })
        .expect(404);
      const audit = await world.get(`/audit?requestId=${filed.id}`, 'sia');
      expect(JSON.stringify(audit.body)).not.toContain('Which table?');
      expect(JSON.stringify(audit.body)).not.toContain('since Monday');
    });

    it('lets only the requester withdraw, only what holds access be given back, and only what is stuck be retried', async () => {
      const filed = await world.file('ana');
      const path = `/requests/${filed.id}`;
      await world.post(`${path}/withdraw`, 'ben').expect(403);
      await world.post(`${path}/withdraw`, 'uma').expect(404);
      await world.post(`${path}/return`, 'petra').expect(403);
      await world.post(`${path}/return`, 'ana').expect(409);
      await world.post(`${path}/retry`, 'ana').expect(409);
      await world.post(`${path}/retry`, 'ben').expect(403);
      await world
        .post(`${path}/withdraw`, 'ana', { reason: 'Solved' })
        .expect(200);
      const again = await world.post(`${path}/withdraw`, 'ana').expect(409);
      expect(again.body.error.message).toContain('is withdrawn');
    });

    it('security rule 11: says in the audit log what acted for a person', async () => {
      const filed = await world.file('ana');
      const path = `/requests/${filed.id}`;
      const task = 'ana via plugin:scaffolder';
      await world.post(`${path}/comments`, task, { text: 'Hi' }).expect(200);
      await world.post(`${path}/withdraw`, task).expect(200);

      const { body } = await world.get(`/audit?requestId=${filed.id}`, 'sia');
      expect(
        body.items.map((event: any) => [event.kind, event.data.through]),
      ).toEqual([
        ['request.withdrawn', 'plugin:scaffolder'],
        ['request.commented', 'plugin:scaffolder'],
        ['request.filed', null],
      ]);
    });

    it('leaves an audit log that holds', async () => {
      const { body } = await world.get('/audit/verify', 'sia').expect(200);
      expect(body).toMatchObject({ verdict: 'consistent', brokenAt: null });
      expect(body.rows).toBeGreaterThan(50);
      await world.get('/audit/verify', 'ana').expect(403);
      await world.get('/audit', 'service').expect(403);
    });
  });
});

describe('requests where the portal narrows', () => {
  it('security rule 33: accepts only so many open requests of a person', async () => {
    const world = await RequestWorld.start(
      await databases.initMigrated('SQLITE_3'),
      { awsAccess: { requests: { maxOpenPerPerson: 2 } } },
    );
    try {
      await world.file('ana');
      const { id } = await world.file('ana');
      const { body } = await world
        .post('/requests', 'ana', fileInput())
        .expect(409);
      expect(body.error.message).toContain('2 open requests');
      await world.post(`/requests/${id}/withdraw`, 'ana').expect(200);
      await world.file('ana');
    } finally {
      await world.stop();
    }
  });

  it('security rule 25: lets who approves it take it away, though neither owner nor security', async () => {
    const knex = await databases.initMigrated('SQLITE_3');
    const world = await RequestWorld.start(knex, { awsAccess: { roles: {} } });
    try {
      const filed = await world.file('ana', {
        permissionSet: example.administrator,
      });
      await knex('aws_access_requests').update({ state: 'active' });
      const path = `/requests/${filed.id}/return`;
      await world.post(path, 'petra').expect(403);
      const { body } = await world.post(path, 'sia').expect(200);
      expect(body.timeline.pop().text).toBe('Sia Sand took the access away.');
    } finally {
      await world.stop();
    }
  });

  it('security rule 33: works out only so many plans a minute for a person', async () => {
    const world = await RequestWorld.start(
      await databases.initMigrated('SQLITE_3'),
      { awsAccess: { requests: { previewsPerMinute: 1 } } },
    );
    try {
      await world.post('/requests/preview', 'ana', fileInput()).expect(200);
      const { body } = await world
        .post('/requests/preview', 'ana', fileInput())
        .expect(429);
      expect(body.error.message).toContain('Wait a moment');
      await world.post('/requests/preview', 'ben', fileInput()).expect(200);
    } finally {
      await world.stop();
    }
  });

  it('security rule 12: permissions narrow what the own rules allow', async () => {
    const world = await RequestWorld.start(
      await databases.initMigrated('SQLITE_3'),
      { denied: ['aws-access.request.decide'] },
    );
    try {
      const filed = await world.file('ana');
      const { body } = await world.decide(filed, 'otto').expect(403);
      expect(body.error.message).toContain('aws-access.request.decide');
    } finally {
      await world.stop();
    }
  });
});
