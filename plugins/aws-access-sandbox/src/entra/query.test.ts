import { exampleClouds, exampleCompany } from '../seed';
import type { SqlValue } from '../store/SandboxStore';
import {
  Answered,
  exampleGroup,
  person,
  refusal,
  startTestGraph,
} from './__testUtils__/startTestGraph';

const upn = person('ana').userPrincipalName;

let graph: Awaited<ReturnType<typeof startTestGraph>>;
beforeEach(async () => {
  graph = await startTestGraph();
});
afterEach(() => graph.stop());

const names = ({ value }: Answered) =>
  value.map(({ displayName }: Answered) => displayName);

const eventual = (path: string) =>
  graph.client().api(path).header('ConsistencyLevel', 'eventual');

describe('$search', () => {
  it('finds words of names, and wants eventual consistency', async () => {
    const search = (text: string) =>
      eventual('/groups').query({ $search: text });
    expect(names(await search('"displayName:power"').get())).toEqual(
      exampleCompany.groups
        .map(({ displayName }) => displayName)
        .filter(name => name.includes('Power')),
    );
    expect(
      names(
        await search('"displayName:web shop" AND "displayName:power"').get(),
      ),
    ).toEqual(['AWS-WebShop-PowerUser']);
    expect(
      names(await search('"displayName:billing" OR "displayName:leads"').get()),
    ).toEqual(expect.arrayContaining(['AWS-Finance-Billing', 'Parcel-Leads']));
    expect(names(await search('"displayName:ower"').get())).toEqual([]);
    expect(
      await refusal(
        graph
          .client()
          .api('/groups')
          .query({ $search: '"displayName:power"' })
          .get(),
      ),
    ).toMatchObject({ statusCode: 400, code: 'Request_UnsupportedQuery' });
    expect(await refusal(search('power').get())).toMatchObject({
      statusCode: 400,
    });
  });
});

describe('$expand', () => {
  it('shows up to twenty of one relation, with its own $select', async () => {
    const { displayName, entraId, members, owners } = exampleGroup(
      'AWS-Payments-PowerUser',
    );
    const group = await graph
      .client()
      .api(`/groups/${entraId}`)
      .select('displayName')
      .expand('members($select=id,displayName)')
      .get();
    expect(group).toMatchObject({ displayName });
    expect(group.members).toHaveLength(Math.min(members.length, 20));
    expect(Object.keys(group.members[0]).sort()).toEqual([
      '@odata.type',
      'displayName',
      'id',
    ]);
    const { value } = await graph
      .client()
      .api('/groups')
      .filter(`id eq '${entraId}'`)
      .expand('owners')
      .get();
    expect(value[0].owners).toHaveLength(owners.length);
    for (const wrong of ['members,owners', 'friends', 'members($top=5)']) {
      expect(
        await refusal(
          graph.client().api('/groups').query({ $expand: wrong }).get(),
        ),
      ).toMatchObject({ statusCode: 400 });
    }
  });
});

describe('$filter and $orderby', () => {
  it.each([
    ["displayName eq 'ANA ALVES'", ['Ana Alves']],
    [`userPrincipalName eq '${upn.toUpperCase()}'`, ['Ana Alves']],
    [
      "startswith(displayName,'an') and accountEnabled eq true",
      exampleCompany.people
        .map(({ displayName }) => displayName)
        .filter(name => /^an/i.test(name)),
    ],
    ['surname eq null', ['Madhuri']],
    ["displayName in ('Ana Alves','Ben Brandt')", ['Ana Alves', 'Ben Brandt']],
    ['createdDateTime ge 2026-01-01T00:00:00Z', []],
    [
      "(givenName eq 'Ana' or givenName eq 'Ben') and surname eq 'Brandt'",
      ['Ben Brandt'],
    ],
    // Only the answered object shows this one.
    [`proxyAddresses/any(p:p eq 'smtp:${upn}')`, ['Ana Alves']],
  ])('answers %s', async (filter, expected) => {
    const answer = await graph.client().api('/users').filter(filter).get();
    expect(names(answer)).toEqual(expected);
    const counted = await eventual('/users/$count').filter(filter).get();
    expect(Number(counted)).toBe(expected.length);
  });

  it.each([
    ["endswith(userPrincipalName,'@parcel.example')", 45],
    ["not(startswith(displayName,'A'))", 'others'],
    ["surname ne 'Alves'", 44],
  ])('answers %s as an advanced query only', async (filter, count) => {
    const request = () => graph.client().api('/users').filter(filter);
    expect(await refusal(request().get())).toMatchObject({
      code: 'Request_UnsupportedQuery',
    });
    const answer = await request()
      .header('ConsistencyLevel', 'eventual')
      .count(true)
      .get();
    expect(answer['@odata.count']).toBe(
      count === 'others'
        ? exampleCompany.people.filter(
            ({ displayName }) => !/^a/i.test(displayName),
          ).length
        : count,
    );
  });

  it.each([
    "contains(displayName,'a')",
    'displayName eq',
    "shoeSize eq '44'",
    `${'('.repeat(60)}id eq 'x'${')'.repeat(60)}`,
  ])('refuses %s', async filter => {
    expect(
      await refusal(graph.client().api('/users').filter(filter).get()),
    ).toMatchObject({ statusCode: 400 });
  });

  it('pages through a sorted list', async () => {
    const { items } = await graph.readAll(
      '/users?$orderby=displayName desc&$top=7&$select=displayName',
    );
    const sorted = exampleCompany.people
      .map(({ displayName }) => displayName)
      .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? 1 : -1));
    expect(items.map(({ displayName }) => displayName)).toEqual(sorted);
  });
});

