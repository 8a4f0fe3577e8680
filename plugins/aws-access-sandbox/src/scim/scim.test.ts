import { exampleClouds, exampleCompany } from '../seed';
import { refusal, startTestGraph } from '../entra/__testUtils__/startTestGraph';
import { runDueScimCycles } from './runDueScimCycles';

const MINUTE = 60_000;
const enterprise = exampleClouds.entra.enterpriseApplication.servicePrincipalId;
const person = (name: string) =>
  exampleCompany.people.find(p => p.name === name)!;

let graph: Awaited<ReturnType<typeof startTestGraph>>;
let jobs: string;
let ruleId: string;
let appRoleId: string;

beforeEach(async () => {
  graph = await startTestGraph();
  const root = `/servicePrincipals/${enterprise}/synchronization/jobs`;
  const { value } = await graph.client().api(root).get();
  jobs = `${root}/${value[0].id}`;
  const schema = await graph.client().api(`${jobs}/schema`).get();
  ruleId = schema.synchronizationRules[0].id;
  const application = await graph
    .client()
    .api(`/servicePrincipals/${enterprise}`)
    .get();
  appRoleId = application.appRoles[0].id;
});
afterEach(() => graph.stop());

async function createGroup(
  displayName: string,
  { members = [] as string[], assigned = true } = {},
): Promise<string> {
  const bind = (kind: string, id: string) =>
    `https://graph.microsoft.com/v1.0/${kind}/${id}`;
  const { id } = await graph
    .client()
    .api('/groups')
    .post({
      displayName,
      mailEnabled: false,
      mailNickname: 'sandbox',
      securityEnabled: true,
      'owners@odata.bind': [
        bind(
          'servicePrincipals',
          exampleClouds.entra.portal.servicePrincipalId,
        ),
      ],
      'members@odata.bind': members.map(name =>
        bind('users', person(name).entraId),
      ),
    });
  if (assigned) {
    await graph
      .client()
      .api(`/servicePrincipals/${enterprise}/appRoleAssignedTo`)
      .post({ principalId: id, resourceId: enterprise, appRoleId });
  }
  return id;
}

async function onDemand(objectId: string, members: string[] = []) {
  const { key, value } = await graph
    .client()
    .api(`${jobs}/provisionOnDemand`)
    .post({
      parameters: [
        {
          ruleId,
          subjects: [
            {
              objectId,
              objectTypeName: 'Group',
              links: {
                members: members.map(name => ({
                  objectId: person(name).entraId,
                  objectTypeName: 'User',
                })),
              },
            },
          ],
        },
      ],
    });
  return { ...JSON.parse(key), value: JSON.parse(value) };
}

type StoredGroup = { group_id: string; external_id: string };

const storedGroup = (displayName: string) =>
  graph.store.get<StoredGroup>(
    'SELECT group_id, external_id FROM identity_store_groups WHERE display_name = ?',
    [displayName],
  );

const storedMembers = (displayName: string) =>
  graph.store
    .all<{ name: string }>(
      `SELECT u.given_name AS name FROM identity_store_memberships m
       JOIN identity_store_groups g ON g.group_id = m.group_id
       JOIN identity_store_users u ON u.user_id = m.user_id
       WHERE g.display_name = ? ORDER BY u.given_name`,
      [displayName],
    )
    .map(row => row.name.toLowerCase());

const cycle = () => {
  graph.advance(40 * MINUTE);
  expect(runDueScimCycles(graph)).toBe(1);
};

describe('on demand', () => {
  it('carries a group with the named members, with external ids', async () => {
    const id = await createGroup('AWS-Now', { members: ['ana', 'ben'] });
    expect(await onDemand(id, ['ana'])).toMatchObject({
      result: 'Success',
      value: { action: 'Create', sourceIdentity: { id } },
    });
    expect(storedGroup('AWS-Now')).toMatchObject({ external_id: id });
    expect(storedMembers('AWS-Now')).toEqual(['ana']);
    expect(await onDemand(id, ['ana'])).toMatchObject({
      result: 'Skipped',
      details: { errorCode: 'RedundantExport' },
    });
  });

  it('leaves alone what is not assigned, not a member, or lacks an attribute', async () => {
    const hidden = await createGroup('AWS-Hidden', { assigned: false });
    expect(await onDemand(hidden)).toMatchObject({
      result: 'Skipped',
      details: { errorCode: 'NotEffectivelyEntitled' },
    });
    expect(storedGroup('AWS-Hidden')).toBeUndefined();
    const id = await createGroup('AWS-Some', { members: ['ana', 'madhuri'] });
    const { value } = await onDemand(id, ['ana', 'ben', 'madhuri']);
    expect(storedMembers('AWS-Some')).toEqual(['ana']);
    expect(JSON.stringify(value.provisioningSteps)).toContain('surname');
  });

  it('does not remove: that waits for the cycle', async () => {
    const id = await createGroup('AWS-Leaving', { members: ['ana', 'ben'] });
    await onDemand(id, ['ana', 'ben']);
    await graph
      .client()
      .api(`/groups/${id}/members/${person('ben').entraId}/$ref`)
      .delete();
    await onDemand(id, ['ana']);
    expect(storedMembers('AWS-Leaving')).toEqual(['ana', 'ben']);
    cycle();
    expect(storedMembers('AWS-Leaving')).toEqual(['ana']);
  });

  it('takes five requests in ten seconds, five members and one known rule', async () => {
    const id = await createGroup('AWS-Busy', { members: ['ana'] });
    const six = ['ana', 'ben', 'carla', 'dario', 'emil', 'freya'];
    expect(await refusal(onDemand(id, six))).toMatchObject({
      statusCode: 400,
    });
    const rule = ruleId;
    ruleId = 'unknown';
    expect(await refusal(onDemand(id))).toMatchObject({ statusCode: 400 });
    ruleId = rule;
    await onDemand(id);
    await onDemand(id);
    await onDemand(id);
    const error = await refusal(onDemand(id));
    expect(error.statusCode).toBe(429);
    expect(error.headers?.get('Retry-After')).toBe('10');
    graph.advance(10_000);
    await onDemand(id);
  });
});

