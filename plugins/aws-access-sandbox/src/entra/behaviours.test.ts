import { GRAPH_LIMITS_KEY, VISIBILITY_DELAY_KEY } from '.';
import { revokeScimTokens, runDueScimCycles } from '../scim';
import { exampleClouds, exampleCompany } from '../seed';
import {
  Answered,
  exampleGroup,
  newGroup,
  pathOfLink,
  person,
  reference,
  refusal,
  startTestGraph,
} from './__testUtils__/startTestGraph';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const { entra, credentials } = exampleClouds;
const enterprise = entra.enterpriseApplication.servicePrincipalId;

let graph: Awaited<ReturnType<typeof startTestGraph>>;
beforeEach(async () => {
  graph = await startTestGraph();
});
afterEach(() => graph.stop());

const create = (displayName: string, more?: object) =>
  graph.client().api('/groups').post(newGroup(displayName, more));

const link = (name: string) => reference(person(name).entraId)['@odata.id'];

async function assign(groupId: string): Promise<void> {
  const { appRoles } = await graph
    .client()
    .api(`/servicePrincipals/${enterprise}`)
    .get();
  await graph
    .client()
    .api(`/servicePrincipals/${enterprise}/appRoleAssignedTo`)
    .post({
      principalId: groupId,
      resourceId: enterprise,
      appRoleId: appRoles[0].id,
    });
}

