import { createTestDatabases } from '../../testing/databases';
import { example } from '../../testing/examplePlan';
import { RequestWorld } from '../../testing/RequestWorld';

const databases = createTestDatabases();
const { ana, ben, otto } = example.entraIds;

jest.setTimeout(60_000);

describe.each(databases.ids)('people as Entra has them now, on %s', id => {
  let world: RequestWorld;
  beforeAll(async () => {
    world = await RequestWorld.start(await databases.initMigrated(id));
  });
  afterAll(() => world.stop());
  afterEach(() => {
    world.people.disabled.clear();
    world.people.isAway = false;
  });

  const file = (accountId: string = example.dataProd) =>
    world.file('ana', {
      accountIds: [accountId],
      people: ['user:default/ana', 'user:default/ben'],
    });

  it('security rule 9: asks Entra at the decision whether the approver is enabled', async () => {
    const filed = await file();
    world.people.disabled.add(otto);
    const { body } = await world.decide(filed, 'otto').expect(403);
    expect(body.error.message).toContain('your own user is disabled');
    world.people.disabled.clear();
    await world.decide(filed, 'otto').expect(200);
  });

  it('security rule 9: asks whether those who would gain are enabled, and lets the others have it', async () => {
    const filed = await file();
    world.people.disabled.add(ben);
    const { body } = await world.decide(filed, 'otto').expect(409);
    expect(body.error.message).toContain('Ben Brandt is disabled in Entra.');
    const narrowed = await world
      .decide(filed, 'otto', {
        verdict: 'narrow',
        people: ['user:default/ana'],
      })
      .expect(200);
    expect(narrowed.body.state).toBe('approved');
  });

  it('security rule 9: decides nothing while Entra does not answer, and loses nothing', async () => {
    const filed = await file();
    world.people.isAway = true;
    const { body } = await world.decide(filed, 'otto').expect(503);
    expect(body.error.message).toContain('cannot be approved now');
    expect(body.error.message).toContain('Nothing is lost');
    const row = (await world.stores.requests.get(filed.id))!;
    expect([row.state, row.version]).toEqual(['pending', filed.version]);
    // To refuse takes no Entra.
    await world
      .decide(filed, 'otto', { verdict: 'reject', reason: 'Not now' })
      .expect(200);
  });

  it('security rule 9: asks for nothing where neither production nor a finding is', async () => {
    const filed = await file(example.dataDev);
    world.people.isAway = true;
    world.people.disabled.add(ana);
    await world.decide(filed, 'otto').expect(200);
  });
});
