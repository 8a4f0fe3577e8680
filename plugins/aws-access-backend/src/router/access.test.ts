import {
  AccessEntry,
  accessResponseSchema,
  accountsResponseSchema,
  inventoryResponseSchema,
  organizationSchema,
  permissionSetsResponseSchema,
} from 'backstage-plugin-aws-access-common';
import {
  exampleAccounts,
  examplePeople,
} from 'backstage-plugin-aws-access-sandbox';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { LeaseObject } from '../leases/LeaseStore';
import { createTestDatabases } from '../testing/databases';
import { ReadWorld } from '../testing/ReadWorld';

const databases = createTestDatabases();

const personId = (name: string) =>
  examplePeople.find(person => person.name === name)!.entraId;
const accountId = (name: string) =>
  exampleAccounts.find(account => account.name === name)!.id;

describe.each(databases.ids)('access over HTTP on %s', id => {
  let world: ReadWorld;
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.initMigrated(id);
    world = await ReadWorld.start(knex);
  });
  afterAll(() => world.stop());

  async function access(query: string, caller: string) {
    const { body } = await world
      .get(`/access?${new URLSearchParams(query)}`, caller)
      .expect(200);
    return accessResponseSchema.parse(body);
  }

  const label = ({ account, permissionSet, path }: AccessEntry) =>
    `${account.name} ${permissionSet.name} ${
      path.via === 'group' ? path.groupName : path.via
    }`;

  it("shows a team's access, whose members are elsewhere, and how old that is", async () => {
    const answer = await access('team=payments', 'ana');
    expect(answer.items.map(label)).toEqual([
      'payments-dev PowerUser AWS-Payments-PowerUser',
      'payments-prod DeployPipeline AWS-Payments-DeployPipeline',
      'payments-prod ReadOnly AWS-Payments-ReadOnly',
      'payments-staging DatabaseAdmin AWS-Payments-DatabaseAdmin',
      'payments-staging DeployPipeline AWS-Payments-DeployPipeline',
      'payments-staging PowerUser AWS-Payments-PowerUser',
    ]);
    const [dev] = answer.items;
    expect(dev).toMatchObject({
      evidence: 'namingTemplate',
      standing: 'unmanaged',
      until: null,
      account: { environment: 'dev' },
      permissionSet: { accessLevel: 'power' },
      consoleUrl: `${world.sandbox.url}/sandbox/start/#/console?account_id=111122225555&role_name=PowerUser`,
    });
    const portal = await fetch(dev.consoleUrl!);
    expect(portal.status).toBe(200);
    const signIn = `/sandbox/portal?person=${personId('ana')}`;
    expect(await portal.text()).toContain(`href="${signIn}"`);
    const signedIn = await fetch(`${world.sandbox.url}${signIn}`);
    expect(await signedIn.text()).toContain('111122225555');
    expect(dev.holders).toContainEqual({
      entraUserId: personId('ana'),
      identityStoreUserId: expect.any(String),
      entityRef: 'user:default/ana',
      displayName: 'Ana Alves',
      inTeam: true,
      reach: 'usable',
    });
    expect(answer.thingsToLookAt).toContainEqual(
      expect.objectContaining({
        severity: 'medium',
        text: 'Lena Lind is in AWS-Payments-PowerUser but not in the team Payments.',
      }),
    );
    expect(answer.counts).toMatchObject({ accounts: 3, temporary: 0 });
    expect(answer.environments).toEqual({
      prod: 1,
      staging: 1,
      dev: 1,
      sandbox: 0,
      unknown: 0,
    });
    expect(answer.freshness.stale).toBe(false);
    expect(answer.freshness.asOf).toMatch(/^\d{4}-.*Z$/);
  });

  it('knows a team that writes its name with a dash, and direct assignments of members', async () => {
    const shop = await access('team=group:default/web-shop', 'uma');
    expect(shop.items.map(label)).toEqual([
      'shop-dev PowerUser AWS-WebShop-PowerUser',
      'shop-prod ReadOnly AWS-WebShop-ReadOnly',
    ]);
    const logistics = await access('team=logistics', 'theo');
    const direct = logistics.items.find(({ path }) => path.via === 'direct')!;
    expect(label(direct)).toBe('shop-prod PowerUser direct');
    expect(direct).toMatchObject({
      evidence: 'members',
      holders: [{ entityRef: 'user:default/nora' }],
    });
    expect(logistics.thingsToLookAt[0]).toMatchObject({
      severity: 'medium',
      entryId: direct.id,
      text: expect.stringContaining('an assignment made directly to the user'),
    });
  });

  it("shows one's own access and nobody else's name", async () => {
    const { items } = await access('user=ana', 'ana');
    expect(items.map(label)).toContain(
      'payments-dev PowerUser AWS-Payments-PowerUser',
    );
    for (const { holders } of items) {
      expect(holders.map(({ entityRef }) => entityRef)).toEqual([
        'user:default/ana',
      ]);
    }
  });

  it('shows an account to its owner, and what is stale or over-broad in it', async () => {
    const prod = await access(`account=${accountId('payments-prod')}`, 'petra');
    expect(prod.items.map(label)).toContain(
      'payments-prod AdministratorAccess AWS-Prod-Admins',
    );
    expect(prod.items[0].evidence).toBeNull();
    const staging = await access(
      `account=${accountId('data-staging')}`,
      'otto',
    );
    const missing = staging.items.find(({ path }) => path.via === 'missing')!;
    expect(missing.holders).toEqual([]);
    expect(staging.thingsToLookAt).toContainEqual(
      expect.objectContaining({
        entryId: missing.id,
        text: expect.stringContaining('no longer exists'),
      }),
    );
    const dev = await access(`account=${accountId('data-dev')}`, 'ida');
    expect(dev.thingsToLookAt.map(({ text }) => text)).toContain(
      'Nobody owns the group AWS-Reporting-ReadOnly.',
    );
  });

  it('names people whom SCIM cannot bring to AWS', async () => {
    const nameless = examplePeople.find(({ surname }) => !surname)!;
    const { items, thingsToLookAt } = await access(
      `user=${nameless.name}`,
      nameless.name,
    );
    expect(items[0].holders).toEqual([
      expect.objectContaining({ reach: 'arriving' }),
    ]);
    expect(thingsToLookAt.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('has no user in Identity Center'),
    );
  });

  it('says that it cannot know the access of a User who is nobody in Entra', async () => {
    const answer = await access('user=stranger', 'sia');
    expect(answer).toMatchObject({
      items: [],
      thingsToLookAt: [
        {
          severity: 'medium',
          entryId: null,
          text: 'Stranger (user:default/stranger) is not mapped to one person in Entra ID, so their access cannot be found.',
        },
      ],
    });
  });

  it('shows the leases behind an assignment: the last end counts', async () => {
    const [entry] = (await access('team=data', 'otto')).items;
    const { path } = entry;
    if (path.via !== 'group') throw new Error('The seed has changed');
    const lease = async (endsAt: string | null, held?: LeaseObject) => {
      const now = await world.stores.now();
      const request = await world.stores.requests.insert(
        {
          id: randomUUID(),
          organizationId: 'parcel',
          state: 'active',
          stateReason: null,
          planVersion: 1,
          planDigest: '0'.repeat(64),
          requesterRef: 'user:default/otto',
          requesterPersonId: null,
          actor: null,
          teamRef: 'group:default/data',
          title: 'A test',
          justification: 'A test',
          ticket: null,
          duration: null,
          changes: [],
          copyOf: null,
          idempotencyKey: randomUUID(),
          bodyDigest: '0'.repeat(64),
          createdAt: now,
          approvedAt: now,
          startsAt: now,
          endsAt,
        },
        {
          version: 1,
          digest: '0'.repeat(64),
          plan: {
            gains: [],
            people: [],
            accounts: [],
            permissionSets: [],
            objects: [],
          } as never,
          policy: { stages: [] } as never,
          computedAt: now,
        },
      );
      const object = {
        kind: 'accountAssignment' as const,
        accountId: entry.account.id,
        permissionSetArn: entry.permissionSet.arn,
        entraGroupId: path.entraGroupId!,
        storeGroupId: path.identityStoreGroupId,
      };
      await world.stores.leases.insert({
        id: randomUUID(),
        organizationId: 'parcel',
        requestId: request.id,
        objectKey: randomUUID(),
        object: held ?? object,
        teamRef: 'group:default/data',
        startsAt: now,
        endsAt,
      });
      return request;
    };
    const tonight = '2999-01-01T00:00:00.000Z';
    const later = '2999-02-01T00:00:00.000Z';
    await lease(tonight);
    const second = await lease(later);
    const temporary = await access('team=data', 'otto');
    expect(
      temporary.items.find(({ id: one }) => one === entry.id),
    ).toMatchObject({
      evidence: 'lease',
      verdict: 'managed',
      standing: 'temporary',
      until: later,
      requestId: second.id,
      requestNumber: second.number,
    });
    expect(temporary.nextEnd).toBe(later);
    expect(temporary.counts.temporary).toBe(1);
    await lease(null);
    expect(
      (await access('team=data', 'otto')).items.find(
        ({ id: one }) => one === entry.id,
      ),
    ).toMatchObject({ standing: 'standing', until: null });

    // An elevation is held by a lease on the assignment to the person.
    const direct = (await access('team=logistics', 'theo')).items.find(
      ({ path: { via } }) => via === 'direct',
    )!;
    if (direct.path.via !== 'direct') throw new Error('The seed has changed');
    const elevation = await lease(tonight, {
      kind: 'userAssignment',
      accountId: direct.account.id,
      permissionSetArn: direct.permissionSet.arn,
      entraUserId: direct.holders[0].entraUserId!,
      storeUserId: direct.path.identityStoreUserId,
    });
    expect(
      (await access('team=logistics', 'theo')).items.find(
        ({ id: one }) => one === direct.id,
      ),
    ).toMatchObject({
      standing: 'temporary',
      until: tonight,
      requestNumber: elevation.number,
    });
  });

  describe('security rule 29: who may see what', () => {
    const paymentsProd = accountId('payments-prod');

    it.each([
      ['an outsider asks for a team', 'team=payments', 'uma'],
      ['a colleague asks for a person', 'user=ana', 'ben'],
      ['a lead asks for a person', 'user=ana', 'petra'],
      ['a developer asks for an account', `account=${paymentsProd}`, 'ana'],
      ['an owner of other accounts asks', `account=${paymentsProd}`, 'otto'],
      ['a person who owns nothing asks', 'permissionSet=ReadOnly', 'ana'],
    ])('hides it when %s, as if it did not exist', async (_, query, caller) => {
      const { body } = await world.get(`/access?${query}`, caller).expect(404);
      const [kind, target] = query.split('=');
      // The words for something that does not exist, with another name in it.
      const made = target.replace(/.$/, '9');
      const missing = await world.get(`/access?${kind}=${made}`, caller);
      expect(missing.status).toBe(404);
      expect(missing.body.error.message.replace(made, target)).toBe(
        body.error.message,
      );
    });

    it.each([
      ['a member', 'team=payments', 'ana'],
      ['an admin', 'team=payments', 'ida'],
      ['security', 'user=ana', 'sia'],
      ['security', 'permissionSet=ReadOnly', 'sia'],
      ['the owner', `account=${paymentsProd}`, 'petra'],
    ])('shows it to %s', async (_, query, caller) => {
      expect((await access(query, caller)).items).not.toEqual([]);
    });

    it('shows an owner the holders of a permission set in their accounts only', async () => {
      const { items } = await access('permissionSet=ReadOnly', 'otto');
      expect(new Set(items.map(({ account }) => account.name))).toEqual(
        new Set(['data-dev', 'data-prod', 'data-staging']),
      );
    });
  });

  it.each([
    ['', 'exactly one of team, user, account, permissionSet; none is given'],
    ['team=payments&user=ana', 'given are team, user'],
    ['account=12', 'account: must be an AWS account id: twelve digits'],
    ['user=group:default/x', 'user: must be a reference to a catalog user'],
    ['team=', 'team:'],
  ])('says what is wrong with ?%s', async (query, message) => {
    const { body } = await world.get(`/access?${query}`, 'ida').expect(400);
    expect(body.error).toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['team=nobody', "There is no team 'group:default/nobody'"],
    ['user=nobody', "There is no user 'user:default/nobody'"],
    ['account=000000000000', "There is no account '000000000000'"],
    ['permissionSet=Nothing', "There is no permission set 'Nothing'"],
    ['team=payments&organizationId=other', "No organization 'other'"],
  ])('knows nothing of ?%s', async (query, message) => {
    const { body } = await world.get(`/access?${query}`, 'ida').expect(404);
    expect(body.error.message).toContain(message);
  });

  describe('the inventory', () => {
    it('lists accounts and permission sets for pickers, page by page', async () => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const { body } = await world
          .get(`/accounts?limit=6${cursor ? `&cursor=${cursor}` : ''}`, 'uma')
          .expect(200);
        const page = accountsResponseSchema.parse(body);
        expect(page.totalItems).toBe(14);
        seen.push(...page.items.map(({ name }) => name));
        cursor = page.nextCursor;
      } while (cursor);
      expect(new Set(seen).size).toBe(14);

      const { body } = await world
        .get('/accounts?search=payments-prod', 'uma')
        .expect(200);
      expect(body.items).toEqual([
        expect.objectContaining({
          id: '111122223333',
          organizationId: 'parcel',
          environment: 'prod',
          ownerRefs: ['user:default/petra'],
          ouPath: ['Workloads', 'Production'],
          isProtected: false,
          // The root user's address is for those who look after accounts.
          email: null,
        }),
      ]);
      const forSecurity = await world
        .get('/accounts?search=payments-prod', 'sia')
        .expect(200);
      expect(forSecurity.body.items[0].email).toContain('@');
      const management = await world.get('/accounts?search=management', 'uma');
      expect(management.body.items[0].isProtected).toBe(true);

      const sets = permissionSetsResponseSchema.parse(
        (await world.get('/permission-sets', 'uma').expect(200)).body,
      );
      expect(sets.items).toHaveLength(12);
      expect(
        sets.items.find(({ name }) => name === 'AdministratorAccess'),
      ).toMatchObject({ accessLevel: 'admin', isProtected: false });
      expect(
        sets.items.find(({ name }) => name === 'BreakGlass'),
      ).toMatchObject({ isProtected: true });
    });

    it('security rule 30: tells everybody how an organization is, and why only to who reads operations', async () => {
      const reason = 'Suspected leak of a key of the payments team';
      await world
        .post('/operations/parcel/stop', 'sia', {
          kind: 'grants',
          reason,
          duration: 'PT1H',
        })
        .expect(200);
      const health = async (caller: string) =>
        (await world.get('/organizations', caller).expect(200)).body.items[0];
      for (const caller of ['ida', 'sia']) {
        expect((await health(caller)).reason).toContain(reason);
      }
      const told = await health('ana');
      expect(organizationSchema.parse(told)).toMatchObject({
        health: 'stopped',
        reason: 'Giving access is stopped for now. Requests are filed and wait',
        since: null,
      });
      expect(JSON.stringify(told)).not.toContain(reason);
      await world
        .post('/operations/parcel/resume', 'sia', { kind: 'grants' })
        .expect(200);
    });

    it('tells organizations, age and completeness', async () => {
      const organizations = await world
        .get('/organizations', 'ana')
        .expect(200);
      organizationSchema.parse(organizations.body.items[0]);
      // Nothing that would be refused is offered.
      expect(organizations.body.pages).toEqual([]);
      const idas = await world.get('/organizations', 'ida').expect(200);
      expect(idas.body.pages).toContain('operations');
      expect(organizations.body.items).toEqual([
        {
          id: 'parcel',
          title: 'Example Parcel',
          // Leases are live, and where writes are off nothing ends.
          health: 'degraded',
          reason:
            'Something needs a look. Requests go on, perhaps later than usual',
          nextStep: 'Whoever runs the portal sees what it is.',
          since: null,
          writes: 'off',
          accessPortalUrl: `${world.sandbox.url}/sandbox/start`,
          region: 'eu-central-1',
        },
      ]);
      const { body } = await world.get('/inventory', 'ana').expect(200);
      inventoryResponseSchema.parse(body);
      expect(body.items[0]).toMatchObject({
        organizationId: 'parcel',
        freshness: { stale: false },
        refresh: { running: false, progress: null },
      });
      expect(body.items[0].freshness.parts).toHaveLength(7);
    });

    it('does not call complete what is read in turns, before each pair has had its first', async () => {
      const freshnessAt = async (path: string) =>
        (await world.get(path, 'ana').expect(200)).body.freshness;
      const { body } = await world.get('/inventory', 'ana').expect(200);
      const { freshness, directAssignments } = body.items[0];
      const { pairs, unread } = directAssignments;
      expect(unread).toBeGreaterThan(0);
      const asOf = expect.any(String);
      const parts = expect.arrayContaining([
        {
          part: 'assignments',
          asOf,
          complete: false,
          reason: `Complete but for direct assignments: ${unread} of ${pairs} pairs of account and permission set not yet read`,
          unread: { count: unread, of: pairs },
        },
        { part: 'accounts', asOf, complete: true, reason: null },
      ]);
      expect(freshness).toMatchObject({ complete: false, parts });
      for (const path of [
        '/access?user=user:default/ana',
        '/permission-sets/PowerUser',
      ]) {
        expect(await freshnessAt(path)).toMatchObject({
          complete: false,
          parts,
        });
      }
      // What does not rest on who is assigned where is complete.
      expect(await freshnessAt('/accounts')).toMatchObject({ complete: true });

      const read = (read_at: string | null) =>
        knex('aws_access_assignment_pairs').update({ read_at });
      await read('2026-01-01T00:00:00.000Z');
      expect(await freshnessAt('/access?user=user:default/ana')).toMatchObject({
        complete: true,
      });
      await read(null);
    });

    it('refreshes for those who run the portal, and refuses others', async () => {
      const canRefresh = async (person: string) =>
        (await world.get('/inventory', person).expect(200)).body.canRefresh;
      expect(await canRefresh('ana')).toBe(false);
      await world.post('/inventory/refresh', 'ana').expect(403);
      expect(await canRefresh('ida')).toBe(true);
      await world
        .post('/inventory/refresh', 'ida', { organizationId: 'other' })
        .expect(404);
      const { finishedAt } = await world.inventory.refreshes.get('parcel');
      await world.post('/inventory/refresh', 'ida').expect(202);
      await world.untilRefreshed(finishedAt!);
    });

    it('answers users only, and only those whom the catalog knows', async () => {
      for (const path of [
        '/organizations',
        '/accounts',
        '/permission-sets',
        '/inventory',
        '/access?user=ana',
      ]) {
        await world.get(path, 'nobody').expect(401);
        await world.get(path, 'service').expect(403);
      }
      await world.get('/accounts', 'passer-by').expect(403);
    });

    it('refuses cursors and limits that are not its own', async () => {
      await world.get('/accounts?cursor=xyz', 'ana').expect(400);
      await world.get('/accounts?limit=0', 'ana').expect(400);
    });
  });
});

describe("the portal's permission policy narrows what the plugin's rules allow (security rule 12)", () => {
  it('denies reading and refreshing where the policy does', async () => {
    const world = await ReadWorld.start(
      await databases.initMigrated('SQLITE_3'),
      {
        denied: ['aws-access.inventory.read', 'aws-access.inventory.refresh'],
      },
    );
    try {
      await world.get('/access?user=ana', 'ana').expect(403);
      await world.get('/accounts', 'ana').expect(403);
      await world.post('/inventory/refresh', 'ida').expect(403);
    } finally {
      await world.stop();
    }
  });
});
