import { Change } from 'backstage-plugin-aws-access-common';
import { createTestDatabases } from '../testing/databases';
import { example } from '../testing/examplePlan';
import { fileInput, RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();
const { ana, ben, uma } = example.entraIds;
const group = {
  groupId: '6c1d1a52-95d8-4f0f-8c4e-2f8f4f3f6a77',
  storeGroupId: 'store-payments',
  displayName: 'AWS-Payments-Readers',
};
const unknownGroupId = '6c1d1a52-95d8-4f0f-8c4e-2f8f4f3f6a78';

/** What nobody reads who may not read who has ReadOnly. */
const SECRETS = [
  'Otto',
  'Ana',
  'Petra',
  'otto',
  'petra',
  'data-prod',
  'payments-prod',
  example.dataProd,
  example.paymentsProd,
];

/** Ana and Ben have ReadOnly in payments-prod by a group, Otto in data-prod directly. */
async function fillAccess({ inventory }: RequestWorld): Promise<void> {
  const id = example.organizationId;
  await inventory.replaceEntraGroups(id, {
    groups: [
      {
        groupId: group.groupId,
        displayName: group.displayName,
        description: null,
        assignedToApplication: true,
        owners: 1,
        ownedByUs: true,
        uniqueName: null,
        unusableBecause: null,
      },
    ],
    memberships: [ana, ben].map(userId => ({ groupId: group.groupId, userId })),
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
        groupId: group.storeGroupId,
        displayName: group.displayName,
        externalId: group.groupId,
      },
    ],
    memberships: ['ana', 'ben'].map(name => ({
      groupId: group.storeGroupId,
      userId: `store-${name}`,
    })),
  });
  const has = (
    accountId: string,
    principalType: 'GROUP' | 'USER',
    principalId: string,
  ) => ({
    accountId,
    permissionSetArn: example.readOnly,
    principalType,
    principalId,
  });
  await inventory.replaceAssignments(id, [
    has(example.paymentsProd, 'GROUP', group.storeGroupId),
    has(example.dataProd, 'USER', 'store-otto'),
  ]);
}

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

const inputOf = (team: string, changes: Change[]) => ({
  ...fileInput({ team: `group:default/${team}`, duration: null }),
  changes,
});

async function previewIn(
  world: RequestWorld,
  caller: string,
  team: string,
  changes: Change[],
) {
  const { idempotencyKey: _, ...input } = inputOf(team, changes);
  const { body } = await world
    .post('/requests/preview', caller, input)
    .expect(200);
  return body;
}

describe.each(databases.ids)('what plans tell, on %s', databaseId => {
  let world: RequestWorld;

  beforeAll(async () => {
    world = await RequestWorld.start(await databases.initMigrated(databaseId), {
      awsAccess: {
        roles: { security: ['user:default/sia'] },
        policy: {
          defaultStage: { name: 'cloud', approvers: ['user:default/ida'] },
        },
      },
    });
    await fillAccess(world);
  });
  afterAll(() => world.stop());

  const preview = (caller: string, team: string, changes: Change[]) =>
    previewIn(world, caller, team, changes);

  it.each<[string, (entraGroupId: string) => Change]>([
    [
      'joining',
      entraGroupId => ({
        kind: 'membership',
        accessGroup: { entraGroupId },
        people: ['user:default/uma'],
      }),
    ],
    [
      'taking somebody out',
      entraGroupId => ({
        kind: 'removeMembership',
        accessGroup: { entraGroupId },
        people: ['user:default/ana'],
      }),
    ],
    [
      'an assignment',
      entraGroupId => ({
        kind: 'assignment',
        accessGroup: { entraGroupId },
        permissionSet: { arn: example.readOnly },
        accounts: { kind: 'named', accountIds: [example.dataDev] },
      }),
    ],
    [
      'an adoption',
      entraGroupId => ({
        kind: 'adoptAccessGroup',
        accessGroup: { entraGroupId },
      }),
    ],
  ])(
    'security rule 29: %s of a group that one may not read is answered as for one that is not there',
    async (_, change) => {
      const there = await preview('uma', 'web-shop', [change(group.groupId)]);
      const missing = await preview('uma', 'web-shop', [
        change(unknownGroupId),
      ]);
      expect(there.plan).toBeNull();
      expect(JSON.stringify(there).replaceAll(group.groupId, '*')).toBe(
        JSON.stringify(missing).replaceAll(unknownGroupId, '*'),
      );
      const filed = await world.post(
        '/requests',
        'uma',
        inputOf('web-shop', [change(group.groupId)]),
      );
      expect(filed.status).toBe(400);
      expect(filed.text).not.toContain(group.displayName);
    },
  );

  it('security rule 29: nobody learns by a removal who has something directly', async () => {
    const removes = (name: string): Change => ({
      kind: 'removeElevation',
      people: [`user:default/${name}`],
      permissionSet: { arn: example.readOnly },
      accounts: { kind: 'named', accountIds: [example.dataProd] },
    });
    const has = await preview('uma', 'web-shop', [removes('otto')]);
    const hasNot = await preview('uma', 'web-shop', [removes('sia')]);
    expect(has.plan).toBeNull();
    expect(JSON.stringify(has).replaceAll('otto', '*')).toBe(
      JSON.stringify(hasNot).replaceAll('sia', '*'),
    );
  });

  it('security rule 29: who changes a permission set is not told who has it, and who decides is', async () => {
    const seen = await preview('uma', 'web-shop', [changesReadOnly]);
    expect(seen.plan.people).toEqual([]);
    expect(seen.plan.accounts).toEqual([]);
    expect([...seen.plan.gains, ...seen.plan.losses]).toEqual([]);
    expect(seen.plan.sentences.at(-1)).toBe(
      'It also concerns 3 people and 2 accounts that you may not read about. Whoever decides sees them.',
    );
    expect(seen.plan.hidden).toEqual({ people: 3, accounts: 2 });
    // What is kept back is not told as if it were not there.
    expect(seen.plan.sentences.join(' ')).not.toMatch(/Nobody|Nothing/);
    const text = JSON.stringify(seen);
    for (const secret of [...SECRETS, ana, ben]) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toContain(uma);

    const { body: filed } = await world
      .post('/requests', 'uma', inputOf('web-shop', [changesReadOnly]))
      .expect(200);
    expect(filed.plan.gains).toEqual([]);
    expect(filed.planDigest).toBe(seen.digest);
    const { body: listed } = await world.get('/requests', 'uma').expect(200);
    expect(listed.items[0]).toMatchObject({ people: [], accounts: [] });

    for (const reader of ['ida', 'sia']) {
      const { body } = await world.get(`/requests/${filed.id}`, reader);
      expect(body.plan.gains).toHaveLength(3);
      expect(body.planDigest).toBe(filed.planDigest);
    }
    await world.decide(filed, 'ida').expect(200);
  });

  it('keeps nothing from who may read it: their own team, and accounts that they own', async () => {
    const byMember = await preview('ana', 'payments', [changesReadOnly]);
    expect(
      byMember.plan.gains.map((atom: { entraUserId: string }) =>
        [ana, ben].some(id => id === atom.entraUserId),
      ),
    ).toEqual([true, true]);
    const byOwner = await preview('otto', 'data', [changesReadOnly]);
    expect(byOwner.plan.gains).toMatchObject([{ accountId: example.dataProd }]);
  });
});