it.each([
  ['GET', '/users', 401, undefined],
  ['GET', '/users', 401, 'forged'],
  ['POST', '/groups', 403, credentials.readerToken],
  ['POST', '/users', 403, credentials.portalToken],
  ['GET', '/auditLogs/directoryAudits', 403, credentials.readerToken],
  ['GET', '/identity/conditionalAccess/policies', 403, credentials.readerToken],
  ['PATCH', `/servicePrincipals/${enterprise}`, 403, credentials.portalToken],
  ['POST', '/policies/claimsMappingPolicies', 403, credentials.portalToken],
])(
  'behaviour 31: 401 and 403 by permission (%s %s is %i)',
  async (method, path, status, token) => {
    const response = await fetch(`${graph.url}/v1.0${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      body: method === 'GET' ? undefined : '{}',
    });
    expect(response.status).toBe(status);
    const { error } = await response.json();
    expect(error.code).toBe(
      status === 401
        ? 'InvalidAuthenticationToken'
        : 'Authorization_RequestDenied',
    );
  },
);

it('behaviour 32: every error has a body with code, message, time and request ids, which the headers repeat', async () => {
  const ask = (path: string, init?: RequestInit) =>
    fetch(`${graph.url}/v1.0${path}`, {
      ...init,
      headers: {
        Authorization: `Bearer ${credentials.portalToken}`,
        'Content-Type': 'application/json',
        'client-request-id': 'my-own-id',
      },
    });
  for (const [response, status] of [
    [await ask('/groups/00000000-0000-0000-0000-000000000000'), 404],
    [await ask('/nowhere'), 400],
    [await ask('/groups/%E0%A4%A'), 400],
    [await ask('/groups', { method: 'POST', body: '{"displayName":' }), 400],
    [await ask('/groups', { method: 'DELETE' }), 405],
    [
      await ask('/groups', {
        method: 'POST',
        body: JSON.stringify({ a: 'x'.repeat(4 * 1024 * 1024) }),
      }),
      413,
    ],
  ] as const) {
    expect(response.status).toBe(status);
    const { error } = await response.json();
    expect(error).toEqual({
      code: expect.stringMatching(/^\w+$/),
      message: expect.stringMatching(/\w/),
      innerError: {
        date: '2026-11-24T08:00:00',
        'request-id': response.headers.get('request-id'),
        'client-request-id': 'my-own-id',
      },
    });
    expect(response.headers.get('client-request-id')).toBe('my-own-id');
  }
});

it('behaviour 33: duplicate displayName is allowed, duplicate uniqueName is not', async () => {
  const twins = [await create('AWS-Twin'), await create('AWS-Twin')];
  const { value } = await graph
    .client()
    .api('/groups')
    .filter("displayName eq 'AWS-Twin'")
    .get();
  expect(value.map(({ id }: Answered) => id)).toEqual(
    twins.map(({ id }) => id),
  );
  await create('AWS-One', { uniqueName: 'one' });
  expect(await refusal(create('AWS-Two', { uniqueName: 'one' }))).toMatchObject(
    { statusCode: 400 },
  );
});

it('behaviour 34: a new object is 404 for a while', async () => {
  graph.store.setMeta(VISIBILITY_DELAY_KEY, '5000');
  const admin = graph.administrator();
  const group = await create('AWS-Late');
  const user = await admin.api('/users').post({
    accountEnabled: true,
    displayName: 'Lotte Late',
    mailNickname: 'lotte',
    userPrincipalName: 'lotte@parcel.example',
    passwordProfile: { password: 'correct horse battery' },
  });
  const { servicePrincipal } = await admin
    .api(
      `/applicationTemplates/${entra.enterpriseApplication.templateId}/instantiate`,
    )
    .post({ displayName: 'AWS, second organization' });
  const paths = [
    `/groups/${group.id}`,
    `/users/${user.id}`,
    `/servicePrincipals/${servicePrincipal.id}`,
  ];
  for (const path of paths) {
    expect(await refusal(admin.api(path).get())).toMatchObject({
      statusCode: 404,
      code: 'Request_ResourceNotFound',
    });
  }
  expect(
    await refusal(
      admin.api(`/groups/${group.id}/members/$ref`).post(reference(user.id)),
    ),
  ).toMatchObject({ statusCode: 404 });
  graph.advance(5000);
  for (const path of paths) {
    expect(await admin.api(path).get()).toHaveProperty('id');
  }
});

it('behaviour 35: a member that is there already is 400, and twenty references fit in one request', async () => {
  const { id } = await create('AWS-Members');
  const add = () =>
    graph
      .client()
      .api(`/groups/${id}/members/$ref`)
      .post(reference(person('ana').entraId));
  await add();
  expect(await refusal(add())).toMatchObject({
    statusCode: 400,
    code: 'Request_BadRequest',
    message:
      "One or more added object references already exist for the following modified properties: 'members'.",
  });
  const others = exampleCompany.people
    .map(({ name }) => name)
    .filter(name => name !== 'ana');
  const bind = (names: string[]) =>
    graph
      .client()
      .api(`/groups/${id}`)
      .patch({ 'members@odata.bind': names.map(link) });
  expect(await refusal(bind(others.slice(0, 21)))).toMatchObject({
    statusCode: 400,
  });
  // All or none: Ana is there, so Ben does not come either.
  expect(await refusal(bind(['ben', 'ana']))).toMatchObject({
    statusCode: 400,
  });
  await bind(others.slice(0, 20));
  expect(
    (await graph.readAll(`/groups/${id}/members?$top=7`)).items,
  ).toHaveLength(21);
  expect(
    await refusal(
      create('AWS-TooMany', {
        'members@odata.bind': others.slice(0, 20).map(link),
      }),
    ),
  ).toMatchObject({ statusCode: 400 });
});

it('behaviour 36: 429 with Retry-After, Conditional Access without', async () => {
  graph.store.setMeta(
    GRAPH_LIMITS_KEY,
    JSON.stringify({ resourceUnitsPer10Seconds: 10, writesPer150Seconds: 2 }),
  );
  const ask = (path: string, init?: RequestInit) =>
    fetch(`${graph.url}/v1.0${path}`, {
      ...init,
      headers: {
        Authorization: `Bearer ${credentials.administratorToken}`,
        'Content-Type': 'application/json',
      },
    });
  // Two units a list, three with members; $select, small pages and $expand change that.
  const id = exampleGroup('AWS-Prod-Admins').entraId;
  for (const [path, units] of [
    ['/users', '2'],
    ['/users?$select=id', '1'],
    [`/groups/${id}/members`, '3'],
    ['/groups?$expand=members', '2'],
  ]) {
    const response = await ask(path);
    expect(response.headers.get('x-ms-resource-unit')).toBe(units);
    await response.body?.cancel();
  }
  graph.advance(4_000);
  const refused = await ask('/users?$expand=memberOf');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('6');
  await expect(refused.json()).resolves.toMatchObject({
    error: { code: 'TooManyRequests' },
  });
  graph.advance(6_000);
  expect((await ask('/users')).status).toBe(200);

  const write = () =>
    ask(`/groups/${id}`, { method: 'PATCH', body: '{"description":"x"}' });
  expect((await write()).status).toBe(204);
  expect((await write()).status).toBe(204);
  const tooMuch = await write();
  expect(tooMuch.status).toBe(429);
  expect(tooMuch.headers.get('retry-after')).toBe('150');

  const policies = () => ask('/identity/conditionalAccess/policies');
  expect((await policies()).status).toBe(200);
  const bare = await policies();
  expect(bare.status).toBe(429);
  expect(bare.headers.has('retry-after')).toBe(false);
  graph.advance(1_000);
  expect((await policies()).status).toBe(200);

  const logs = () => ask('/auditLogs/signIns?$top=1');
  for (let count = 0; count < 5; count += 1) {
    expect((await logs()).status).toBe(200);
  }
  expect((await logs()).headers.get('retry-after')).toBe('10');
});

it('behaviour 37: $batch fails item by item, 429 inside a 200 and 424 for dependants', async () => {
  const { id } = await create('AWS-Batch');
  const add = (key: string, name: string, dependsOn?: string[]) => ({
    id: key,
    method: 'POST',
    url: `/groups/${id}/members/$ref`,
    headers: { 'Content-Type': 'application/json' },
    body: reference(person(name).entraId),
    ...(dependsOn ? { dependsOn } : {}),
  });
  const send = async (requests: object[]) => {
    const { responses } = await graph
      .client()
      .api('/$batch')
      .post({ requests });
    return responses as Answered[];
  };
  const policies = (key: string) => ({
    id: key,
    method: 'GET',
    url: '/identity/conditionalAccess/policies',
  });
  const responses = await send([
    add('1', 'ana'),
    add('2', 'ana'),
    add('3', 'ben', ['2']),
    add('4', 'carla', ['1']),
    policies('5'),
    policies('6'),
  ]);
  expect(responses.map(({ status }) => status)).toEqual([
    204, 400, 424, 204, 200, 429,
  ]);
  expect(responses[5]).toMatchObject({
    body: { error: { code: 'TooManyRequests' } },
  });
  expect(
    await refusal(
      send(Array.from({ length: 21 }, (_, index) => add(`${index}`, 'emil'))),
    ),
  ).toMatchObject({ statusCode: 400 });
  for (const left of ['headers', 'body']) {
    const bare = { ...add('2', 'emil'), [left]: undefined };
    expect(await refusal(send([add('1', 'emil'), bare]))).toMatchObject({
      statusCode: 400,
      message:
        'Write request id : 2 does not contain Content-Type header or body.',
    });
  }
});

it('behaviour 38: delta tells changes and removals, and an expired token is 410', async () => {
  const first = await graph.readAll(
    '/groups/delta?$select=displayName,description,members',
  );
  expect(first.items.map(({ displayName }) => displayName).sort()).toEqual(
    exampleCompany.groups.map(({ displayName }) => displayName).sort(),
  );
  const admins = exampleGroup('AWS-Prod-Admins');
  expect(
    first.items
      .find(({ id }) => id === admins.entraId)
      ?.['members@delta'].map(({ id }: Answered) => id),
  ).toEqual(admins.members.map(name => person(name).entraId));

  const created = await create('AWS-Fresh', {
    'members@odata.bind': [link('ana'), link('ben')],
  });
  const admin = graph.administrator();
  await admin
    .api(`/groups/${created.id}/members/${person('ben').entraId}/$ref`)
    .delete();
  const gone = exampleGroup('AWS-Finance-Billing').entraId;
  await admin.api(`/groups/${gone}`).delete();
  await admin
    .api(
      `/groups/${admins.entraId}/members/${
        person(admins.members[0]).entraId
      }/$ref`,
    )
    .delete();

  const deltaLink = first.last['@odata.deltaLink'];
  expect(deltaLink).not.toContain('select');
  const follow = (path: string) => admin.api(pathOfLink(path)).get();
  const second = await follow(deltaLink);
  const user = { '@odata.type': '#microsoft.graph.user' };
  expect(second.value).toEqual([
    {
      id: created.id,
      displayName: 'AWS-Fresh',
      description: null,
      'members@delta': [
        { ...user, id: person('ana').entraId },
        {
          ...user,
          id: person('ben').entraId,
          '@removed': { reason: 'deleted' },
        },
      ],
    },
    { id: gone, '@removed': { reason: 'changed' } },
    {
      id: admins.entraId,
      displayName: 'AWS-Prod-Admins',
      description: expect.any(String),
      'members@delta': [
        {
          ...user,
          id: person(admins.members[0]).entraId,
          '@removed': { reason: 'deleted' },
        },
      ],
    },
  ]);
  const third = await follow(second['@odata.deltaLink']);
  expect(third.value).toEqual([]);

  const latest = await admin.api('/users/delta?$deltatoken=latest').get();
  expect(latest.value).toEqual([]);
  await admin
    .api(`/users/${person('ana').entraId}`)
    .patch({ jobTitle: 'Staff engineer' });
  await expect(follow(latest['@odata.deltaLink'])).resolves.toMatchObject({
    value: [{ id: person('ana').entraId, jobTitle: 'Staff engineer' }],
  });

  expect(
    await refusal(admin.api('/groups/delta?$deltatoken=forged').get()),
  ).toMatchObject({ statusCode: 400 });
  graph.advance(7 * DAY);
  const expired = await refusal(follow(third['@odata.deltaLink']));
  expect(expired).toMatchObject({
    statusCode: 410,
    code: 'syncStateNotFound',
  });
  const again = await graph.readAll(
    pathOfLink(expired.headers!.get('Location')!),
  );
  expect(again.items).toHaveLength(exampleCompany.groups.length);
});

it('behaviour 39: SCIM runs every forty virtual minutes, carries direct members with required attributes, writes ExternalIds, and goes into quarantine', async () => {
  const inner = await create('AWS-Inner', {
    'members@odata.bind': [link('uma')],
  });
  const outer = await create('AWS-Outer', {
    'members@odata.bind': [link('ana'), link('madhuri')],
  });
  await graph
    .client()
    .api(`/groups/${outer.id}/members/$ref`)
    .post(reference(inner.id));
  await assign(outer.id);
  const carried = () =>
    graph.store.all<{ name: string; external: string; issuer: string }>(
      `SELECT u.user_name AS name, u.external_id AS external, g.external_id_issuer AS issuer
       FROM identity_store_groups g
       JOIN identity_store_memberships m ON m.group_id = g.group_id
       JOIN identity_store_users u ON u.user_id = m.user_id WHERE g.external_id = ?`,
      [outer.id],
    );
  graph.advance(24 * MINUTE);
  expect(runDueScimCycles(graph)).toBe(0);
  graph.advance(2 * MINUTE);
  expect(runDueScimCycles(graph)).toBe(1);
  expect(carried()).toEqual([
    {
      name: person('ana').userPrincipalName,
      external: person('ana').entraId,
      issuer: 'https://scim.eu-central-1.amazonaws.com/d-99670e1a2b/scim/v2/',
    },
  ]);
  const { value } = await graph
    .administrator()
    .api(
      `/auditLogs/provisioning?$filter=sourceIdentity/id eq '${
        person('madhuri').entraId
      }'`,
    )
    .get();
  expect(value[0]).toMatchObject({
    provisioningStatusInfo: {
      status: 'failure',
      errorInformation: {
        errorCode: 'MissingRequiredAttribute',
        reason: expect.stringContaining('surname'),
      },
    },
  });

  revokeScimTokens(graph);
  graph.advance(40 * MINUTE);
  runDueScimCycles(graph);
  const { value: jobs } = await graph
    .client()
    .api(`/servicePrincipals/${enterprise}/synchronization/jobs`)
    .get();
  expect(jobs[0].status).toMatchObject({
    code: 'Quarantine',
    quarantine: { reason: 'EncounteredQuarantineException' },
  });
});

