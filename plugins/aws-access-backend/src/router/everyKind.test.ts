import {
  Change,
  permissionSetDocumentSchema,
} from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { createTestDatabases } from '../testing/databases';
import { auditors, readers } from '../testing/exampleEstate';
import { example, exampleConfigSection } from '../testing/examplePlan';
import { RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();
const { ana, uma, ben } = example.entraIds;

/** `readers` gives Ana and Uma data-dev; `auditors` has Ben and nothing. */
async function fillGroups({ inventory }: RequestWorld): Promise<void> {
  const id = example.organizationId;
  const group = (groupId: string, displayName: string) => ({
    groupId,
    displayName,
    description: null,
    assignedToApplication: true,
    owners: 1,
    ownedByUs: true,
    uniqueName: null,
    unusableBecause: null,
  });
  await inventory.replaceEntraGroups(id, {
    groups: [
      group(readers.groupId, 'AWS-payments-Readers'),
      group(auditors.groupId, 'AWS-payments-Auditors'),
    ],
    memberships: [
      { groupId: readers.groupId, userId: ana },
      { groupId: readers.groupId, userId: uma },
      { groupId: auditors.groupId, userId: ben },
    ],
  });
  await inventory.replaceIdentityStore(id, {
    users: Object.entries(example.entraIds).map(([name, externalId]) => ({
      userId: `store-${name}`,
      userName: name,
      displayName: name,
      externalId,
    })),
    groups: [
      {
        groupId: readers.storeGroupId,
        displayName: 'AWS-payments-Readers',
        externalId: readers.groupId,
      },
    ],
    memberships: [
      { groupId: readers.storeGroupId, userId: 'store-ana' },
      { groupId: readers.storeGroupId, userId: 'store-uma' },
    ],
  });
  await inventory.replaceAssignments(id, [
    {
      accountId: example.dataDev,
      permissionSetArn: example.readOnly,
      principalType: 'GROUP',
      principalId: readers.storeGroupId,
    },
    {
      accountId: example.paymentsProd,
      permissionSetArn: example.readOnly,
      principalType: 'USER',
      principalId: 'store-petra',
    },
  ]);
}

const named = (...accountIds: string[]) => ({
  kind: 'named' as const,
  accountIds,
});
const joins: Change = {
  kind: 'membership',
  accessGroup: { entraGroupId: readers.groupId },
  people: ['user:default/ben'],
};

describe.each(databases.ids)('every kind of change over HTTP on %s', id => {
  let knex: Knex;
  let world: RequestWorld;

  beforeAll(async () => {
    knex = await databases.initMigrated(id);
    const { policy } = exampleConfigSection;
    world = await RequestWorld.start(knex, {
      awsAccess: {
        policy: {
          ...policy,
          defaultStageWithoutAccounts: {
            name: 'designers',
            approvers: ['user:default/sia'],
          },
          rules: [
            ...policy.rules,
            {
              name: 'a day in all',
              match: { changes: ['elevation'] },
              maxTotal: 'P1D',
            },
          ],
        },
        requests: { maxOpenPerPerson: 1000 },
      },
    });
    await fillGroups(world);
  });
  afterAll(() => world.stop());

  const inputOf = (changes: Change[], duration: string | null) => ({
    team: 'group:default/payments',
    justification: 'The report is wrong since Monday',
    duration,
    changes,
  });
  const preview = async (changes: Change[], duration: string | null = null) => {
    const { body } = await world
      .post('/requests/preview', 'ana', inputOf(changes, duration))
      .expect(200);
    return body;
  };
  const file = (changes: Change[], duration: string | null = null) =>
    world.post('/requests', 'ana', {
      ...inputOf(changes, duration),
      idempotencyKey: randomUUID(),
    });

  it.each<[string, Change[], string | null, string[], object]>([
    [
      'a membership',
      [joins],
      'PT8H',
      ['account owner'],
      { gains: [expect.objectContaining({ entraUserId: ben })], losses: [] },
    ],
    [
      'an elevation in production',
      [
        {
          kind: 'elevation',
          people: ['user:default/ana'],
          permissionSet: { arn: example.administrator },
          accounts: named(example.dataProd),
        },
      ],
      'PT4H',
      ['account owner', 'security'],
      { gains: [expect.objectContaining({ seconds: 14_400 })] },
    ],
    [
      'a permission set that nobody has',
      [
        {
          kind: 'permissionSet',
          key: 'logs',
          document: {
            name: 'LogViewer',
            description: null,
            sessionDuration: 'PT1H',
            relayState: null,
            managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
            customerManagedPolicies: [],
            inlinePolicy: null,
            permissionsBoundary: null,
            tags: {},
          },
        },
      ],
      null,
      ['designers'],
      { gains: [], losses: [], accounts: [] },
    ],
    [
      'taking somebody out of a group',
      [
        {
          kind: 'removeMembership',
          accessGroup: { entraGroupId: readers.groupId },
          people: ['user:default/uma'],
        },
      ],
      null,
      ['account owner'],
      { gains: [], losses: [expect.objectContaining({ entraUserId: uma })] },
    ],
  ])('plans %s, and asks', async (_what, changes, duration, stages, plan) => {
    const body = await preview(changes, duration);
    expect(body.problems).toEqual([]);
    expect(body.plan).toMatchObject(plan);
    expect(body.stages.map(({ name }: { name: string }) => name)).toEqual(
      stages,
    );
  });

  it('security rule 4: asks the owners of all accounts in which a permission set changes, but none who has it', async () => {
    const body = await preview([
      {
        kind: 'permissionSet',
        key: 'readers',
        arn: example.readOnly,
        document: {
          name: 'ReadOnly',
          description: 'Reads',
          sessionDuration: 'PT1H',
          relayState: null,
          managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
          customerManagedPolicies: [],
          inlinePolicy: null,
          permissionsBoundary: null,
          tags: {},
        },
      },
    ]);
    expect(
      body.stages.map(({ name }: { name: string }) => name).sort(),
    ).toEqual([
      'account owner of data-dev (555566669999)',
      'account owner of payments-prod (111122223333)',
    ]);
    // Ana and who is in her team; Uma is somebody whose access she may not read.
    expect(body.plan.gains).toHaveLength(2);
    expect(body.plan.losses).toHaveLength(2);
    expect(body.plan.sentences.at(-1)).toMatch(
      /^It also concerns 1 person and 0 accounts that you may not read about/,
    );
    expect(body.problems).toMatchObject([
      {
        message: expect.stringContaining(
          'whoever is asked benefits from the request',
        ),
      },
    ]);
  });

  it('files, shows and decides a membership', async () => {
    const { body: filed } = await file([joins], 'P30D').expect(200);
    expect(filed).toMatchObject({
      state: 'pending',
      title:
        'Ana Alves asks to put Ben Brandt into AWS-payments-Readers for 30 days',
    });
    const { body } = await world.decide(filed, 'otto').expect(200);
    expect(body.state).toBe('approved');
    // The other one of the same access is shown as an overlap.
    const again = await preview([joins], 'PT8H');
    expect(again.overlaps).toMatchObject([{ id: filed.id, extent: 'same' }]);
  });

  it('says that a group gives all it has, to who would leave out a part', async () => {
    const { body: filed } = await file(
      [
        {
          kind: 'assignment',
          accessGroup: { entraGroupId: readers.groupId },
          permissionSet: { arn: example.readOnly },
          accounts: named(example.dataProd),
        },
      ],
      'PT8H',
    ).expect(200);
    const { body } = await world
      .post(`/requests/${filed.id}/decisions/preview`, 'otto', {
        people: ['user:default/ana'],
      })
      .expect(200);
    expect(body).toMatchObject({
      outcome: 'cannotFile',
      problems: [
        {
          path: 'people',
          message: expect.stringContaining('Uma Ude cannot be left out'),
        },
      ],
    });
  });

  it('approves less of an elevation', async () => {
    const { body: filed } = await file(
      [
        {
          kind: 'elevation',
          people: ['user:default/ana', 'user:default/ben'],
          permissionSet: { arn: example.readOnly },
          accounts: named(example.dataProd, example.dataDev),
        },
      ],
      'PT8H',
    ).expect(200);
    const { body } = await world
      .decide(filed, 'otto', {
        verdict: 'narrow',
        accountIds: [example.dataDev],
        people: ['user:default/ben'],
        duration: 'PT1H',
      })
      .expect(200);
    expect(body).toMatchObject({
      planVersion: 2,
      title:
        'Ana Alves asks for ReadOnly (read) on data-dev (555566669999) for 1 hr, for Ben Brandt',
      changes: [
        {
          kind: 'elevation',
          people: ['user:default/ben'],
          accounts: named(example.dataDev),
        },
      ],
    });
  });

  it('keeps what cannot be filed with its field and its fix', async () => {
    const { body } = await file([
      {
        kind: 'removeAccessGroup',
        accessGroup: { entraGroupId: readers.groupId },
      },
    ]).expect(400);
    expect(body.error.message).toContain(
      'changes.0.accessGroup.entraGroupId: This product did not make the group AWS-payments-Readers',
    );
  });

  it('security rule 18: files, shows and decides the adoption of a group', async () => {
    const adopts: Change[] = [
      {
        kind: 'adoptAccessGroup',
        accessGroup: { entraGroupId: readers.groupId },
      },
    ];
    const body = await preview(adopts);
    expect(body.problems).toEqual([]);
    expect(body.plan).toMatchObject({ gains: [], losses: [] });
    expect(
      body.plan.adopts.map(
        ({ entraUserId }: { entraUserId: string }) => entraUserId,
      ),
    ).toEqual([ana, uma].sort());
    expect(body.stages.map(({ name }: { name: string }) => name)).toEqual([
      'account owner',
    ]);

    const { body: filed } = await file(adopts).expect(200);
    expect(filed).toMatchObject({
      state: 'pending',
      title:
        'Ana Alves asks to take the access group AWS-payments-Readers under management',
    });
    const shown = await world.get(`/requests/${filed.id}`, 'otto').expect(200);
    expect(shown.body.plan.sentences).toContain(
      'Giving back what is taken under management removes the access itself: the groups, memberships, assignments and permission sets.',
    );
    // Who asks decides nothing, and there is no less of an adoption.
    await world.decide(filed, 'ana').expect(403);
    const less = await world.post(
      `/requests/${filed.id}/decisions/preview`,
      'otto',
      {
        accountIds: [],
        people: ['user:default/ana'],
      },
    );
    expect(less.body.outcome).not.toBe('needsApproval');
    const { body: decided } = await world.decide(filed, 'otto').expect(200);
    expect(decided.state).toBe('approved');

    const refused = await file(adopts, 'PT8H').expect(400);
    expect(refused.body.error.message).toContain(
      'duration: What is taken under management has no end',
    );
  });

  it('security rule 18: asks the owners of all accounts for the adoption of a permission set', async () => {
    const body = await preview([
      {
        kind: 'adoptPermissionSet',
        permissionSet: { arn: example.readOnly },
      },
    ]);
    expect(body.problems).toEqual([]);
    expect(
      body.stages.map(({ name }: { name: string }) => name).sort(),
    ).toEqual([
      'account owner of data-dev (555566669999)',
      'account owner of payments-prod (111122223333)',
    ]);
  });

  it('security rule 14: reserves the name of a new permission set for the request that asked first', async () => {
    const makes = (name: string): Change[] => [
      {
        kind: 'permissionSet',
        key: 'set',
        document: permissionSetDocumentSchema.parse({
          name,
          managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
        }),
      },
    ];
    const { body: first } = await file(makes('Auditors')).expect(200);
    const problems = async () => {
      const body = await preview(makes('auditORS'));
      return body.problems.map(
        ({ path, message }: { path: string; message: string }) =>
          `${path}: ${message}`,
      );
    };
    expect(await problems()).toEqual([
      'changes.0.document.name: Another request that is under way makes a permission set named like auditORS.',
    ]);
    await world.post(`/requests/${first.id}/withdraw`, 'ana', {}).expect(200);
    expect(await problems()).toEqual([]);
  });

  it('security rule 26: refuses to prolong an effect beyond its total by filing anew', async () => {
    const elevates: Change[] = [
      {
        kind: 'elevation',
        people: ['user:default/ana'],
        permissionSet: { arn: example.readOnly },
        accounts: named(example.dataDev),
      },
    ];
    const { body: filed } = await file(elevates, 'PT20H').expect(200);
    expect((await preview(elevates, 'PT8H')).problems).toEqual([]);

    // As if it had been given twenty hours ago.
    await knex('aws_access_requests')
      .where({ id: filed.id })
      .update({
        state: 'active',
        starts_at: new Date(Date.now() - 20 * 3_600_000).toISOString(),
      });
    expect((await preview(elevates, 'PT8H')).problems).toEqual([
      {
        path: 'duration',
        message: expect.stringContaining(
          'at most 1 day for this access (a day in all), from its start to the last extension',
        ),
        fix: 'Choose less, or ask for new access when this one has ended.',
      },
    ]);
    expect((await preview(elevates, 'PT3H')).problems).toEqual([]);
  });
});