describe.each(databases.ids)('what stages tell, on %s', databaseId => {
  let world: RequestWorld;

  beforeAll(async () => {
    world = await RequestWorld.start(await databases.initMigrated(databaseId), {
      awsAccess: {
        policy: {
          defaultStage: { name: 'account owner', approvers: ['accountOwner'] },
        },
      },
    });
    await fillAccess(world);
  });
  afterAll(() => world.stop());

  /** The payments team, by its group. */
  const hasReadOnlyIn = (...accountIds: string[]) =>
    world.inventory.replaceAssignments(
      example.organizationId,
      accountIds.map(accountId => ({
        accountId,
        permissionSetArn: example.readOnly,
        principalType: 'GROUP',
        principalId: group.storeGroupId,
      })),
    );

  it('security rule 29: how many owners are asked, and neither of which accounts nor who', async () => {
    await hasReadOnlyIn(example.paymentsProd, example.dataProd);
    const seen = await previewIn(world, 'uma', 'web-shop', [changesReadOnly]);
    const hidden = { need: 1, approvers: [], because: [], isHidden: true };
    expect(seen.stages).toMatchObject([
      { ...hidden, name: 'account owner 1 of 2' },
      { ...hidden, name: 'account owner 2 of 2' },
    ]);
    const { body: filed } = await world
      .post('/requests', 'uma', inputOf('web-shop', [changesReadOnly]))
      .expect(200);
    const { body: listed } = await world.get('/requests', 'uma').expect(200);
    expect(listed.items[0].waitingFor).toEqual([
      'account owner 1 of 2',
      'account owner 2 of 2',
    ]);

    // Who owns one of them reads which it is, and decides in the same stage.
    const { body: ofOtto } = await world.get(`/requests/${filed.id}`, 'otto');
    const idsOf = ({ stages }: { stages: Array<{ id: string }> }) =>
      stages.map(({ id }) => id);
    expect(idsOf(ofOtto)).toEqual(idsOf(filed));
    expect(idsOf(filed)).toEqual(idsOf(seen));
    expect(ofOtto.waitingFor.join()).toContain(example.dataProd);
    await world.decide(filed, 'otto').expect(200);

    const { body: after } = await world.get(`/requests/${filed.id}`, 'uma');
    expect(after.waitingFor).toHaveLength(1);
    // That somebody has decided is told, and by whom.
    const { decisions: _, timeline, ...rest } = after;
    const told = JSON.stringify([seen, filed, listed, rest]);
    for (const secret of SECRETS) expect(told).not.toContain(secret);
    const last = timeline.at(-1).text;
    expect(last).toMatch(/it still needs account owner [12] of 2\.$/);
  });

  it('security rule 29: nobody learns by what is in the way which accounts somebody has', async () => {
    const nobodys = '123456789012';
    await hasReadOnlyIn(example.paymentsProd, nobodys);
    const changes = [changesReadOnly];
    const seen = await previewIn(world, 'uma', 'web-shop', changes);
    expect(seen.outcome).toBe('cannotFile');
    const refused = await world
      .post('/requests', 'uma', inputOf('web-shop', changes))
      .expect(400);
    for (const text of [JSON.stringify(seen), refused.text]) {
      expect(text).toContain('accounts that you may not read about');
      for (const secret of [...SECRETS, nobodys]) {
        expect(text).not.toContain(secret);
      }
    }
    const byAll = await previewIn(world, 'sia', 'security', changes);
    expect(JSON.stringify(byAll.problems)).toContain(nobodys);
  });
});
