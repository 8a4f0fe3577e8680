import {
  accessGroupsResponseSchema,
  organizationalUnitsResponseSchema,
} from 'backstage-plugin-aws-access-common';
import { exampleAccounts } from 'backstage-plugin-aws-access-sandbox';
import { createTestDatabases } from '../testing/databases';
import { ReadWorld } from '../testing/ReadWorld';

const databases = createTestDatabases();

describe.each(databases.ids)('groups and units over HTTP on %s', id => {
  let world: ReadWorld;

  beforeAll(async () => {
    world = await ReadWorld.start(await databases.initMigrated(id));
  });
  afterAll(() => world.stop());

  async function groups(caller: string, query = '') {
    const { body } = await world
      .get(`/access-groups?${new URLSearchParams(query)}`, caller)
      .expect(200);
    return accessGroupsResponseSchema.parse(body);
  }
  const names = async (caller: string, query?: string) =>
    (await groups(caller, query)).items.map(({ name }) => name);

  it('security rule 29: lists to each caller the groups whose access they may read, and nothing of the others', async () => {
    const all = await groups('sia', 'limit=200');
    expect(all.items.length).toBe(all.totalItems);
    expect(all.nextCursor).toBeNull();
    expect(all.freshness).toMatchObject({ complete: true, stale: false });

    // Ana: her team's, and those that she is in.
    const anas = await names('ana');
    expect(anas).toContain('AWS-Payments-PowerUser');
    expect(anas).not.toContain('AWS-Data-DataScientist');
    // Uma is in another team: the same question, none of the same answers.
    const umas = await names('uma');
    expect(umas.filter(name => name.includes('Payments'))).toEqual([]);
    expect((await groups('uma', 'search=payments')).totalItems).toBe(0);
    // Lena left the team, and is still in its group.
    expect(await names('lena')).toContain('AWS-Payments-PowerUser');
  });

  it('security rule 29: tells owners of accounts of a group what it has in their accounts only', async () => {
    const account = exampleAccounts.find(({ name }) => name === 'data-prod')!;
    const set = (await world.inventory.records.findPermissionSetByName(
      'parcel',
      'ReadOnly',
    ))!;
    const [security] = (await groups('sia', 'search=AWS-Payments-ReadOnly'))
      .items;
    await world.inventory.patches.replaceAssignmentsOf(
      'parcel',
      account.id,
      set.arn,
      [
        {
          accountId: account.id,
          permissionSetArn: set.arn,
          principalType: 'GROUP',
          principalId: security.identityStoreGroupId!,
        },
      ],
    );
    const [whole] = (await groups('sia', 'search=AWS-Payments-ReadOnly')).items;
    const [ottos] = (await groups('otto', 'search=AWS-Payments-ReadOnly'))
      .items;
    expect(whole.accounts).toBe(2);
    expect(ottos).toMatchObject({
      name: 'AWS-Payments-ReadOnly',
      accounts: 1,
      permissionSets: [{ name: 'ReadOnly', accessLevel: 'read' }],
    });
    expect(await names('otto')).not.toContain('AWS-Payments-PowerUser');
  });

  it('lists the groups of a team, and what makes them its own', async () => {
    const { items, totalItems } = await groups('ana', 'team=payments');
    expect(totalItems).toBe(items.length);
    expect(
      items.find(({ name }) => name === 'AWS-Payments-PowerUser'),
    ).toMatchObject({
      evidence: 'namingTemplate',
      accounts: 2,
      permissionSets: [{ name: 'PowerUser', accessLevel: 'power' }],
      assignedToApplication: true,
      unusableBecause: null,
    });
    expect(items.every(({ name }) => name.includes('Payments'))).toBe(true);
    for (const [caller, team, status] of [
      ['uma', 'payments', 404],
      ['uma', 'no-such-team', 404],
      ['sia', 'no-such-team', 404],
      ['sia', 'user:default/ana', 400],
    ] as const) {
      await world.get(`/access-groups?team=${team}`, caller).expect(status);
    }
  });

  it('comes page by page, by name, and is searched', async () => {
    const whole = await names('sia', 'limit=200');
    const paged: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof groups>> = await groups(
        'sia',
        `limit=3${cursor && `&cursor=${cursor}`}`,
      );
      expect(page.totalItems).toBe(whole.length);
      paged.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole);
    expect(new Set(paged).size).toBe(paged.length);
    expect(await names('sia', 'search=poweruser')).toContain(
      'AWS-Payments-PowerUser',
    );
    await world.get('/access-groups?cursor=x', 'sia').expect(400);
  });

  it('tells everybody whom the catalog knows the tree, with its accounts', async () => {
    const { body } = await world
      .get('/organizational-units', 'uma')
      .expect(200);
    const { items, freshness } = organizationalUnitsResponseSchema.parse(body);
    expect(freshness.complete).toBe(true);
    const depth = (unitId: string | null): number => {
      const unit = items.find(one => one.id === unitId);
      return unit ? 1 + depth(unit.parentId) : 0;
    };
    expect(
      items.map(
        unit =>
          `${'  '.repeat(depth(unit.parentId))}${unit.name} ${unit.accounts} ${
            unit.accountsWithin
          }`,
      ),
    ).toMatchInlineSnapshot(`
      [
        "Infrastructure 1 1",
        "Sandbox 1 1",
        "Security 2 2",
        "Workloads 0 9",
        "  NonProduction 0 5",
        "    Development 3 3",
        "    Staging 2 2",
        "  Production 4 4",
      ]
    `);
    await world
      .get('/organizational-units?organizationId=other', 'uma')
      .expect(404);
    for (const path of ['/organizational-units', '/access-groups']) {
      await world.get(path, 'mallory').expect(403);
      await world.get(path, 'service').expect(403);
      await world.get(path, 'nobody').expect(401);
    }
  });
});
