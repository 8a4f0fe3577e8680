import {
  permissionSetCheckSchema,
  permissionSetDetailSchema,
  permissionSetUsesResponseSchema,
} from 'backstage-plugin-aws-access-common';
import { DatabaseRolloutStore } from '../inventory/DatabaseRolloutStore';
import { createTestDatabases } from '../testing/databases';
import { example, exampleConfigSection } from '../testing/examplePlan';
import { ReadWorld } from '../testing/ReadWorld';
import { fileInput, RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();

describe.each(databases.ids)('the page of a permission set on %s', id => {
  let world: ReadWorld;
  let rollouts: DatabaseRolloutStore;
  beforeAll(async () => {
    const knex = await databases.initMigrated(id);
    rollouts = new DatabaseRolloutStore(knex);
    world = await ReadWorld.start(knex);
  });
  afterAll(() => world.stop());

  async function page(name: string, caller: string, query = '') {
    const { body } = await world
      .get(`/permission-sets/${encodeURIComponent(name)}${query}`, caller)
      .expect(200);
    return permissionSetDetailSchema.parse(body);
  }

  const label = ({
    accounts,
    holders,
  }: Awaited<ReturnType<typeof page>>): unknown => [
    accounts.map(({ name }) => name),
    [
      ...new Set(
        holders.flatMap(entry =>
          entry.holders.map(({ displayName }) => displayName),
        ),
      ),
    ].sort(),
  ];

  it('says what it grants, how long it is, and what is worth an eye', async () => {
    const set = await page('PowerUser', 'ana');
    expect(set).toMatchObject({
      name: 'PowerUser',
      accessLevel: 'power',
      relayState: null,
      permissionsBoundary: null,
      effectiveAccess: { level: 'power', isLevelKnown: true, unknown: [] },
      size: {
        characters: set.inlinePolicy!.replace(/\s/g, '').length,
        limit: 10_240,
      },
      outdatedAccounts: [],
      history: [],
      freshness: { stale: false },
    });
    expect(set.effectiveAccess.words[0]).toMatch(/^Everything in \d+ services/);
    // Its denial is counted in: two actions less than there are.
    const trail = set.effectiveAccess.services.find(
      ({ service }) => service === 'cloudtrail',
    )!;
    const writes = trail.levels.find(({ level }) => level === 'Write')!;
    expect(writes.of - writes.actions).toBe(2);
    expect(
      set.findings.map(({ severity, id: one }) => [
        severity,
        one.split('/')[0],
      ]),
    ).toEqual([
      ['high', 'controls-this-product'],
      ['medium', 'power-access'],
      ['medium', 'privilege-escalation'],
      ['low', 'long-session'],
      ['low', 'no-boundary'],
    ]);
  });

  it('says what it cannot tell', async () => {
    const { effectiveAccess, accessLevel } = await page('DataScientist', 'uma');
    expect(accessLevel).toBe('custom');
    expect(effectiveAccess.isLevelKnown).toBe(false);
    expect(effectiveAccess.unknown).toContain(
      'Cannot tell: the customer managed policy ParcelAnalysisWorkspace lives in the accounts. It may allow more than is shown here.',
    );
  });

  it('is found by its ARN, and in the organization that is asked', async () => {
    const { arn } = await page('ReadOnly', 'ana');
    expect((await page(arn, 'ana')).name).toBe('ReadOnly');
    expect((await page(arn, 'ana', '?organizationId=parcel')).arn).toBe(arn);
    await world
      .get('/permission-sets/ReadOnly?organizationId=other', 'ana')
      .expect(404);
    await world.get('/permission-sets/NoSuchThing', 'ana').expect(404);
  });

  it('security rule 29: names only those whose access the caller may read', async () => {
    const all = await page('ReadOnly', 'sia');
    expect(all.seesEverybody).toBe(true);
    expect(all.accounts.map(({ name }) => name)).toEqual([
      'data-dev',
      'data-prod',
      // Of a group that was deleted.
      'data-staging',
      'logistics-prod',
      'payments-prod',
      'shop-prod',
    ]);

    // Ana is in payments, and owns nothing.
    const anas = await page('ReadOnly', 'ana');
    expect(anas.seesEverybody).toBe(false);
    expect(anas.accounts.map(({ name }) => name)).toEqual(['payments-prod']);
    // Otto owns the data accounts and is in no team that has more.
    const ottos = await page('ReadOnly', 'otto');
    expect(ottos.accounts.map(({ name }) => name)).toEqual([
      'data-dev',
      'data-prod',
      'data-staging',
    ]);
    // Whoever sees all of an account sees everybody there, once.
    const ids = all.holders.map(({ id: one }) => one);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ottos.holders).toEqual(
      all.holders.filter(({ account }) => account.name.startsWith('data-')),
    );
    expect(label(await page('BreakGlass', 'uma'))).toEqual([[], []]);
  });

  it('security rule 29: says where an older version is at work to those who may read who has it there', async () => {
    const { arn, accounts } = await page('ReadOnly', 'sia');
    const idOf = (account: string) =>
      accounts.find(({ name }) => name === account)!.id;
    const outdated = async (caller: string) =>
      (await page('ReadOnly', caller)).outdatedAccounts?.map(
        ({ name }) => name,
      );
    await rollouts.record(
      'parcel',
      new Map([[arn, [idOf('data-prod'), idOf('payments-prod')]]]),
    );
    expect(await outdated('sia')).toEqual(['data-prod', 'payments-prod']);
    expect(await outdated('ana')).toEqual(['payments-prod']);
    expect(await outdated('otto')).toEqual(['data-prod']);
    expect(await outdated('uma')).toEqual([]);
    await rollouts.keepOnly('parcel', []);
    expect(await outdated('sia')).toBeUndefined();
    expect((await page('ReadOnly', 'sia')).outdatedAccounts).toBeNull();
  });

  const uses = async (caller: string) => {
    const { body } = await world
      .get('/permission-set-uses', caller)
      .expect(200);
    return permissionSetUsesResponseSchema.parse(body);
  };

  it('counts where each is used, and names what in it is worth an eye', async () => {
    const { items, seesEverybody, freshness } = await uses('sia');
    expect(seesEverybody).toBe(true);
    expect(freshness.stale).toBe(false);
    for (const name of ['ReadOnly', 'PowerUser', 'BreakGlass']) {
      const set = await page(name, 'sia');
      const people = new Set(
        set.holders.flatMap(({ holders }) =>
          holders
            .filter(({ reach }) => reach !== 'arriving')
            .map(holder => holder.identityStoreUserId),
        ),
      );
      const groups = new Set(
        set.holders.flatMap(({ path }) => {
          if (path.via === 'direct') return [];
          return path.via === 'group'
            ? path.identityStoreGroupId
            : path.principalId;
        }),
      );
      expect(items.find(({ arn }) => arn === set.arn)).toEqual({
        organizationId: 'parcel',
        arn: set.arn,
        accounts: set.accounts.length,
        groups: groups.size,
        people: people.size,
        findings: set.findings.map(({ id: one, severity, title }) => ({
          id: one,
          severity,
          title,
        })),
      });
    }
  });

  it('security rule 29: counts only what the caller may read', async () => {
    for (const caller of ['ana', 'otto', 'uma']) {
      const { items, seesEverybody } = await uses(caller);
      expect(seesEverybody).toBe(false);
      for (const name of ['ReadOnly', 'PowerUser', 'BreakGlass']) {
        const set = await page(name, caller);
        const people = set.holders.flatMap(({ holders }) =>
          holders
            .filter(({ reach }) => reach !== 'arriving')
            .map(holder => holder.identityStoreUserId),
        );
        expect([
          caller,
          name,
          items.find(({ arn }) => arn === set.arn),
        ]).toMatchObject([
          caller,
          name,
          { accounts: set.accounts.length, people: new Set(people).size },
        ]);
      }
    }
    const [all, anas] = [await uses('sia'), await uses('ana')];
    const sum = ({ items }: typeof all) =>
      items.reduce((total, { people }) => total + people, 0);
    expect(sum(anas)).toBeLessThan(sum(all));
    expect(sum(anas)).toBeGreaterThan(0);
  });

  it('is for people whom the catalog knows', async () => {
    for (const [caller, status] of [
      ['mallory', 403],
      ['service', 403],
      ['nobody', 401],
    ] as const) {
      await world.get('/permission-sets/ReadOnly', caller).expect(status);
      await world.get('/permission-set-uses', caller).expect(status);
      await world
        .post('/permission-sets/check', caller, { document: {} })
        .expect(status);
    }
  });
});

