import { mockServices } from '@backstage/backend-test-utils';
import {
  exampleClouds,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { InventoryPart } from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import {
  createAccountAssignmentWrite,
  createPermissionSetWrite,
  editPermissionSetWrite,
  provisionPermissionSetWrite,
} from '../clouds/awsWrites';
import { CloudError } from '../clouds/CloudError';
import { CloudWrite } from '../clouds/CloudWriteGate';
import { collectPages } from '../clouds/collectPages';
import { DefaultCloudsProvider } from '../clouds/DefaultCloudsProvider';
import { OrganizationClouds } from '../clouds/OrganizationClouds';
import { awsAccessConfigSchema } from '../config/AwsAccessConfig';
import { DatabaseStores } from '../database/DatabaseStores';
import { NO_SEALS } from '../integrity/Seals';
import { LeaseObject, LeaseRow } from '../leases/LeaseStore';
import { StepRow } from '../provisioning/stores/StepStore';
import { createTestDatabases } from '../testing/databases';
import { sandboxConfig } from '../testing/sandboxConfig';
import { DatabaseInventory } from './DatabaseInventory';
import { InventoryRefresher } from './InventoryRefresher';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.ids)('InventoryRefresher on %s', id => {
  let sandbox: RunningSandbox;
  let knex: Knex;

  beforeEach(async () => {
    knex = await databases.initMigrated(id);
    sandbox = await startSandbox({
      operationDelayMs: 0,
      limits: {
        ssoAdminRequestsPerSecond: 10_000,
        identityStoreRequestsPerSecond: 10_000,
        organizationsRequestsPerSecond: 10_000,
      },
    });
  });
  afterEach(() => sandbox.stop());

  function create(
    changes: Parameters<typeof sandboxConfig>[1] = {},
    leases: LeaseRow[] = [],
    inventoryClouds = (clouds: OrganizationClouds) => clouds,
    stepResults: Array<Record<string, unknown>> = [],
    worker?: string,
  ) {
    const config = awsAccessConfigSchema.parse(
      sandboxConfig(sandbox.url, changes),
    );
    const clouds = new DefaultCloudsProvider({
      config,
      verifier: { verify: async () => {} },
    });
    const stores = new DatabaseStores(knex, NO_SEALS);
    const inventory = new DatabaseInventory(knex);
    return {
      ...inventory,
      refresher: new InventoryRefresher({
        organizations: config.organizations,
        clouds: {
          forOrganization: (organizationId, purpose) =>
            purpose === 'inventory'
              ? inventoryClouds(clouds.forOrganization(organizationId, purpose))
              : clouds.forOrganization(organizationId, purpose),
        },
        inventory,
        stores: {
          organizations: stores.organizations,
          transaction: work => stores.transaction(work),
          provisioning: {
            steps: {
              listOfRequest: async () =>
                stepResults.map(result => ({ result } as StepRow)),
            },
          },
        },
        leases: { listOfRequest: async () => leases },
        logger: mockServices.logger.mock(),
        worker,
      }),
      organizationStore: stores.organizations,
      clouds: clouds.forOrganization('parcel'),
    };
  }

  it('reads the whole example company, once for two replicas, and pins its clouds', async () => {
    const first = create();
    const second = create();
    await Promise.all([first.refresher.runDue(), second.refresher.runDue()]);

    const parts = await first.store.getParts('parcel');
    expect(parts.map(({ complete, reason }) => [complete, reason])).toEqual(
      parts.map(() => [true, null]),
    );
    expect(
      (await first.store.pageAccounts('parcel', { limit: 100 })).totalItems,
    ).toBe(14);
    expect(
      await first.store.getAccount('parcel', '111122223333'),
    ).toMatchObject({
      name: 'payments-prod',
      ouPath: [{ name: 'Workloads' }, { name: 'Production' }],
      tags: { environment: 'prod' },
    });
    expect(
      (await first.store.pagePermissionSets('parcel', { limit: 100 }))
        .totalItems,
    ).toBe(12);
    const assignments = await first.records.listAssignments('parcel', {
      accountId: '111122223333',
    });
    expect(assignments.length).toBeGreaterThan(3);
    const groups = await first.records.listEntraGroups('parcel');
    expect(groups.map(({ displayName }) => displayName)).toContain(
      'AWS-Payments-PowerUser',
    );
    expect(groups.map(({ displayName }) => displayName)).not.toContain(
      'Parcel-Everyone',
    );
    expect(
      groups.find(
        ({ displayName }) => displayName === 'AWS-Reporting-ReadOnly',
      ),
    ).toMatchObject({ owners: 0, assignedToApplication: true });
    expect(await first.organizationStore.get('parcel')).toMatchObject({
      heldReason: null,
      pins: {
        instanceArn: exampleClouds.aws.instanceArn,
        tenantId: exampleClouds.entra.tenantId,
      },
    });
    expect(await first.refreshes.get('parcel')).toMatchObject({
      running: false,
      finishedAt: expect.any(String),
    });
  });

  it('keeps what it had when a cloud does not answer, and says why', async () => {
    await create().refresher.runDue();
    const blind = create({
      entra: {
        ...sandboxConfig(sandbox.url).organizations.parcel.entra,
        credentials: { type: 'accessToken', token: 'wrong' },
      },
    });
    await blind.refreshes.request('parcel');
    await blind.refresher.runDue();

    const parts = await blind.store.getParts('parcel');
    const failed = parts.filter(({ complete }) => !complete);
    expect(failed.map(({ part }) => part)).toEqual([
      'entraUsers',
      'entraGroups',
      'enterpriseApplication',
    ]);
    for (const part of failed) expect(part.asOf).toEqual(expect.any(String));
    expect(failed[0].reason).toBe(
      'Microsoft Graph does not accept the credentials of this product',
    );
    const [accounts] = parts;
    expect(accounts.asOf! > failed[0].asOf!).toBe(true);
    expect(await blind.records.listEntraGroups('parcel')).not.toEqual([]);
  });

  it.each<[InventoryPart, string, string[]]>([
    ['accounts', 'ListTagsForResource', ['accounts']],
    ['permissionSets', 'DescribePermissionSet', ['permission_sets']],
    ['assignments', 'ListAccountAssignments', ['assignments']],
    [
      'identityStore',
      'ListGroupMemberships',
      ['store_users', 'store_groups', 'store_memberships'],
    ],
    ['entraUsers', 'GET /users', ['entra_users']],
    [
      'entraGroups',
      'GET /groups/*/members',
      ['entra_groups', 'entra_memberships'],
    ],
  ])(
    'keeps all %s when the reading breaks off in the middle, at %s',
    async (part, operation, tables) => {
      const { refresher, refreshes, store } = create({
        // All of it at every turn, so that there is always something to read.
        inventory: { refreshEvery: 'PT12H', staleAfter: 'PT12H' },
      });
      const service =
        part === 'accounts' ? ('organizations' as const) : undefined;
      await refresher.runDue();
      const dump = () =>
        Promise.all(
          tables.map(async table =>
            (await knex(`aws_access_${table}`))
              .map(row => JSON.stringify(row))
              .sort(),
          ),
        );
      const before = await dump();
      for (const rows of before) expect(rows).not.toEqual([]);
      const statusOf = async (one: InventoryPart) =>
        (await store.getParts('parcel')).find(status => status.part === one)!;
      const { asOf } = await statusOf(part);
      sandbox.weather.set({
        rules: [
          {
            match: { service, operation },
            fault: { type: 'missingPermission' },
            count: 1,
          },
        ],
      });
      await refreshes.request('parcel');
      await refresher.runDue();
      expect(await dump()).toEqual(before);
      expect(await statusOf(part)).toEqual({
        part,
        asOf,
        complete: false,
        reason: expect.stringMatching(/does not allow/),
      });
      const others = (await store.getParts('parcel')).filter(
        one => one.complete,
      );
      expect(others.length).toBeGreaterThanOrEqual(5);
      for (const other of others) expect(other.asOf! > asOf!).toBe(true);

      await refreshes.request('parcel');
      await refresher.runDue();
      expect(await statusOf(part)).toMatchObject({
        complete: true,
        reason: null,
      });
    },
  );

  it('reads everything in bad weather, too, and asks again for what was refused for now', async () => {
    const throttle = { type: 'throttle' as const, retryAfterSeconds: null };
    const fault = { type: 'error' as const, status: 503 };
    sandbox.weather.set({
      rules: [
        { match: { operation: 'GET /groups/*' }, fault: throttle, count: 3 },
        { match: { operation: 'GET /groups/*/members' }, fault, count: 2 },
        { match: { operation: 'GET /users' }, fault: throttle, count: 1 },
        { match: { operation: 'List*' }, fault: throttle, count: 3 },
      ],
    });
    const { refresher, store, records } = create();
    await refresher.runDue();
    expect(
      (await store.getParts('parcel')).filter(({ complete }) => !complete),
    ).toEqual([]);
    const inEntra = sandbox.store.all<{ id: string }>(
      `SELECT group_id || ' ' || member_id AS id FROM entra_group_members
       WHERE member_type = 'user' AND group_id IN (SELECT external_id FROM identity_store_groups)`,
    );
    const groups = await records.listEntraGroups('parcel');
    const known = await records.listEntraMemberships('parcel', {
      groupIds: groups.map(({ groupId }) => groupId),
    });
    const ids = known.map(({ groupId, userId }) => `${groupId} ${userId}`);
    expect(inEntra.length).toBeGreaterThan(20);
    expect(ids).toEqual(
      expect.arrayContaining(inEntra.map(({ id: one }) => one)),
    );
  });

  it('reads permission sets in turns, so that none is older than allowed, and new ones at once', async () => {
    const read: string[] = [];
    const { refresher, refreshes, records, clouds } = create({}, [], all => ({
      ...all,
      aws: new Proxy(all.aws, {
        get(aws, name) {
          const member = aws[name as keyof typeof aws] as Function;
          return name === 'describePermissionSet'
            ? (arn: string) => {
                read.push(arn);
                return aws.describePermissionSet(arn);
              }
            : member.bind(aws);
        },
      }),
    }));
    const turn = async () => {
      read.length = 0;
      await refreshes.request('parcel');
      await refresher.runDue();
      return [...read];
    };
    const all = await turn();
    expect(all).toHaveLength(12);
    // A refresh each quarter of an hour, stale after an hour: a third each time.
    const [one] = await turn();
    const described = async () =>
      (await records.getPermissionSets('parcel', [one]))[0].document
        .description;
    sandbox.store.run(
      'UPDATE aws_permission_sets SET description = ? WHERE arn = ?',
      ['Changed past this product', one],
    );
    const made = {
      name: 'MadeElsewhere',
      description: null,
      sessionDuration: 'PT1H',
      relayState: null,
      managedPolicies: [],
      customerManagedPolicies: [],
      inlinePolicy: null,
      permissionsBoundary: null,
      tags: {},
    };
    const marks = { installation: 'other', stepId: 'step' };
    const arn = await clouds.aws.createPermissionSet(
      () =>
        clouds.gate.authorize(
          { organizationId: 'parcel', intentId: 'i', epoch: 1 },
          createPermissionSetWrite(made, marks),
        ),
      made,
      marks,
    );
    const second = await turn();
    expect(second).toHaveLength(1 + 4);
    expect(second).toContain(arn);
    expect(second).not.toContain(one);
    expect(await described()).not.toBe('Changed past this product');
    const later = [...second, ...(await turn()), ...(await turn())];
    expect(later).toContain(one);
    expect(await described()).toBe('Changed past this product');
  });

  it('security rule 23: reads nothing from clouds that are not those of first contact', async () => {
    const { refresher, refreshes, store, organizationStore } = create();
    await organizationStore.pin({
      organizationId: 'parcel',
      instanceArn: exampleClouds.aws.instanceArn,
      identityStoreId: exampleClouds.aws.identityStoreId,
      managementAccountId: '999999999999',
      tenantId: exampleClouds.entra.tenantId,
      enterpriseApplicationId:
        exampleClouds.entra.enterpriseApplication.servicePrincipalId,
    });
    await refresher.runDue();
    expect((await organizationStore.get('parcel'))!.heldReason).toBe(
      'The clouds are not the ones of first contact: the management account was 999999999999 and is 100000000001',
    );
    const parts = await store.getParts('parcel');
    for (const part of parts) {
      expect(part).toMatchObject({
        asOf: null,
        complete: false,
        reason: expect.stringContaining('not the ones of first contact'),
      });
    }

    // A hold of somebody else stays as it was said, and the rows stay out.
    await organizationStore.hold('parcel', 'An operator said so');
    await refreshes.request('parcel');
    await refresher.runDue();
    expect((await organizationStore.get('parcel'))!.heldReason).toBe(
      'An operator said so',
    );
    expect((await store.getParts('parcel'))[0].asOf).toBeNull();
    await organizationStore.hold('parcel', null);
    await refreshes.request('parcel');
    await refresher.runDue();

    // The right configuration again takes back its own hold, and no other.
    await knex('aws_access_organizations').update({ pins: null });
    await refreshes.request('parcel');
    await refresher.runDue();
    expect((await organizationStore.get('parcel'))!.heldReason).toBeNull();
    await organizationStore.hold('parcel', 'An operator said so');
    await refreshes.request('parcel');
    await refresher.runDue();
    expect((await organizationStore.get('parcel'))!.heldReason).toBe(
      'An operator said so',
    );
  });

  /** Gives AWS-Payments-ReadOnly the LogReader of an account, as provisioning would. */
  async function assignLogReader(
    { records, clouds }: ReturnType<typeof create>,
    accountId: string,
  ) {
    const group = (await records.listEntraGroups('parcel')).find(
      ({ displayName }) => displayName === 'AWS-Payments-ReadOnly',
    )!;
    const [storeGroup] = await records.getStoreGroupsByExternalId('parcel', [
      group.groupId,
    ]);
    const set = (await records.findPermissionSetByName('parcel', 'LogReader'))!;
    const assignment = {
      accountId,
      permissionSetArn: set.arn,
      principalType: 'GROUP' as const,
      principalId: storeGroup.groupId,
    };
    await clouds.aws.createAccountAssignment(
      () =>
        clouds.gate.authorize(
          { organizationId: 'parcel', intentId: 'i', epoch: 1 },
          createAccountAssignmentWrite(assignment),
        ),
      assignment,
    );
    sandbox.clock.advance(10);
    const leased = (object: LeaseObject) => ({ object } as LeaseRow);
    const leases = [
      leased({
        kind: 'accountAssignment',
        accountId,
        permissionSetArn: set.arn,
        entraGroupId: group.groupId,
        storeGroupId: storeGroup.groupId,
      }),
      leased({ kind: 'applicationAssignment', entraGroupId: group.groupId }),
    ];
    return { assignment, group, leases };
  }

  it('shows our own change before the next refresh', async () => {
    const world = create();
    await world.refresher.runDue();
    const { assignment, group, leases } = await assignLogReader(
      world,
      '111122223333',
    );
    await create({}, leases).refresher.refreshAfterRequest('parcel', 'r');
    expect(
      await world.records.listAssignments('parcel', {
        accountId: assignment.accountId,
      }),
    ).toContainEqual(assignment);
    expect(
      await world.records.getEntraGroups('parcel', [group.groupId]),
    ).toEqual([group]);
  });

  it('shows a changed permission set before the next refresh, and where it has not arrived', async () => {
    const { refresher, records, rollouts, clouds } = create();
    await refresher.runDue();
    const read = async () =>
      (await records.findPermissionSetByName('parcel', 'LogReader'))!;
    const { arn, documentDigest } = await read();
    expect(await rollouts.getOutdatedAccountIds('parcel', arn)).toEqual([]);
    const edit = {
      kind: 'attributes' as const,
      description: 'Reads logs, and no more',
      sessionDuration: 'PT2H',
      relayState: null,
    };
    const authorize = (write: CloudWrite) => () =>
      clouds.gate.authorize(
        { organizationId: 'parcel', intentId: 'i', epoch: 1 },
        write,
      );
    await clouds.aws.editPermissionSet(
      authorize(editPermissionSetWrite(arn, edit)),
      arn,
      edit,
    );
    const after = () =>
      create({}, [], undefined, [
        { permissionSetArn: arn },
      ]).refresher.refreshAfterRequest('parcel', 'r');
    await after();
    expect((await read()).document).toMatchObject({ sessionDuration: 'PT2H' });
    expect((await read()).documentDigest).not.toBe(documentDigest);
    const outdated = await rollouts.getOutdatedAccountIds('parcel', arn);
    expect(outdated).toEqual(
      await collectPages(clouds.aws.listAccountIdsWithPermissionSet(arn)),
    );
    expect(outdated).not.toEqual([]);

    await clouds.aws.provisionPermissionSet(
      authorize(provisionPermissionSetWrite(arn)),
      arn,
    );
    sandbox.clock.advance(10);
    await after();
    expect(await rollouts.getOutdatedAccountIds('parcel', arn)).toEqual([]);
  });

  it('never shows a changed group without what it carries', async () => {
    const world = create();
    await world.refresher.runDue();
    const { assignment, group, leases } = await assignLogReader(
      world,
      '111122223333',
    );
    // The reading of the group, which comes last, fails.
    await knex('aws_access_entra_groups')
      .where({ group_id: group.groupId })
      .update({ description: 'as it was' });
    const { refresher } = create(
      {
        entra: {
          ...sandboxConfig(sandbox.url).organizations.parcel.entra,
          credentials: { type: 'accessToken', token: 'wrong' },
        },
      },
      leases.reverse(),
    );
    await refresher.refreshAfterRequest('parcel', 'r');
    expect(
      await world.records.listAssignments('parcel', {
        accountId: assignment.accountId,
      }),
    ).toContainEqual(assignment);
    expect(
      await world.records.getEntraGroups('parcel', [group.groupId]),
    ).toEqual([{ ...group, description: 'as it was' }]);
  });

  it('does not lose our own change to a refresh that had looked before it', async () => {
    const { refresher, records } = create();
    await refresher.runDue();
    const shopProd = '777788889999';
    const set = (await records.findPermissionSetByName('parcel', 'LogReader'))!;
    let changed: Promise<{ assignment: object }> | undefined;
    // Reads as AWS was, and says so only after our change is done.
    const late = create({}, [], clouds => ({
      ...clouds,
      aws: new Proxy(clouds.aws, {
        get(aws, name) {
          // As a delegated administrator, who is asked account by account.
          if (name === 'listAssignmentsOfPrincipal') {
            return () => {
              throw new CloudError({
                kind: 'permanent',
                cloud: 'aws',
                operation: 'sso-admin:ListAccountAssignmentsForPrincipal',
                code: 'AccessDeniedException',
                cloudMessage: '',
                plainWords: 'AWS does not allow it',
              });
            };
          }
          if (name === 'listAssignments') {
            return async function* list(accountId: string, arn: string) {
              const former = await collectPages(
                aws.listAssignments(accountId, arn),
              );
              if (accountId === shopProd && arn === set.arn) {
                changed ??= changeOurselves();
                await changed;
              }
              yield former;
            };
          }
          const member = aws[name as keyof typeof aws];
          return (member as Function).bind(aws);
        },
      }),
    }));
    async function changeOurselves() {
      const world = create();
      const { assignment, leases } = await assignLogReader(world, shopProd);
      await create({}, leases).refresher.refreshAfterRequest('parcel', 'r');
      return { assignment };
    }
    await late.refreshes.request('parcel');
    await late.refresher.runDue();
    expect(
      await late.records.listAssignments('parcel', { accountId: shopProd }),
    ).toContainEqual((await changed!).assignment);
  });

  it('stops in the middle and leaves the rest to another replica', async () => {
    const { refresher, store, refreshes } = create();
    const running = refresher.runDue();
    await refresher.stop();
    await running;
    expect((await refreshes.get('parcel')).running).toBe(false);
    const parts = await store.getParts('parcel');
    // What was not read to its end is neither stored nor called a failure.
    for (const { asOf, complete, reason } of parts) {
      expect(complete).toBe(asOf !== null);
      expect([null, 'It has not been read yet']).toContain(reason);
    }
    // It is due at once, although it began a moment ago.
    await create().refresher.runDue();
    expect((await store.getParts('parcel')).every(part => part.complete)).toBe(
      true,
    );
  });

  it('reads where changes are carried out, and stops where they are not any more', async () => {
    const asWorker = (worker: string, hold?: () => Promise<void>) =>
      create(
        {},
        [],
        clouds =>
          hold
            ? {
                ...clouds,
                aws: new Proxy(clouds.aws, {
                  get(aws, name) {
                    const member = aws[name as keyof typeof aws] as Function;
                    if (name !== 'listPermissionSetArns') {
                      return member.bind(aws);
                    }
                    return async function* list() {
                      await hold();
                      yield* member.call(aws);
                    };
                  },
                }),
              }
            : clouds,
        [],
        worker,
      );
    let goOn = () => {};
    let begun = () => {};
    const isReading = new Promise<void>(resolve => {
      begun = resolve;
    });
    const first = asWorker('worker-1', () => {
      begun();
      return new Promise<void>(resolve => {
        goOn = resolve;
      });
    });
    const reading = first.refresher.runDue();
    await isReading;
    await first.organizationStore.claim('parcel', 'worker-2', 600);
    // It notices at its next sign of life, although the cloud keeps it waiting.
    await reading;
    expect((await first.refreshes.get('parcel')).running).toBe(false);
    goOn();

    const late = asWorker('worker-1');
    await late.refresher.runDue();
    const isRead = async () =>
      (await first.store.getParts('parcel')).every(part => part.complete);
    expect(await isRead()).toBe(false);
    await asWorker('worker-2').refresher.runDue();
    expect(await isRead()).toBe(true);

    // Where nothing is written, claims are of a moment and for other things.
    await late.refreshes.request('parcel');
    const readOnly = create({ writes: 'off' }, [], undefined, [], 'worker-1');
    const before = (await readOnly.refreshes.get('parcel')).finishedAt!;
    await readOnly.refresher.runDue();
    const after = (await readOnly.refreshes.get('parcel')).finishedAt!;
    expect(after > before).toBe(true);
  });
});
