import { exampleClouds, exampleCompany } from '../seed';
import {
  Answered,
  exampleGroup,
  newGroup,
  person,
  reference,
  refusal,
  startTestGraph,
} from './__testUtils__/startTestGraph';

const { entra } = exampleClouds;
const enterprise = entra.enterpriseApplication.servicePrincipalId;

let graph: Awaited<ReturnType<typeof startTestGraph>>;
beforeEach(async () => {
  graph = await startTestGraph();
});
afterEach(() => graph.stop());

const api = (path: string) => graph.administrator().api(path);

const idsOf = ({ value }: Answered) => value.map(({ id }: Answered) => id);

describe('groups inside groups', () => {
  it('are told apart from direct members', async () => {
    const group = (name: string) => api('/groups').post(newGroup(name));
    const [outer, inner] = [await group('AWS-Outer'), await group('AWS-Inner')];
    await api(`/groups/${outer.id}/members/$ref`).post(reference(inner.id));
    await api(`/groups/${inner.id}/members/$ref`).post(
      reference(person('ana').entraId),
    );
    expect(idsOf(await api(`/groups/${outer.id}/members`).get())).toEqual([
      inner.id,
    ]);
    expect(
      idsOf(await api(`/groups/${outer.id}/transitiveMembers`).get()).sort(),
    ).toEqual([inner.id, person('ana').entraId].sort());
    for (const relation of ['memberOf', 'transitiveMemberOf']) {
      expect(idsOf(await api(`/groups/${inner.id}/${relation}`).get())).toEqual(
        [outer.id],
      );
    }
    expect(
      idsOf(await api(`/users/${person('ana').entraId}/memberOf`).get()),
    ).not.toContain(outer.id);
    const { value } = await api(`/groups/${inner.id}/checkMemberGroups`).post({
      groupIds: [outer.id, inner.id],
    });
    expect(value).toEqual([outer.id]);
    // A circle ends somewhere.
    await api(`/groups/${inner.id}/members/$ref`).post(reference(outer.id));
    expect(
      idsOf(await api(`/groups/${outer.id}/transitiveMembers`).get()),
    ).toHaveLength(3);
    const users = () => api(`/groups/${inner.id}/members/microsoft.graph.user`);
    expect(await refusal(users().get())).toMatchObject({
      code: 'Request_UnsupportedQuery',
    });
    expect(
      idsOf(
        await users().header('ConsistencyLevel', 'eventual').count(true).get(),
      ),
    ).toEqual([person('ana').entraId]);
  });
});

it('keeps the last owner of a group', async () => {
  const { id } = await api('/groups').post(newGroup('AWS-Owned'));
  const owner = person('petra').entraId;
  await api(`/groups/${id}/owners/$ref`).post(reference(owner));
  await api(
    `/groups/${id}/owners/${entra.portal.servicePrincipalId}/$ref`,
  ).delete();
  expect(
    await refusal(api(`/groups/${id}/owners/${owner}/$ref`).delete()),
  ).toMatchObject({
    statusCode: 400,
    message: expect.stringContaining('at least one owner'),
  });
  expect(idsOf(await api(`/groups/${id}/owners`).get())).toEqual([owner]);
});

it('answers objects of any type by id, each with the properties of its type', async () => {
  const ids = [
    person('ana').entraId,
    exampleGroup('AWS-Prod-Admins').entraId,
    enterprise,
  ];
  const { value } = await api('/directoryObjects/getByIds').post({
    ids: [...ids, '00000000-0000-0000-0000-000000000000'],
  });
  expect(value).toMatchObject([
    { '@odata.type': '#microsoft.graph.user', displayName: 'Ana Alves' },
    { '@odata.type': '#microsoft.graph.group', securityEnabled: true },
    { '@odata.type': '#microsoft.graph.servicePrincipal' },
  ]);
  expect(value[0]).not.toHaveProperty('securityEnabled');
  const onlyGroups = await api('/directoryObjects/getByIds').post({
    ids,
    types: ['group'],
  });
  expect(idsOf(onlyGroups)).toEqual([ids[1]]);
});

