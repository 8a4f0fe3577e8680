import {
  exampleClouds,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { awsAccessConfigSchema } from '../../config/AwsAccessConfig';
import { sandboxConfig } from '../../testing/sandboxConfig';
import { CloudWrite } from '../CloudWriteGate';
import { DefaultCloudsProvider, Throttling } from '../DefaultCloudsProvider';
import { EntraUser } from '../EntraCloud';
import {
  addMemberWrite,
  assignGroupToApplicationWrite,
  createGroupWrite,
  deleteGroupWrite,
  provisionOnDemandWrite,
  removeApplicationAssignmentWrite,
  removeMemberWrite,
} from '../entraWrites';

const claim = { organizationId: 'parcel', intentId: 'intent-1', epoch: 1 };

async function all<Item>(pages: AsyncIterable<Item[]>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

function cloudsAt(
  url: string,
  token?: string,
  onThrottled?: (throttling: Throttling) => void,
) {
  const input = sandboxConfig(url);
  if (token) {
    input.organizations.parcel.entra.credentials = {
      type: 'accessToken',
      token,
    };
  }
  return new DefaultCloudsProvider({
    config: awsAccessConfigSchema.parse(input),
    verifier: { verify: async () => {} },
    onThrottled,
  }).forOrganization('parcel');
}

describe('DefaultEntraCloud on the sandbox', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());

  const clouds = () => cloudsAt(sandbox.url);
  const setColumn = (groupId: string, column: string, value: string | number) =>
    sandbox.store.run(`UPDATE entra_groups SET ${column} = ? WHERE id = ?`, [
      value,
      groupId,
    ]);

  it('knows the tenant and the enterprise application', async () => {
    expect(await clouds().entra.describeTenant()).toEqual({
      tenantId: exampleClouds.entra.tenantId,
      enterpriseApplicationId:
        exampleClouds.entra.enterpriseApplication.servicePrincipalId,
    });
  });

  it('reads people and groups', async () => {
    const { entra } = clouds();
    const users = await all(entra.listUsers());
    expect(users.length).toBeGreaterThanOrEqual(45);
    const ana = users.find(({ userPrincipalName }) =>
      userPrincipalName.startsWith('ana'),
    )!;
    expect(await entra.getUser(ana.userId)).toEqual(ana);
    expect(ana.accountEnabled).toBe(true);
    const missing = '00000000-0000-0000-0000-000000000000';
    expect(await entra.getUser(missing)).toBeUndefined();
    expect(await entra.getGroup(missing)).toBeUndefined();

    const assignments = await all(entra.listApplicationAssignments());
    const { principalId } = assignments.find(
      ({ principalType }) => principalType === 'Group',
    )!;
    const group = (await entra.getGroup(principalId))!;
    expect(
      await entra.findGroupsByDisplayName(group.displayName),
    ).toContainEqual(group);
    expect(await entra.findApplicationAssignment(principalId)).toEqual(
      assignments.find(one => one.principalId === principalId),
    );
    const members: EntraUser[] = await all(entra.listMembers(principalId));
    for (const member of members) expect(users).toContainEqual(member);
    expect(await entra.describeOwners(principalId)).toEqual({
      count: expect.any(Number),
      includeUs: false,
    });
    expect(await entra.findGroupsByDisplayName("O'Hara & Söhne #1")).toEqual(
      [],
    );
  });

  it('carries an access group through its whole life', async () => {
    const { entra, gate } = clouds();
    const seal = (write: CloudWrite) => () => gate.authorize(claim, write);
    const users = await all(entra.listUsers());
    const ana = users.find(user => user.userPrincipalName.startsWith('ana'))!;
    const group = {
      uniqueName: 'backstage-aws-access-00112233445566778899aabbccddeeff',
      displayName: 'AWS-payments-LogReader',
      description: 'Made by a test',
    };

    const created = await entra.createGroup(
      seal(createGroupWrite(group)),
      group,
    );
    expect(created).toEqual({ created: true, groupId: expect.any(String) });
    const groupId = created.groupId!;
    expect(await entra.findGroupByUniqueName(group.uniqueName)).toEqual({
      groupId,
      ...group,
      unusableBecause: null,
    });
    expect(await entra.describeOwners(groupId)).toEqual({
      count: 1,
      includeUs: true,
    });
    expect(await entra.countNestedGroups(groupId)).toBe(0);

    await entra.addMember(
      seal(addMemberWrite(groupId, ana.userId)),
      groupId,
      ana.userId,
    );
    expect(await all(entra.listMembers(groupId))).toEqual([ana]);
    await entra.assignGroupToApplication(
      seal(assignGroupToApplicationWrite(groupId)),
      groupId,
    );
    // Both again, as after a lost answer.
    await entra.addMember(
      seal(addMemberWrite(groupId, ana.userId)),
      groupId,
      ana.userId,
    );
    await entra.assignGroupToApplication(
      seal(assignGroupToApplicationWrite(groupId)),
      groupId,
    );
    expect(await all(entra.listMembers(groupId))).toEqual([ana]);
    const assigned = (await entra.findApplicationAssignment(groupId))!;
    const onDemand = await entra.provisionOnDemand(
      seal(provisionOnDemandWrite(groupId, [ana.userId])),
      groupId,
      [ana.userId],
    );
    expect(onDemand).toEqual({
      succeeded: true,
      report: expect.stringContaining('Success'),
    });

    await entra.removeMember(
      seal(removeMemberWrite(groupId, ana.userId)),
      groupId,
      ana.userId,
    );
    expect(await all(entra.listMembers(groupId))).toEqual([]);
    await expect(
      entra.removeMember(
        seal(removeMemberWrite(groupId, ana.userId)),
        groupId,
        ana.userId,
      ),
    ).rejects.toMatchObject({ kind: 'notFound' });
    await entra.removeApplicationAssignment(
      seal(removeApplicationAssignmentWrite(assigned.assignmentId)),
      assigned.assignmentId,
    );
    expect(await entra.findApplicationAssignment(groupId)).toBeUndefined();
    await entra.deleteGroup(seal(deleteGroupWrite(groupId)), groupId);
    expect(await entra.getGroup(groupId)).toBeUndefined();
  });

  it('security rule 15: says which groups cannot carry access, who owns one, and which are nested', async () => {
    const { entra } = clouds();
    const groups = (await all(entra.listApplicationAssignments())).filter(
      ({ principalType }) => principalType === 'Group',
    );
    const [{ principalId: groupId }, { principalId: otherId }] = groups;
    const former = sandbox.store.get<{ attributes_json: string }>(
      'SELECT attributes_json FROM entra_groups WHERE id = ?',
      [groupId],
    )!.attributes_json;
    const columns: Array<[string, string | number, string | null]> = [
      ['security_enabled', 0, 'It is not a security group.'],
      ['mail_enabled', 1, 'It is a mail-enabled group.'],
      ['group_types_json', '["Unified"]', 'It is a Microsoft 365 group.'],
      [
        'group_types_json',
        '["DynamicMembership"]',
        'A rule decides on its members (dynamic membership).',
      ],
      [
        'is_assignable_to_role',
        1,
        'Entra roles can be given to it (role-assignable).',
      ],
      [
        'attributes_json',
        JSON.stringify({ ...JSON.parse(former), onPremisesSyncEnabled: true }),
        'It is synchronized from an on-premises directory.',
      ],
    ];
    for (const [column, value, reason] of columns) {
      const before = sandbox.store.get<Record<string, string | number>>(
        `SELECT ${column} FROM entra_groups WHERE id = ?`,
        [groupId],
      )!;
      setColumn(groupId, column, value);
      expect(await entra.getGroup(groupId)).toMatchObject({
        unusableBecause: reason,
      });
      setColumn(groupId, column, before[column]);
      expect(await entra.getGroup(groupId)).toMatchObject({
        unusableBecause: null,
      });
    }

    expect(await entra.describeOwners(groupId)).toMatchObject({
      includeUs: false,
    });
    const members = await all(entra.listMembers(groupId));
    expect(await entra.countNestedGroups(groupId)).toBe(0);
    sandbox.store.run(
      `INSERT INTO entra_group_members (group_id, member_id, member_type, created_at)
       VALUES (?, ?, 'group', ?)`,
      [groupId, otherId, sandbox.clock.now()],
    );
    expect(await entra.countNestedGroups(groupId)).toBe(1);
    expect(await all(entra.listMembers(groupId))).toEqual(members);
    expect(await entra.readDirectMembers(groupId)).toEqual({
      users: members,
      nestedGroups: 1,
    });
  });

  it('tells in plain words that it may not, or is not known', async () => {
    const reader = cloudsAt(sandbox.url, exampleClouds.credentials.readerToken);
    const group = { uniqueName: 'u', displayName: 'd', description: 'd' };
    await expect(
      reader.entra.createGroup(
        () => reader.gate.authorize(claim, createGroupWrite(group)),
        group,
      ),
    ).rejects.toMatchObject({
      kind: 'permanent',
      message: expect.stringContaining('lacks Group.Create'),
    });
    await expect(
      cloudsAt(sandbox.url, 'wrong').entra.describeTenant(),
    ).rejects.toMatchObject({
      kind: 'credentials',
      message:
        'Microsoft Graph does not accept the credentials of this product',
    });
  });
});