it('hands out page tokens that nobody can read or forge', async () => {
  const readToken = async () => {
    const page = await graph.client().api('/users').top(5).get();
    return new URL(page['@odata.nextLink']).searchParams.get('$skiptoken')!;
  };
  const token = await readToken();
  expect(await readToken()).not.toBe(token);
  expect(Buffer.from(token, 'base64url').toString()).not.toContain('after');
  expect(
    await refusal(
      graph
        .client()
        .api(`/users?$skiptoken=${token.slice(0, -4)}AAAA`)
        .get(),
    ),
  ).toMatchObject({ statusCode: 400, code: 'Directory_ExpiredPageToken' });
});

it('answers every page and every usual question from an index, however large the tenant', async () => {
  const { entraId } = exampleGroup('AWS-Prod-Admins');
  const { enterpriseApplication } = exampleClouds.entra;
  const statements: string[] = [];
  const all = graph.store.all.bind(graph.store);
  const spy = jest
    .spyOn(graph.store, 'all')
    .mockImplementation(
      (sql: string, parameters?: SqlValue[] | Record<string, SqlValue>) => {
        if (!sql.startsWith('EXPLAIN')) {
          const plan = all<{ detail: string }>(
            `EXPLAIN QUERY PLAN ${sql}`,
            parameters,
          );
          statements.push(...plan.map(({ detail }) => detail));
        }
        return all(sql, parameters) as never;
      },
    );
  const plans = async (path: string) => {
    statements.length = 0;
    await graph.client().api(path).get();
    // How many jobs there are does not depend on the size of the tenant.
    return statements.filter(step => !step.includes('synchronization_jobs'));
  };
  for (const path of [
    "/groups?$filter=displayName eq 'AWS-Prod-Admins'",
    "/groups?$filter=uniqueName eq 'x'",
    `/groups?$filter=id eq '${entraId}'`,
    "/users?$filter=userPrincipalName eq 'ana@parcel.example'",
    "/users?$filter=displayName eq 'Ana Alves'",
    `/groups/${entraId}/members?$top=5`,
    `/groups/${entraId}/owners`,
    `/groups/${entraId}/appRoleAssignments`,
    `/servicePrincipals/${enterpriseApplication.servicePrincipalId}/appRoleAssignedTo?$top=5`,
  ]) {
    expect((await plans(path)).filter(step => /^SCAN/.test(step))).toEqual([]);
  }
  // A plain page walks along the primary key and stops; nothing is sorted first.
  for (const path of ['/users?$top=5', '/groups?$top=5']) {
    expect((await plans(path)).join()).not.toContain('TEMP B-TREE');
  }
  spy.mockRestore();
  // What is counted is read from an index, not from the objects.
  const get = graph.store.get.bind(graph.store);
  const counts: string[] = [];
  jest
    .spyOn(graph.store, 'get')
    .mockImplementation(
      (sql: string, parameters?: SqlValue[] | Record<string, SqlValue>) => {
        if (sql.startsWith('SELECT count(*)')) {
          const plan = all<{ detail: string }>(
            `EXPLAIN QUERY PLAN ${sql}`,
            parameters,
          );
          counts.push(...plan.map(({ detail }) => detail));
        }
        return get(sql, parameters) as never;
      },
    );
  await eventual('/users?$top=5').count(true).get();
  await eventual('/groups/$count').get();
  expect(counts).toEqual([
    'SCAN entra_users USING COVERING INDEX entra_users_count',
    'SCAN entra_groups USING COVERING INDEX entra_groups_count',
  ]);
  jest.restoreAllMocks();
});