it('tells the applications of a person and the policies of the tenant', async () => {
  const { appRoles } = await api(`/servicePrincipals/${enterprise}`).get();
  await api(`/servicePrincipals/${enterprise}/appRoleAssignedTo`).post({
    principalId: person('uma').entraId,
    resourceId: enterprise,
    appRoleId: appRoles[0].id,
  });
  const { value } = await api(
    `/users/${person('uma').entraId}/appRoleAssignments`,
  ).get();
  expect(value).toMatchObject([
    { resourceId: enterprise, principalType: 'User' },
  ]);
  await expect(
    api('/policies/claimsMappingPolicies').get(),
  ).resolves.toMatchObject({ value: [] });
  await expect(
    api(
      `/applicationTemplates/${entra.enterpriseApplication.templateId}`,
    ).get(),
  ).resolves.toMatchObject({ publisher: 'Amazon' });
});

it('takes an instance away with its assignments and its job', async () => {
  const { value } = await api('/applications')
    .filter(`appId eq '${entra.enterpriseApplication.appId}'`)
    .get();
  const application = await api(`/applications/${value[0].id}`).get();
  expect(application).toMatchObject({
    identifierUris: [expect.stringContaining('/platform/saml/')],
    web: { redirectUris: [expect.stringContaining('/acs/')] },
  });
  const { last } = await graph.readAll('/applications/delta');
  await api(
    `/servicePrincipals/${enterprise}/synchronization/acquireAccessToken`,
  ).post({});
  await api(`/servicePrincipals/${enterprise}`).delete();
  expect(graph.store.countRows()).toMatchObject({
    entra_app_role_assignments: 0,
    entra_synchronization_jobs: 0,
  });
  expect(last).toHaveProperty(['@odata.deltaLink']);
});

it.each([
  [
    'POST',
    '/groups',
    {
      displayName: 'x',
      mailEnabled: false,
      mailNickname: 'with.dot',
      securityEnabled: true,
    },
  ],
  [
    'POST',
    '/groups',
    {
      displayName: 'x',
      mailEnabled: false,
      mailNickname: 'x',
      securityEnabled: true,
      'owners@odata.bind': ['not a link'],
    },
  ],
  ['PATCH', `/servicePrincipals/${enterprise}`, null],
  [
    'POST',
    `/servicePrincipals/${enterprise}/appRoleAssignedTo`,
    { principalId: 'x', resourceId: enterprise, appRoleId: enterprise },
  ],
  ['POST', '/directoryObjects/getByIds', { ids: 'x' }],
  [
    'POST',
    '/$batch',
    { requests: [{ id: '1', method: 'MERGE', url: '/users' }] },
  ],
  [
    'PUT',
    `/servicePrincipals/${enterprise}/synchronization/secrets`,
    { value: [{ key: 'Password2', value: 'x' }] },
  ],
])(
  'refuses a body that the published schema does not allow: %s %s %j',
  async (method, path, body) => {
    const response = await fetch(`${graph.url}/v1.0${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${exampleClouds.credentials.administratorToken}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(400);
  },
);

it('tells a large group to delta on several pages, every member once', async () => {
  const { id } = await api('/groups').post(newGroup('AWS-Large'));
  graph.store.transaction(() => {
    for (let index = 0; index < 2_500; index += 1) {
      graph.store.insert('entra_group_members', {
        group_id: id,
        member_id: `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
        member_type: 'user',
        created_at: 0,
      });
    }
  });
  const { items } = await graph.readAll('/groups/delta');
  const pages = items.filter(item => item.id === id);
  expect(pages).toHaveLength(3);
  const members = pages.flatMap(page => page['members@delta']);
  expect(new Set(members.map(member => member.id)).size).toBe(2_500);
  expect(members).toHaveLength(2_500);
  expect(new Set(items.map(item => item.id)).size).toBe(
    exampleCompany.groups.length + 1,
  );
});
