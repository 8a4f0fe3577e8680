import { createTestDatabases } from '../testing/databases';
import { example } from '../testing/examplePlan';
import { fileInput, RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();

describe.each(databases.ids)('the policy’s page, on %s', databaseId => {
  let world: RequestWorld;
  beforeAll(async () => {
    world = await RequestWorld.start(await databases.initMigrated(databaseId));
  });
  afterAll(() => world.stop());

  const input = (parts: object = {}) => {
    const { idempotencyKey, ...wishes } = fileInput({
      permissionSet: example.administrator,
    });
    return { ...wishes, requester: 'user:default/ana', ...parts };
  };

  it('says the rules in words', async () => {
    const { body } = await world.get('/policy', 'sia').expect(200);
    expect(body).toMatchObject({
      defaultStage: 'account owner (1 of the owners of the account)',
      ownPolicies: [],
    });
    expect(body.rules).toContainEqual({
      name: 'powerful access to production',
      when: ['the environment is prod', 'the access level is admin or power'],
      does: ['asks security (1 of user:default/sia)'],
    });
  });

  it('says what would come of somebody else’s request, and stores nothing', async () => {
    const before = await world.stores.requests.list({ limit: 100 });
    const { body } = await world
      .post('/policy/simulate', 'ida', input())
      .expect(200);
    expect(body).toMatchObject({
      outcome: 'needsApproval',
      stages: [{ name: 'account owner' }, { name: 'security' }],
      explanation: [
        {
          accountIds: [example.dataProd],
          permissionSet: 'AdministratorAccess',
          rules: [
            { name: 'production', unknown: [] },
            {
              name: 'powerful access to production',
              does: ['asks security (1 of user:default/sia)'],
            },
          ],
          asksDefaultStage: true,
        },
      ],
    });
    // The simulated requester decides on nothing, as in life.
    expect(JSON.stringify(body.stages)).not.toContain('user:default/ana');
    expect(await world.stores.requests.list({ limit: 100 })).toEqual(before);
  });

  it('tells what an actor would get, and who is not in the catalog', async () => {
    const sandbox = input({
      changes: fileInput({ accountIds: ['999900001111'] }).changes,
    });
    const alone = await world.post('/policy/simulate', 'ida', sandbox);
    expect(alone.body.outcome).toBe('autoApproved');
    const acting = await world.post('/policy/simulate', 'ida', {
      ...sandbox,
      filedByActor: true,
    });
    expect(acting.body.outcome).toBe('needsApproval');
    const { body } = await world
      .post(
        '/policy/simulate',
        'ida',
        input({ requester: 'user:default/nobody' }),
      )
      .expect(400);
    expect(body.error.message).toContain('requester: ');
  });

  it.each(['ana', 'petra', 'uma'])('is none of %s’s', async caller => {
    await world.get('/policy', caller).expect(403);
    await world.post('/policy/simulate', caller, input()).expect(403);
  });

  it('is for people only', async () => {
    await world.get('/policy', 'service').expect(403);
    await world.get('/policy', 'nobody').expect(401);
  });

  it('tells a requester why, and what nobody knows', async () => {
    const { body } = await world.post(
      '/requests/preview',
      'ana',
      fileInput({ accountIds: ['123456789012'] }),
    );
    expect(body.explanation).toMatchObject([
      { accountIds: ['123456789012'], rules: [], asksDefaultStage: true },
    ]);
  });
});
