import { exampleClouds, exampleCompany } from '../seed';
import { LOG_DELAY_KEY } from '.';
import {
  newGroup,
  person,
  reference,
  refusal,
  startTestGraph,
} from './__testUtils__/startTestGraph';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const { entra } = exampleClouds;

let graph: Awaited<ReturnType<typeof startTestGraph>>;
beforeEach(async () => {
  graph = await startTestGraph();
});
afterEach(() => graph.stop());

const audits = async (filter?: string) => {
  graph.advance(10_000);
  const request = graph.client().api('/auditLogs/directoryAudits');
  return (await (filter ? request.filter(filter) : request).get()).value;
};

it('tells who changed what, the newest first', async () => {
  const { id } = await graph
    .client()
    .api('/groups')
    .post(newGroup('AWS-Watched'));
  graph.advance(MINUTE);
  await graph
    .administrator()
    .api(`/groups/${id}/members/$ref`)
    .post(reference(person('ana').entraId));
  const [added, ...others] = await audits();
  expect(added).toMatchObject({
    activityDisplayName: 'Add member to group',
    category: 'GroupManagement',
    operationType: 'Assign',
    result: 'success',
    activityDateTime: '2026-11-24T08:01:00Z',
    initiatedBy: {
      app: null,
      user: { userPrincipalName: person('ida').userPrincipalName },
    },
    targetResources: [
      {
        type: 'User',
        id: person('ana').entraId,
        modifiedProperties: [
          {
            displayName: 'Group.ObjectID',
            oldValue: null,
            newValue: JSON.stringify(id),
          },
          { displayName: 'Group.DisplayName' },
        ],
      },
      { type: 'Group', id, groupType: 'azureAD' },
    ],
  });
  expect(others).toMatchObject([
    {
      activityDisplayName: 'Add owner to group',
      initiatedBy: {
        user: null,
        app: { servicePrincipalId: entra.portal.servicePrincipalId },
      },
    },
    { activityDisplayName: 'Add group' },
  ]);
});

it('finds by time, activity, initiator and target', async () => {
  const group = await graph.client().api('/groups').post(newGroup('AWS-First'));
  graph.advance(MINUTE);
  await graph.client().api('/groups').post(newGroup('AWS-Second'));
  for (const [filter, count] of [
    ["activityDisplayName eq 'Add group'", 2],
    ['activityDateTime ge 2026-11-24T08:00:30Z', 2],
    ['activityDateTime lt 2026-11-24T08:00:30Z', 2],
    [`targetResources/any(t:t/id eq '${group.id}')`, 2],
    [
      `initiatedBy/app/servicePrincipalId eq '${entra.portal.servicePrincipalId}' and category eq 'GroupManagement'`,
      4,
    ],
    ["initiatedBy/user/id eq 'nobody'", 0],
  ] as const) {
    expect(await audits(filter)).toHaveLength(count);
  }
  expect(
    await refusal(audits("activityDateTime ge '2026-11-24T08:00:30Z'")),
  ).toMatchObject({
    statusCode: 400,
    message: expect.stringContaining('Edm.DateTimeOffset'),
  });
});

it('writes nothing of a change that was refused, and never a secret', async () => {
  const { id } = await graph
    .client()
    .api('/groups')
    .post(newGroup('AWS-Strict'));
  const before = (await audits()).length;
  await refusal(
    graph
      .client()
      .api(`/groups/${id}`)
      .patch({
        'members@odata.bind': ['ana', 'ana'].map(
          name => reference(person(name).entraId)['@odata.id'],
        ),
      }),
  );
  expect(await audits()).toHaveLength(before);
  const enterprise = entra.enterpriseApplication.servicePrincipalId;
  await graph
    .administrator()
    .api(`/servicePrincipals/${enterprise}/synchronization/secrets`)
    .put({ value: [{ key: 'SecretToken', value: 'do-not-tell' }] });
  await graph
    .administrator()
    .api(`/users/${person('ben').entraId}`)
    .patch({ passwordProfile: { password: 'do-not-tell' } });
  const after = await audits();
  expect(after).toHaveLength(before + 2);
  expect(JSON.stringify(after)).not.toContain('do-not-tell');
});

it('shows events late when told to, and forgets them after thirty days', async () => {
  graph.store.setMeta(LOG_DELAY_KEY, String(5 * MINUTE));
  await graph.client().api('/groups').post(newGroup('AWS-Slow'));
  expect(await audits()).toEqual([]);
  graph.advance(5 * MINUTE);
  expect(await audits()).toHaveLength(2);
  graph.advance(30 * DAY);
  expect(await audits()).toEqual([]);
});

it('lists sign-ins to AWS by person', async () => {
  const never = exampleCompany.people[4];
  const read = async (filter: string) =>
    (
      await graph
        .client()
        .api('/auditLogs/signIns')
        .filter(filter)
        .orderby('createdDateTime desc')
        .get()
    ).value;
  const toAws = `appId eq '${entra.enterpriseApplication.appId}'`;
  const ana = await read(`userId eq '${person('ana').entraId}' and ${toAws}`);
  expect(ana.length).toBeGreaterThan(1);
  expect(ana[0]).toMatchObject({
    userPrincipalName: person('ana').userPrincipalName,
    appDisplayName: 'AWS IAM Identity Center',
    status: { errorCode: 0 },
  });
  expect(ana[0].createdDateTime > ana[1].createdDateTime).toBe(true);
  expect(await read(`userId eq '${never.entraId}'`)).toEqual([]);
});

it('takes Conditional Access policies that say what they demand', async () => {
  const policies = graph
    .administrator()
    .api('/identity/conditionalAccess/policies');
  const policy = {
    displayName: 'AWS: block',
    state: 'disabled',
    conditions: {
      clientAppTypes: ['all'],
      applications: {
        includeApplications: [entra.enterpriseApplication.appId],
      },
      users: { includeUsers: ['All'] },
    },
  };
  expect(await refusal(policies.post(policy))).toMatchObject({
    statusCode: 400,
    message: expect.stringContaining('grant or session control'),
  });
  graph.advance(1_000);
  const made = await policies.post({
    ...policy,
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  });
  graph.advance(1_000);
  expect(
    await graph
      .administrator()
      .api(`/identity/conditionalAccess/policies/${made.id}`)
      .get(),
  ).toMatchObject({
    state: 'disabled',
    conditions: { users: { includeUsers: ['All'], excludeUsers: [] } },
  });
  graph.advance(1_000);
  const { value } = await policies.filter("state eq 'enabled'").get();
  expect(value).toMatchObject([
    { displayName: 'AWS: require multifactor authentication' },
  ]);
  graph.advance(1_000);
  await expect(
    graph
      .administrator()
      .api('/identity/conditionalAccess/namedLocations')
      .get(),
  ).resolves.toMatchObject({ value: [] });
});