describe('DefaultEntraCloud when Graph is in trouble', () => {
  type Answer = { status: number; headers?: object; body?: string };

  async function withAnswers<T>(
    answers: (request: string) => Answer,
    work: (url: string, seen: string[]) => Promise<T>,
  ): Promise<T> {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      const { status, headers, body } = answers(seen[seen.length - 1]);
      response.writeHead(status, { ...headers });
      response.end(body);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      return await work(`http://127.0.0.1:${port}`, seen);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  it('reads again after the time Graph asked for, and sends a write only once', async () => {
    let calls = 0;
    await withAnswers(
      () => {
        calls++;
        return calls === 1 || calls > 2
          ? { status: 429, headers: { 'Retry-After': '0' }, body: '<html>' }
          : {
              status: 200,
              body: JSON.stringify({ id: 'g', displayName: 'G' }),
            };
      },
      async (url, seen) => {
        const onThrottled = jest.fn();
        const { entra, gate } = cloudsAt(url, undefined, onThrottled);
        expect(await entra.getGroup('g')).toMatchObject({ displayName: 'G' });
        expect(onThrottled.mock.calls).toEqual([
          [{ organizationId: 'parcel', service: 'graph' }],
        ]);
        expect(seen).toHaveLength(2);
        await expect(
          entra.deleteGroup(
            () => gate.authorize(claim, deleteGroupWrite('g')),
            'g',
          ),
        ).rejects.toMatchObject({
          kind: 'retryLater',
          code: '429',
          retryAfterMs: 0,
        });
        expect(seen).toHaveLength(3);
      },
    );
  });

  it('rather fails than reads again before the time Graph asked for', async () => {
    await withAnswers(
      () => ({ status: 503, headers: { 'Retry-After': '301' }, body: '' }),
      async (url, seen) => {
        await expect(cloudsAt(url).entra.getGroup('g')).rejects.toMatchObject({
          kind: 'retryLater',
          retryAfterMs: 301_000,
        });
        expect(seen).toHaveLength(1);
      },
    );
  });

  it('does not follow a next page or a redirect to another address', async () => {
    await withAnswers(
      request =>
        request.includes('/users')
          ? {
              status: 200,
              body: JSON.stringify({
                value: [],
                '@odata.nextLink': 'https://evil.example/v1.0/users?$skip=1',
              }),
            }
          : { status: 307, headers: { Location: 'https://evil.example/' } },
      async url => {
        const { entra, gate } = cloudsAt(url);
        await expect(all(entra.listUsers())).rejects.toMatchObject({
          code: 'ForeignLink',
        });
        await expect(
          entra.deleteGroup(
            () => gate.authorize(claim, deleteGroupWrite('g')),
            'g',
          ),
        ).rejects.toMatchObject({ cloud: 'entra', kind: 'permanent' });
      },
    );
  });
});
