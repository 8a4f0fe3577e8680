import { exampleClouds, exampleCompany } from '../seed';
import {
  exampleGroup,
  newGroup,
  person,
  reference,
  refusal,
  startTestGraph,
} from './__testUtils__/startTestGraph';
import { THROTTLE_KEY } from './protocol/GraphThrottle';

const { entra } = exampleClouds;
const portal = entra.portal.servicePrincipalId;
const enterprise = entra.enterpriseApplication.servicePrincipalId;
let graph: Awaited<ReturnType<typeof startTestGraph>>;
beforeEach(async () => {
  graph = await startTestGraph();
});
afterEach(() => graph.stop());

const create = (displayName: string, more?: object) =>
  graph.client().api('/groups').post(newGroup(displayName, more));

describe('who may call', () => {
  it('takes only known tokens', async () => {
    expect(await refusal(graph.client('').api('/users').get())).toMatchObject({
      statusCode: 401,
      code: 'InvalidAuthenticationToken',
    });
    expect(
      await refusal(graph.client('forged').api('/users').get()),
    ).toMatchObject({ statusCode: 401, code: 'InvalidAuthenticationToken' });
  });

  it('refuses what the permissions do not cover, in the words and with the ids of Graph', async () => {
    const reader = graph.client(exampleClouds.credentials.readerToken);
    expect((await reader.api('/users').get()).value).toHaveLength(45);
    const error = await refusal(reader.api('/groups').post(newGroup('x')));
    expect(error).toMatchObject({
      statusCode: 403,
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges to complete the operation.',
    });
    expect(JSON.parse(error.body).innerError).toEqual({
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
      'request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'client-request-id': expect.any(String),
    });
  });

  it('hands out tokens that end', async () => {
    const askFor = (
      secret: string,
      scope = 'https://graph.microsoft.com/.default',
    ) =>
      fetch(`${graph.url}/${entra.tenantId}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: entra.portal.appId,
          client_secret: secret,
          scope,
        }),
      });
    const { portalClientSecret } = exampleClouds.credentials;
    expect((await askFor('wrong')).status).toBe(401);
    const elsewhere = await askFor(
      portalClientSecret,
      'https://management.azure.com/.default',
    );
    expect(await elsewhere.json()).toMatchObject({ error: 'invalid_resource' });
    const issued = await askFor(portalClientSecret);
    const { access_token: token, expires_in: seconds } = await issued.json();
    const tenant = () => graph.client(token).api('/organization').get();
    expect((await tenant()).value[0].id).toBe(entra.tenantId);
    graph.advance(seconds * 1000);
    expect(await refusal(tenant())).toMatchObject({ statusCode: 401 });
  });
});

describe('reading', () => {
  it('pages through people, each once, also when the client reads beta', async () => {
    const seen: string[] = [];
    let page = await graph
      .client(undefined, 'beta')
      .api('/users')
      .select('id,displayName')
      .top(20)
      .get();
    for (;;) {
      seen.push(...page.value.map((user: { id: string }) => user.id));
      const next = page['@odata.nextLink'];
      if (!next) break;
      expect(next).toContain('/beta/users?');
      // The client follows absolute links only over https.
      const [, rest] = next.split('/beta');
      page = await graph.client(undefined, 'beta').api(rest).get();
    }
    expect(seen).toEqual(exampleCompany.people.map(({ entraId }) => entraId));
  });

  it('finds a user by id and by name, and says what is missing', async () => {
    const ana = person('ana');
    const byName = await graph
      .client()
      .api(`/users/${ana.userPrincipalName}`)
      .get();
    expect(byName).toMatchObject({ id: ana.entraId, displayName: 'Ana Alves' });
    expect(byName).not.toHaveProperty('accountEnabled');
    const byId = await graph
      .client()
      .api(`/users/${ana.entraId}`)
      .select('accountEnabled,surname')
      .get();
    expect(byId).toMatchObject({ accountEnabled: true, surname: 'Alves' });
    expect(
      await refusal(graph.client().api(`/users/${portal}`).get()),
    ).toMatchObject({ statusCode: 404, code: 'Request_ResourceNotFound' });
    expect(
      await refusal(graph.client().api('/users').select('shoeSize').get()),
    ).toMatchObject({ statusCode: 400, code: 'Request_BadRequest' });
  });

  it('filters and counts, and wants eventual consistency for what is advanced', async () => {
    const filter = (text: string) =>
      graph.client().api('/groups').filter(text).select('displayName');
    const names = async (text: string) =>
      (await filter(text).get()).value.map(
        (g: { displayName: string }) => g.displayName,
      );
    expect(await names("displayName eq 'aws-prod-admins'")).toEqual([
      'AWS-Prod-Admins',
    ]);
    expect(
      await names(
        "startswith(displayName,'AWS-Payments-') and not_there eq 1",
      ).catch(error => error.statusCode),
    ).toBe(400);
    expect(
      await names(
        "startswith(displayName,'AWS-Finance') or displayName in ('Parcel-Leads','It''s')",
      ),
    ).toEqual(['AWS-Finance-Billing', 'Parcel-Leads']);
    expect(await refusal(filter("displayName ne 'x'").get())).toMatchObject({
      statusCode: 400,
      code: 'Request_UnsupportedQuery',
    });
    expect(
      await filter("not(startswith(displayName,'AWS-'))")
        .header('ConsistencyLevel', 'eventual')
        .count(true)
        .get(),
    ).toMatchObject({ '@odata.count': 2 });
    expect(
      await graph
        .client()
        .api('/servicePrincipals')
        .filter(
          `applicationTemplateId eq '${entra.enterpriseApplication.templateId}'`,
        )
        .get(),
    ).toMatchObject({ value: [{ id: enterprise }] });
  });

  it('lists members, owners and the groups of a person', async () => {
    const { entraId, members } = exampleGroup('AWS-Payments-PowerUser');
    const read = async (path: string) =>
      (await graph.client().api(path).get()).value;
    expect(
      (await read(`/groups/${entraId}/members`)).map(
        (m: { id: string }) => m.id,
      ),
    ).toEqual(members.map(name => person(name).entraId));
    expect(await read(`/groups/${entraId}/owners`)).toMatchObject([
      {
        '@odata.type': '#microsoft.graph.user',
        displayName: 'Petra Pohl',
      },
    ]);
    expect(
      (await read(`/users/${person('lena').entraId}/memberOf`)).map(
        (g: { displayName: string }) => g.displayName,
      ),
    ).toEqual(
      expect.arrayContaining([
        'AWS-Payments-PowerUser',
        'AWS-WebShop-PowerUser',
      ]),
    );
    expect(
      await refusal(
        graph.client().api(`/groups/${entraId}/members/$count`).get(),
      ),
    ).toMatchObject({ statusCode: 400 });
  });
});

describe('groups', () => {
  it('creates, allows the same name twice, changes and deletes', async () => {
    const first = await create('AWS-Twin');
    const second = await create('AWS-Twin');
    expect(first.id).not.toBe(second.id);
    await graph
      .client()
      .api(`/groups/${first.id}`)
      .patch({ description: 'The first one' });
    expect(await graph.client().api(`/groups/${first.id}`).get()).toMatchObject(
      { displayName: 'AWS-Twin', description: 'The first one' },
    );
    await graph.client().api(`/groups/${first.id}`).delete();
    expect(
      await refusal(graph.client().api(`/groups/${first.id}`).get()),
    ).toMatchObject({ statusCode: 404 });
    expect(
      await graph
        .client()
        .api('/directory/deletedItems/microsoft.graph.group')
        .get(),
    ).toMatchObject({ value: [{ id: first.id }] });
  });

  it('upserts by unique name: creates once, then updates and says so', async () => {
    const upsert = (body: object, prefer?: string) =>
      fetch(`${graph.url}/v1.0/groups(uniqueName='backstage-0a1b')`, {
        method: 'PATCH',
        headers: {
          Authorization: `Bearer ${exampleClouds.credentials.portalToken}`,
          'Content-Type': 'application/json',
          ...(prefer ? { Prefer: prefer } : {}),
        },
        body: JSON.stringify(body),
      });
    expect((await upsert(newGroup('AWS-New'))).status).toBe(404);
    const created = await upsert(newGroup('AWS-New'), 'create-if-missing');
    expect(created.status).toBe(201);
    const { id } = await created.json();
    const { 'owners@odata.bind': _, ...again } = newGroup('AWS-Changed');
    const updated = await upsert(again, 'create-if-missing');
    expect(updated.status).toBe(204);
    expect(
      await graph.client().api("/groups(uniqueName='backstage-0a1b')").get(),
    ).toMatchObject({
      id,
      displayName: 'AWS-Changed',
      uniqueName: 'backstage-0a1b',
    });
  });

  it.each([
    [{ displayName: 'x'.repeat(257) }, 'displayName'],
    [{ mailNickname: 'x'.repeat(65) }, 'mailNickname'],
    [{ mailNickname: 'with space' }, 'mailNickname'],
    [{ mailNickname: undefined }, 'mailNickname'],
    [{ colour: 'red' }, 'colour'],
    [{ mailEnabled: true }, 'mail-enabled'],
    [{ securityEnabled: false }, 'security-enablement'],
    [
      {
        'members@odata.bind': exampleCompany.people
          .slice(0, 21)
          .map(({ entraId }) => `https://x/v1.0/users/${entraId}`),
      },
      'members@odata.bind',
    ],
  ])('refuses %j', async (more, word) => {
    expect(await refusal(create('AWS-Wrong', more))).toMatchObject({
      statusCode: 400,
      code: 'Request_BadRequest',
      message: expect.stringContaining(word),
    });
  });

  it('leaves a group without owners out of reach of its maker', async () => {
    const { id } = await create('AWS-Ownerless', { 'owners@odata.bind': [] });
    const mine = graph.client().api(`/groups/${id}`);
    expect(await refusal(mine.patch({ description: 'x' }))).toMatchObject({
      statusCode: 403,
    });
    expect(await refusal(mine.delete())).toMatchObject({ statusCode: 403 });
    expect(
      await refusal(
        graph
          .client()
          .api(`/groups/${exampleGroup('AWS-Prod-Admins').entraId}`)
          .delete(),
      ),
    ).toMatchObject({ statusCode: 403 });
  });
});