describe.each(databases.ids)(
  'checks and history of permission sets on %s',
  id => {
    let world: RequestWorld;
    beforeAll(async () => {
      world = await RequestWorld.start(await databases.initMigrated(id), {
        awsAccess: {
          requests: { previewsPerMinute: 20 },
          policy: {
            ...exampleConfigSection.policy,
            defaultStageWithoutAccounts: {
              name: 'platform',
              approvers: ['user:default/ida'],
            },
          },
        },
      });
      await world.inventory.replaceAssignments(example.organizationId, []);
      await world.stores.inventory.markRead(
        example.organizationId,
        'enterpriseApplication',
      );
    });
    afterAll(() => world.stop());

    async function check(document: object, caller = 'ana') {
      const { body } = await world
        .post('/permission-sets/check', caller, { document })
        .expect(200);
      return permissionSetCheckSchema.parse(body);
    }

    const policy = (action: unknown) =>
      JSON.stringify(
        { Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] },
        null,
        2,
      );

    it('says what there is to say about one that is being written', async () => {
      const answer = await check({
        inlinePolicy: policy(['s3:Get*', 'sqs:*']),
      });
      expect(answer.problems).toEqual([]);
      expect(answer.effectiveAccess.level).toBe('write');
      expect(answer.size.characters).toBe(
        policy(['s3:Get*', 'sqs:*']).replace(/\s/g, '').length,
      );
      expect(answer.findings.map(({ id: one }) => one.split('/')[0])).toEqual([
        // By sqs:AddPermission.
        'external-sharing',
        'wildcard-actions',
        'wildcard-resources',
      ]);
    });

    it.each([
      [
        'an action that AWS does not have',
        policy('s3:GetObjekt'),
        "has none that is 's3:GetObjekt'",
      ],
      ['what is no JSON', '{"Statement": [', 'not usable JSON'],
      ['a key twice', '{"Statement":[],"Statement":[]}', 'appears twice'],
      [
        'an element that is new',
        `${policy('s3:*').slice(0, -1)}, "Extra": 1}`,
        'not an IAM policy',
      ],
      [
        'an effect that AWS does not have',
        policy('s3:*').replace('"Allow"', '"Alow"'),
        'Statement[0].Effect: Invalid option: expected one of "Allow"|"Deny"',
      ],
      [
        'too many characters',
        policy(`s3:${'x'.repeat(10_300)}`),
        'characters without white space',
      ],
    ])('names what is wrong with %s', async (_what, inlinePolicy, message) => {
      const { problems } = await check({ inlinePolicy });
      expect(problems).toContainEqual({
        path: 'document.inlinePolicy',
        message: expect.stringContaining(message),
        fix: expect.stringMatching(/\.$/),
      });
    });

    it('counts how many policies there are, and refuses what is no document', async () => {
      const { problems } = await check({
        customerManagedPolicies: Array.from({ length: 6 }, (_, at) => ({
          name: `Own${at}`,
        })),
        managedPolicies: Array.from(
          { length: 6 },
          (_, at) => `arn:aws:iam::aws:policy/P${at}`,
        ),
      });
      expect(problems).toMatchObject([{ path: 'document.managedPolicies' }]);
      await world
        .post('/permission-sets/check', 'ana', {
          document: { sessionDuration: 'PT13H' },
        })
        .expect(400);
    });

    it('security rule 33: accepts so many checks a minute from one person', async () => {
      const statuses = new Set<number>();
      for (let count = 0; count < 45; count += 1) {
        const { status } = await world.post('/permission-sets/check', 'uma', {
          document: {},
        });
        statuses.add(status);
      }
      expect([...statuses]).toEqual([200, 429]);
    });

    it('tells the requests that are about it to those who may read them', async () => {
      const filed = await world
        .post('/requests', 'ana', {
          ...fileInput(),
          duration: null,
          changes: [
            {
              kind: 'permissionSet',
              key: 'set',
              arn: example.readOnly,
              document: {
                name: 'ReadOnly',
                managedPolicies: [
                  'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess',
                ],
              },
            },
          ],
        })
        .expect(200);
      await world.file('ana');

      const historyFor = async (caller: string, name = 'ReadOnly') => {
        const { body } = await world
          .get(`/permission-sets/${name}`, caller)
          .expect(200);
        return permissionSetDetailSchema
          .parse(body)
          .history.map(one => [one.requestId, one.state]);
      };
      expect(await historyFor('ana')).toEqual([
        [filed.body.id, filed.body.state],
      ]);
      expect(await historyFor('sia')).toHaveLength(1);
      expect(await historyFor('uma')).toEqual([]);
      expect(await historyFor('ana', 'AdministratorAccess')).toEqual([]);
    });
  },
);
