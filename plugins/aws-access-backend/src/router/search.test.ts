import { Change } from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { createTestDatabases } from '../testing/databases';
import { example } from '../testing/examplePlan';
import { fileInput, RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();

const changesReadOnly: Change = {
  kind: 'permissionSet',
  key: 'readers',
  arn: example.readOnly,
  document: {
    name: 'ReadOnly',
    description: 'Reads more',
    sessionDuration: 'PT1H',
    relayState: null,
    managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    customerManagedPolicies: [],
    inlinePolicy: null,
    permissionsBoundary: null,
    tags: {},
  },
};

describe.each(databases.ids)('what is found by words, on %s', id => {
  let world: RequestWorld;
  let anas: number;
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.initMigrated(id);
    world = await RequestWorld.start(knex);
    const filed = await world.file('ana', {
      justification: 'The tap is leaky',
      name: 'AWS-Payments-NightShift',
    });
    anas = filed.number;
  });
  afterAll(() => world.stop());

  const page = async (caller: string, query: object) => {
    const text = new URLSearchParams(query as Record<string, string>);
    const { body } = await world.get(`/requests?${text}`, caller).expect(200);
    return body;
  };
  const find = async (caller: string, search: string): Promise<number[]> =>
    (await page(caller, { search })).items.map(
      (item: { number: number }) => item.number,
    );

  it.each([
    ['its number', () => String(anas)],
    ['its number, as people write it', () => `Request #${anas}`],
    ['an account', () => example.dataProd],
    ['an account, as AWS writes it', () => '5555-6666-7777'],
    ["an account's name", () => 'data-prod'],
    ['the beginning of a name', () => 'data-pr'],
    ['the end of a name', () => 'Payments-NightShift'],
    ['a permission set', () => 'READONLY'],
    ['a part of a permission set', () => 'only'],
    ['its access group', () => 'AWS-Payments-NightShift'],
    ['a word in its access group', () => 'shift'],
    ['its team', () => 'payments'],
    ['its state, as people see it', () => 'waiting for approval'],
    ['several of them', () => 'access to data-prod with ReadOnly, pending'],
  ])('finds a request by %s', async (_, words) => {
    for (const reader of ['ana', 'petra', 'otto', 'ida', 'sia']) {
      expect([reader, await find(reader, words())]).toEqual([reader, [anas]]);
    }
  });

  it.each([
    'leaky',
    'tap',
    'Ana',
    'Alves',
    'Otto',
    'Olsen',
    example.entraIds.ana,
    '55556666',
    'data-prod active',
    'data-dev',
    'payments-prod',
    '% _',
  ])("security rule 30: '%s' finds nothing", async words => {
    for (const reader of ['ana', 'otto', 'sia']) {
      const expected = words === '% _' ? [anas] : [];
      expect([reader, await find(reader, words)]).toEqual([reader, expected]);
    }
  });

  it('security rule 29: an outsider finds nothing, whatever they look for', async () => {
    for (const search of [
      '',
      String(anas),
      'data-prod',
      'payments',
      'pending',
    ]) {
      expect(await page('uma', { search })).toEqual({
        items: [],
        nextCursor: null,
      });
    }
  });

  it('security rule 29: words of requests of others change nothing about what is found', async () => {
    const others = Array.from({ length: 150 }, (_, n) => ({
      word: `data-a${String(n).padStart(3, '0')}`,
    }));
    await knex('aws_access_request_words').insert(others.slice(0, 99));
    const searches = ['da', 'data-', 'data-p', 'da pending', 'data-a', 'da zz'];
    const findAll = (reader: string) =>
      Promise.all(searches.map(search => find(reader, search)));
    const before = await findAll('ana');
    expect(before).toEqual([[anas], [anas], [anas], [anas], [], []]);
    expect(await findAll('sia')).toEqual(before);

    // Now these are more words than are looked up.
    await knex('aws_access_request_words').insert(others.slice(99));
    expect(await findAll('ana')).toEqual(before);
    expect(await findAll('sia')).toEqual(before);
    expect((await findAll('uma')).flat()).toEqual([]);
    await knex('aws_access_request_words')
      .whereIn(
        'word',
        others.map(({ word }) => word),
      )
      .delete();
  });

  it('follows the state, and goes on page by page', async () => {
    const others = [];
    for (let n = 0; n < 3; n++) others.push(await world.file('ana'));
    await world.post(`/requests/${others[0].id}/withdraw`, 'ana').expect(200);

    expect(await find('ana', 'data-prod withdrawn')).toEqual([
      others[0].number,
    ]);
    expect(await find('sia', 'withdrawn')).toEqual([others[0].number]);
    const first = await page('sia', { search: 'pending', limit: 2 });
    expect(first.items.map((item: { number: number }) => item.number)).toEqual([
      others[2].number,
      others[1].number,
    ]);
    const second = await page('sia', {
      search: 'pending',
      limit: 2,
      cursor: first.nextCursor,
    });
    expect(second.items).toMatchObject([{ number: anas }]);
    expect(second.nextCursor).toBeNull();
  });

  it('security rule 29: what is kept back from the reader of a plan does not find it', async () => {
    const { inventory } = world;
    await inventory.replaceAssignments(example.organizationId, [
      {
        accountId: example.paymentsProd,
        permissionSetArn: example.readOnly,
        principalType: 'USER',
        principalId: 'store-otto',
      },
    ]);
    const { body: filed } = await world
      .post('/requests', 'uma', {
        ...fileInput({ team: 'group:default/web-shop', duration: null }),
        changes: [changesReadOnly],
      })
      .expect(200);
    expect(filed.plan.hidden).toEqual({ people: 1, accounts: 1 });

    expect(await find('uma', 'readonly web-shop')).toEqual([filed.number]);
    expect(await find('uma', 'payments-prod')).toEqual([]);
    expect(await find('uma', example.paymentsProd)).toEqual([]);
    expect(await find('petra', 'payments-prod')).toEqual([filed.number]);
  });

  it('gives the plugin search what everybody may see, and nobody else', async () => {
    const accounts = await world
      .get('/searchable/accounts?limit=4', 'plugin:search')
      .expect(200);
    expect(accounts.body.items).toHaveLength(4);
    expect(accounts.body.items[1]).toEqual({
      organizationId: 'parcel',
      id: example.dataProd,
      name: 'data-prod',
      environment: 'prod',
      ouPath: [],
    });
    const cursor = accounts.body.nextCursor;
    const rest = await world
      .get(`/searchable/accounts?limit=4&cursor=${cursor}`, 'plugin:search')
      .expect(200);
    expect(rest.body.items).toHaveLength(2);
    expect(rest.body.nextCursor).toBeNull();

    const sets = await world
      .get('/searchable/permission-sets', 'plugin:search')
      .expect(200);
    expect(sets.body.items[0]).toEqual({
      organizationId: 'parcel',
      name: 'AdministratorAccess',
      description: null,
      accessLevel: 'admin',
      access: ['Everything in the account.'],
    });

    for (const caller of [
      'plugin:scaffolder',
      'service',
      'sia',
      'ana via plugin:search',
    ]) {
      await world.get('/searchable/accounts', caller).expect(403);
      await world.get('/searchable/permission-sets', caller).expect(403);
    }
    await world.get('/searchable/accounts', 'nobody').expect(401);
    // Its token is good for nothing else.
    for (const path of [
      '/requests',
      '/accounts',
      '/access?user=user:default/ana',
    ]) {
      await world.get(path, 'plugin:search').expect(403);
    }
  });

  it('gives it nothing rather than less than there is', async () => {
    await world.inventory.replaceAccounts(example.organizationId, []);

    await world.get('/searchable/accounts', 'plugin:search').expect(503);
    await world.get('/searchable/permission-sets', 'plugin:search').expect(200);
  });
});