describe('the cycle', () => {
  it('changes nothing when nothing changed, and tells the one failure', async () => {
    const rows = () => {
      const {
        identity_store_users,
        identity_store_groups,
        identity_store_memberships,
      } = graph.store.countRows();
      return [
        identity_store_users,
        identity_store_groups,
        identity_store_memberships,
      ];
    };
    const before = rows();
    cycle();
    expect(rows()).toEqual(before);
    const { status, schedule } = await graph.client().api(jobs).get();
    expect(schedule.interval).toBe('PT40M');
    expect(status).toMatchObject({
      code: 'Active',
      lastExecution: {
        state: 'EntryLevelErrors',
        countEscrowed: 1,
        countExported: 0,
      },
    });
  });

  it('carries direct members only', async () => {
    const inner = await createGroup('AWS-Inner', {
      members: ['uma'],
      assigned: false,
    });
    const outer = await createGroup('AWS-Outer', { members: ['ana'] });
    await graph
      .client()
      .api(`/groups/${outer}/members/$ref`)
      .post({
        '@odata.id': `https://graph.microsoft.com/v1.0/groups/${inner}`,
      });
    cycle();
    expect(storedMembers('AWS-Outer')).toEqual(['ana']);
    expect(storedGroup('AWS-Inner')).toBeUndefined();
  });

  it('merges by name: a look-alike joins the privileged group', async () => {
    const target = storedGroup('AWS-Prod-Admins')!.group_id;
    const before = storedMembers('AWS-Prod-Admins');
    await createGroup('aws-prod-admins', { members: ['uma'] });
    cycle();
    expect(storedGroup('AWS-Prod-Admins')!.group_id).toBe(target);
    expect(storedMembers('AWS-Prod-Admins')).toEqual([...before, 'uma'].sort());
  });

  it('deletes a deleted group, whose assignment in AWS stays behind', async () => {
    const id = await createGroup('AWS-Short', { members: ['ana'] });
    cycle();
    const { group_id: groupId } = storedGroup('AWS-Short')!;
    graph.store.insert('aws_account_assignments', {
      account_id: '111122225555',
      permission_set_arn: exampleCompany.permissionSets[0].arn,
      principal_type: 'GROUP',
      principal_id: groupId,
      created_at: graph.clock.now(),
    });
    await graph.client().api(`/groups/${id}`).delete();
    expect(storedGroup('AWS-Short')).toBeDefined();
    cycle();
    expect(storedGroup('AWS-Short')).toBeUndefined();
    expect(
      graph.store.all(
        'SELECT * FROM aws_account_assignments WHERE principal_id = ?',
        [groupId],
      ),
    ).toHaveLength(1);
    await createGroup('AWS-Short', { members: ['ana'] });
    cycle();
    expect(storedGroup('AWS-Short')!.group_id).not.toBe(groupId);
  });

  it('leaves alone members whom somebody added in AWS', async () => {
    const group = storedGroup('AWS-Finance-Billing')!.group_id;
    graph.store.insert('identity_store_memberships', {
      membership_id: 'made-by-hand',
      group_id: group,
      user_id: person('uma').identityStoreUserId,
      created_at: graph.clock.now(),
      created_by: 'arn:aws:iam::100000000001:user/somebody',
    });
    cycle();
    expect(storedMembers('AWS-Finance-Billing')).toContain('uma');
  });

  it('switches off a user who is no longer assigned', async () => {
    for (const { id } of graph.store.all<{ id: string }>(
      'SELECT group_id AS id FROM entra_group_members WHERE member_id = ?',
      [person('zoe').entraId],
    )) {
      await graph
        .client()
        .api(`/groups/${id}/members/${person('zoe').entraId}/$ref`)
        .delete();
    }
    cycle();
    expect(
      graph.store.get(
        'SELECT active FROM identity_store_users WHERE external_id = ?',
        [person('zoe').entraId],
      ),
    ).toEqual({ active: 0 });
  });

  it('rests while paused, and catches up with one cycle', async () => {
    await graph.client().api(`${jobs}/pause`).post({});
    await createGroup('AWS-Waiting', { members: ['ana'] });
    graph.advance(200 * MINUTE);
    expect(runDueScimCycles(graph)).toBe(0);
    expect((await graph.client().api(jobs).get()).status.code).toBe('Paused');
    await graph.client().api(`${jobs}/start`).post({});
    expect((await graph.client().api(jobs).get()).status.code).toBe('Active');
    expect(storedMembers('AWS-Waiting')).toEqual(['ana']);
    expect(runDueScimCycles(graph)).toBe(0);
  });
});