it('behaviour 40: provisionOnDemand takes five requests in ten seconds, one group and five members, as JSON in strings, and removes nobody', async () => {
  const { id } = await create('AWS-Now', {
    'members@odata.bind': ['ana', 'ben'].map(link),
  });
  await assign(id);
  const root = `/servicePrincipals/${enterprise}/synchronization/jobs`;
  const { value: jobs } = await graph.client().api(root).get();
  const { synchronizationRules } = await graph
    .client()
    .api(`${root}/${jobs[0].id}/schema`)
    .get();
  const onDemand = (names: string[]) =>
    graph
      .client()
      .api(`${root}/${jobs[0].id}/provisionOnDemand`)
      .post({
        parameters: [
          {
            ruleId: synchronizationRules[0].id,
            subjects: [
              {
                objectId: id,
                objectTypeName: 'Group',
                links: {
                  members: names.map(name => ({
                    objectId: person(name).entraId,
                    objectTypeName: 'User',
                  })),
                },
              },
            ],
          },
        ],
      });
  const members = () =>
    graph.store.get<{ count: number }>(
      `SELECT count(*) AS count FROM identity_store_memberships m
       JOIN identity_store_groups g ON g.group_id = m.group_id WHERE g.external_id = ?`,
      [id],
    )!.count;
  const answer = await onDemand(['ana', 'ben']);
  expect(JSON.parse(answer.key)).toMatchObject({ result: 'Success' });
  expect(JSON.parse(answer.value)).toMatchObject({ action: 'Create' });
  expect(members()).toBe(2);
  await graph
    .client()
    .api(`/groups/${id}/members/${person('ben').entraId}/$ref`)
    .delete();
  await onDemand(['ana']);
  expect(members()).toBe(2);
  expect(
    await refusal(onDemand(['ana', 'ben', 'carla', 'dario', 'emil', 'freya'])),
  ).toMatchObject({ statusCode: 400 });
  await onDemand(['ana']);
  await onDemand(['ana']);
  const busy = await refusal(onDemand(['ana']));
  expect(busy.statusCode).toBe(429);
  expect(busy.headers?.get('Retry-After')).toBe('10');
});
