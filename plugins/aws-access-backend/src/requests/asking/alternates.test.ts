import { Knex } from 'knex';
import { mockServices } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../testing/databases';
import { example, exampleConfig } from '../../testing/examplePlan';
import { CatalogPerson, PersonDirectory } from '../../people/PersonDirectory';
import { RequestWorld } from '../../testing/RequestWorld';
import { createRequestLoader } from '../reading/createRequestLoader';
import { keepReadOnly } from '../life/keepReadOnly';
import { RequestKeeper } from '../life/RequestKeeper';
import { returnToPending } from '../life/returnToPending';

const databases = createTestDatabases();

const policy = {
  defaultStage: {
    name: 'account owner',
    approvers: ['accountOwner'],
    alternates: {
      approvers: ['user:default/sia', 'user:default/ana', 'user:default/otto'],
      after: 'P2D',
    },
  },
};
/** Far longer ago than alternates wait. */
const LONG_AGO = '2020-01-01T00:00:00.000Z';

describe.each(databases.ids)('requests that wait, on %s', id => {
  let knex: Knex;
  let world: RequestWorld;

  beforeAll(async () => {
    knex = await databases.initMigrated(id);
    world = await RequestWorld.start(knex, {
      awsAccess: {
        policy,
        // The worker of the portal itself stays away: the tests are the worker.
        worker: { pollSeconds: 60, claimSeconds: 600 },
      },
    });
  });
  afterAll(() => world.stop());

  /** As if the request had waited since then. */
  const age = async (requestId: string) => {
    await knex('aws_access_request_plans')
      .where('request_id', requestId)
      .whereNotNull('alternates_at')
      .update({ computed_at: LONG_AGO, alternates_at: LONG_AGO });
  };

  const people = new Map<string, CatalogPerson>(
    (['ana', 'otto', 'sia', 'ida'] as const).map(name => [
      `user:default/${name}`,
      {
        entityRef: `user:default/${name}`,
        displayName: name,
        entraUserId: example.entraIds[name],
        teams: name === 'ana' ? ['group:default/payments'] : [],
      },
    ]),
  );
  const findTeam = async (ref: string) => ({
    entityRef: ref,
    displayName: ref,
    leads: ref === 'group:default/data' ? ['user:default/otto'] : [],
    members: [people.get('user:default/ana')!],
    accessGroupNames: [],
  });
  const directoryOf = (parts: Partial<PersonDirectory> = {}) =>
    ({
      findPerson: async (ref: string) => people.get(ref),
      findPeople: async (refs: string[]) =>
        refs.flatMap(ref => people.get(ref) ?? []),
      findByEntraIds: async () => new Map(),
      findTeam,
      findLedTeams: async () => [],
      findAccountOwners: async () => new Map(),
      ...parts,
    } as unknown as PersonDirectory);

  const keep = async (directory: PersonDirectory) => {
    // The portal's own worker holds the claim; this round is one more of it.
    const row = await knex('aws_access_organizations')
      .where('id', 'parcel')
      .first();
    const keeper = new RequestKeeper({
      ...createRequestLoader({
        config: exampleConfig(),
        stores: world.stores,
        directory,
        approverResolvers: new Map(),
      }),
      stores: world.stores,
      directory,
      logger: mockServices.logger.mock(),
    });
    await keeper.keep({
      organizationId: 'parcel',
      owner: row.claim_owner,
      epoch: Number(row.claim_epoch),
    });
  };

  it('lets alternates decide after the time, besides the approvers, and asks them once', async () => {
    const filed = await world.file('ana', { accountIds: [example.dataDev] });
    expect(filed.stages[0]).toMatchObject({
      approvers: [
        { entityRef: 'user:default/otto' },
        { entityRef: 'user:default/ida' },
      ],
      // Who benefits, or is an approver anyway, is no alternate.
      alternates: {
        approvers: [{ entityRef: 'user:default/sia' }],
        after: 'P2D',
        hasJoined: false,
      },
    });
    await world.decide(filed, 'sia').expect(403);
    expect((await world.get('/requests?view=inbox', 'sia')).body.items).toEqual(
      [],
    );

    await age(filed.id);
    await keep(directoryOf());
    await keep(directoryOf());
    const { body } = await world.get(`/requests/${filed.id}`, 'sia');
    expect(body.stages[0]).toMatchObject({ alternates: { hasJoined: true } });
    expect(
      body.stages[0].approvers.map(
        (person: { entityRef: string }) => person.entityRef,
      ),
    ).toEqual(['user:default/otto', 'user:default/ida', 'user:default/sia']);
    expect(
      body.timeline.filter(
        (event: { kind: string }) => event.kind === 'alternatesAsked',
      ),
    ).toHaveLength(1);
    const inbox = await world.get('/requests?view=inbox', 'sia');
    expect(inbox.body.items).toMatchObject([{ id: filed.id }]);
    const done = await world.decide(filed, 'sia').expect(200);
    expect(done.body.state).toBe('approved');
  });

  it('a narrower plan goes on waiting since the wider one did', async () => {
    const filed = await world.file('ana', {
      people: ['user:default/ana', 'user:default/ben'],
      accountIds: [example.dataProd, example.dataDev],
    });
    await age(filed.id);
    const { body } = await world
      .decide(filed, 'otto', { verdict: 'narrow', duration: 'PT1H' })
      .expect(200);
    expect(body).toMatchObject({ state: 'pending', planVersion: 2 });
    await world.decide(body, 'sia').expect(200);
  });

  it('withdraws what somebody filed who has left, and holds while the catalog does not say so', async () => {
    const filed = await world.file('ana', { accountIds: [example.dataDev] });
    const stateOf = async () =>
      (await world.stores.requests.get(filed.id))!.state;
    const leaver: Partial<PersonDirectory> = {
      findPerson: async () => undefined,
    };

    await keep(directoryOf());
    expect(await stateOf()).toBe('pending');
    await keep(
      directoryOf({
        ...leaver,
        findTeam: async () => {
          throw new Error('the catalog is away');
        },
      }),
    );
    expect(await stateOf()).toBe('pending');
    await keep(directoryOf({ ...leaver, findTeam: async () => undefined }));
    expect(await stateOf()).toBe('pending');

    await keep(directoryOf(leaver));
    expect(await world.stores.requests.get(filed.id)).toMatchObject({
      state: 'withdrawn',
      stateReason: expect.stringContaining('does not know user:default/ana'),
    });
  });

  it('asks who has become an approver since, and shows it in their inbox', async () => {
    const filed = await world.file('ana', { accountIds: [example.dataDev] });
    const asked = () => world.stores.requests.listAsked(filed.id, 1);
    expect(await asked()).toEqual(['user:default/ida', 'user:default/otto']);
    await keep(
      directoryOf({
        findTeam: async (ref: string) => ({
          ...(await findTeam(ref)),
          leads: ['user:default/otto', 'user:default/sia'],
        }),
      }),
    );
    expect(await asked()).toContain('user:default/sia');
  });

  it('asks the approvers of a stage that came with a new plan', async () => {
    const filed = await world.file('ana', { accountIds: [example.dataDev] });
    await world.decide(filed, 'otto').expect(200);
    const { requests } = world.stores;
    const request = (await requests.get(filed.id))!;
    const { plan, policy: before } = await requests.getPlan(filed.id, 1);
    await world.stores.transaction(stores =>
      returnToPending(stores, {
        request,
        planResult: {
          plan,
          digest: 'f'.repeat(64),
          policy: {
            ...before,
            stages: [
              ...before.stages,
              {
                id: 'security',
                name: 'security',
                approvers: ['user:default/sia'],
                count: 1,
                accountIds: [],
                because: ['a rule of today'],
              },
            ],
          },
          problems: [],
          asOf: null,
        },
        because: ['The rules ask for more today.'],
      }),
    );
    expect(await requests.listAsked(filed.id, 2)).not.toContain(
      'user:default/sia',
    );
    await keep(directoryOf());
    expect(await requests.listAsked(filed.id, 2)).toContain('user:default/sia');
    const inbox = await world.get('/requests?view=inbox', 'sia');
    expect(inbox.body.items).toMatchObject([{ id: filed.id }]);
  });

  it('looks after what waits in an organization that is read only', async () => {
    const filed = await world.file('ana', { accountIds: [example.dataDev] });
    await age(filed.id);
    await knex('aws_access_organizations').update({ claim_until: LONG_AGO });
    const directory = directoryOf();
    const config = exampleConfig();
    config.organizations.parcel.writes = 'off';
    const services = {
      stores: world.stores,
      directory,
      logger: mockServices.logger.mock(),
    };
    await keepReadOnly({
      ...services,
      config,
      owner: 'a process of a test',
      keeper: new RequestKeeper({
        ...createRequestLoader({
          ...services,
          config,
          approverResolvers: new Map(),
        }),
        ...services,
      }),
    });
    const notices = await knex('aws_access_request_notices').where({
      request_id: filed.id,
    });
    expect(notices).toMatchObject([{ kind: 'reminded' }]);
    expect(await world.stores.requests.listAsked(filed.id, 1)).toContain(
      'user:default/sia',
    );
  });
});