describe('members', () => {
  it('adds one once, removes one once', async () => {
    const { id } = await create('AWS-Members');
    const add = () =>
      graph
        .client()
        .api(`/groups/${id}/members/$ref`)
        .post(reference(person('ana').entraId));
    const remove = () =>
      graph
        .client()
        .api(`/groups/${id}/members/${person('ana').entraId}/$ref`)
        .delete();
    await add();
    expect(await refusal(add())).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('already exist'),
    });
    await remove();
    expect(await refusal(remove())).toMatchObject({ statusCode: 404 });
  });
});

describe('the enterprise application', () => {
  const assignedTo = `/servicePrincipals/${enterprise}/appRoleAssignedTo`;

  it('takes a group once, with one of its own roles', async () => {
    const { id } = await create('AWS-Assigned');
    const { appRoles } = await graph
      .client()
      .api(`/servicePrincipals/${enterprise}`)
      .get();
    const assign = (appRoleId: string) =>
      graph
        .client()
        .api(assignedTo)
        .post({ principalId: id, resourceId: enterprise, appRoleId });
    expect(
      await refusal(assign('00000000-0000-0000-0000-000000000000')),
    ).toMatchObject({ statusCode: 400 });
    const assignment = await assign(appRoles[0].id);
    expect(assignment).toMatchObject({
      principalId: id,
      principalDisplayName: 'AWS-Assigned',
      principalType: 'Group',
    });
    expect(await refusal(assign(appRoles[0].id))).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('already exists'),
    });
    await graph.client().api(`${assignedTo}/${assignment.id}`).delete();
    expect(
      await refusal(
        graph.client().api(`${assignedTo}/${assignment.id}`).delete(),
      ),
    ).toMatchObject({ statusCode: 404 });
  });

  it('lists what is assigned to it', async () => {
    const { value } = await graph.client().api(assignedTo).top(999).get();
    expect(value.map((a: { principalId: string }) => a.principalId)).toEqual(
      exampleCompany.groups
        .filter(({ assigned }) => assigned)
        .map(({ entraId }) => entraId),
    );
  });
});

describe('limits and batches', () => {
  it('answers 429 with Retry-After as often as it is told to', async () => {
    graph.store.setMeta(
      THROTTLE_KEY,
      JSON.stringify({ remaining: 1, retryAfterSeconds: 7 }),
    );
    const organization = () => graph.client().api('/organization').get();
    const error = await refusal(organization());
    expect(error).toMatchObject({ statusCode: 429, code: 'TooManyRequests' });
    expect(error.headers?.get('Retry-After')).toBe('7');
    await organization();
  });

  it('takes a GET in a batch, and refuses its items one by one', async () => {
    graph.store.setMeta(
      THROTTLE_KEY,
      JSON.stringify({ remaining: 1, retryAfterSeconds: 1 }),
    );
    const read = (id: string) => ({ id, method: 'GET', url: '/users?$top=1' });
    const { responses } = await graph
      .client()
      .api('/$batch')
      .post({ requests: [read('1'), read('2')] });
    expect(responses).toMatchObject([
      { status: 429, headers: { 'Retry-After': '1' } },
      { status: 200, body: { value: [{ displayName: expect.any(String) }] } },
    ]);
  });
});
