import { createTestDatabases } from '../testing/databases';
import { example, exampleConfigSection } from '../testing/examplePlan';
import { fileInput, RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();
const { policy } = exampleConfigSection;

const inOrder = {
  ...policy,
  rules: [
    ...policy.rules,
    {
      name: 'security looks last',
      match: { environments: ['dev'] },
      require: [
        { name: 'security', approvers: ['group:default/security'], order: 2 },
      ],
      ticket: { pattern: 'INC-\\d+', hint: 'Name the incident, like INC-311.' },
      justification: { pattern: '(?i)customer', hint: 'Name the customer.' },
    },
  ],
};

/** What the policy asks for the development account. */
const wishes = {
  accountIds: [example.dataDev],
  justification: 'A customer waits',
};

describe.each(databases.ids)('what the policy asks, on %s', databaseId => {
  let world: RequestWorld;
  beforeAll(async () => {
    world = await RequestWorld.start(await databases.initMigrated(databaseId), {
      awsAccess: { policy: inOrder },
    });
  });
  afterAll(() => world.stop());

  const file = async () => {
    const body = { ...fileInput(wishes), ticket: 'INC-311' };
    return (await world.post('/requests', 'ana', body).expect(200)).body;
  };
  const inboxOf = async (name: string) => {
    const { body } = await world.get('/requests?view=inbox&limit=100', name);
    return body.items.map((item: { id: string }) => item.id);
  };

  it('asks a stage when those before it are full', async () => {
    const filed = await file();
    expect(filed).toMatchObject({
      waitingFor: ['account owner'],
      stages: [
        { name: 'account owner', order: 1, isOpen: true },
        { name: 'security', order: 2, isOpen: false },
      ],
    });
    const asked = () => world.stores.requests.listAsked(filed.id, 1);
    expect(await asked()).not.toContain('user:default/sia');
    expect(await inboxOf('sia')).not.toContain(filed.id);
    // All approvers see it, also before their turn.
    const early = await world.get(`/requests/${filed.id}`, 'sia').expect(200);
    expect(early.body.flags.canApprove).toBe(false);
    await world.decide(filed, 'sia').expect(409);
    await world
      .decide(filed, 'sia', { verdict: 'reject', reason: 'No' })
      .expect(409);

    const { body } = await world.decide(filed, 'otto').expect(200);
    expect(body).toMatchObject({
      state: 'pending',
      waitingFor: ['security'],
      stages: [{ isOpen: false }, { isOpen: true }],
    });
    expect(await asked()).toContain('user:default/sia');
    expect(await inboxOf('sia')).toContain(filed.id);
    // The other owner is not needed any more.
    await world.decide(filed, 'ida').expect(409);
    await world.decide(filed, 'sia').expect(200);
    expect((await world.get(`/requests/${filed.id}`, 'ana')).body.state).toBe(
      'approved',
    );
  });

  it('wants the texts that the rules ask for, and says which', async () => {
    const preview = await world
      .post(
        '/requests/preview',
        'ana',
        fileInput({ ...wishes, justification: 'Because' }),
      )
      .expect(200);
    expect(preview.body).toMatchObject({
      outcome: 'cannotFile',
      problems: [
        { path: 'justification', fix: 'Name the customer.' },
        { path: 'ticket', fix: 'Name the incident, like INC-311.' },
      ],
    });
    const body = { ...fileInput(wishes), ticket: 'see INC-311' };
    const { body: refused } = await world
      .post('/requests', 'ana', body)
      .expect(400);
    expect(refused.error.message).toContain('ticket: ');
  });
});