describe.each(databases.ids)('a later stage on %s', id => {
  it('asks its alternates by how long it has been open itself', async () => {
    const knex = await databases.initMigrated(id);
    const world = await RequestWorld.start(knex, {
      awsAccess: {
        policy: {
          defaultStage: { name: 'owner', approvers: ['user:default/otto'] },
          rules: [
            {
              name: 'security last',
              require: [
                {
                  name: 'security',
                  approvers: ['user:default/sia'],
                  order: 2,
                  alternates: { approvers: ['user:default/ida'], after: 'P2D' },
                },
              ],
            },
            {
              name: 'owner first',
              require: [{ name: 'owner', approvers: ['user:default/otto'] }],
            },
          ],
        },
        worker: { pollSeconds: 60, claimSeconds: 600 },
      },
    });
    try {
      const filed = await world.file('ana');
      const later = (body: { stages: object[] }) => body.stages[1];
      // The plan is old, and the stage has not opened.
      await knex('aws_access_request_plans')
        .where('request_id', filed.id)
        .update({ computed_at: LONG_AGO });
      const before = await world.get(`/requests/${filed.id}`, 'otto');
      expect(later(before.body)).toMatchObject({
        alternates: { from: null, hasJoined: false },
      });
      const { body } = await world.decide(filed, 'otto').expect(200);
      expect(later(body)).toMatchObject({ alternates: { hasJoined: false } });
      const plan = await world.stores.requests.getPlan(filed.id, 1);
      const stageId = body.stages[1].id;
      expect(plan.openedAt![stageId] > LONG_AGO).toBe(true);
      await world.stores.requests.setOpenedAt(filed.id, 1, {
        ...plan.openedAt,
        [stageId]: LONG_AGO,
      });
      await world.decide(filed, 'ida').expect(200);
    } finally {
      await world.stop();
    }
  });
});
