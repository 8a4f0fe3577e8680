import { Change, Plan } from 'backstage-plugin-aws-access-common';
import {
  exampleAccounts,
  examplePeople,
  RunningSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { mockServices } from '@backstage/backend-test-utils';
import { randomUUID } from 'node:crypto';
import { CloudsProvider } from '../clouds/OrganizationClouds';
import { PlanInput, PlanResult } from '../planning/RequestPlanner';
import { planDigest } from '../planning/planDigest';
import {
  CatalogPerson,
  PersonDirectory,
  Team,
} from '../people/PersonDirectory';
import { RequiredStage } from '../policy/PolicyOutcome';
import { RequestRow } from '../requests/stores/RequestStore';
import { EMPTY_POLICY } from '../testing/approveRequest';
import { elevationPlan, groupPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { InventoryWriter } from '../testing/InventoryWriter';
import { Pause } from '../testing/Pause';
import {
  accountId,
  permissionSetArn,
  personId,
  planObject,
  planOf,
} from '../testing/planOf';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';
import { endOrphans } from './endOrphans';
import { releaseMandate } from './holdMandate';
import { MandateKeeper } from './MandateKeeper';
import { MandateUses } from './MandateUses';

jest.setTimeout(120_000);

const TEAM = 'group:default/payments';
const SCOPE = {
  kind: 'tag' as const,
  key: 'owner',
  value: 'petra',
  maxAccounts: 3,
};

const OWNER: RequiredStage = {
  id: 'account owner',
  name: 'account owner',
  order: 1,
  approvers: ['accountOwner'],
  count: 1,
  accountIds: [],
  because: ['the default stage'],
};

/** The clouds and the catalog as the planner and the keeper are told. */
interface Told {
  /** Names of the accounts that are in the scope. */
  accounts: string[];
  /** Names of the people who are in the team. */
  members: string[];
  /** The policy approves by itself what is filed. */
  autoApproved: boolean;
  /** Whom the policy asks about what is filed. */
  stages: RequiredStage[];
  /** Who is in the group by now and gets what an account is taken in for. */
  gaining: string[];
}

describe('mandates', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let world: ProvisioningWorld;
  let told: Told;
  let count = 0;
  const keepers: MandateKeeper[] = [];

  const person = (name: string): CatalogPerson => ({
    entityRef: `user:default/${name}`,
    displayName: name,
    entraUserId: personId(name),
    teams: told.members.includes(name) ? [TEAM] : [],
  });
  const directory = {
    findPerson: async (ref: string) => person(ref.split('/')[1]),
    findTeam: async (): Promise<Team> => ({
      entityRef: TEAM,
      displayName: 'Payments',
      leads: [],
      members: told.members.map(person),
      accessGroupNames: [],
    }),
    findByEntraIds: async (ids: string[]) =>
      new Map(
        ids.map(id => [
          id,
          person(examplePeople.find(one => one.entraId === id)!.name),
        ]),
      ),
    findAccountOwners: async () => new Map(),
  } as unknown as PersonDirectory;

  /** Plans of what the keeper files, as the planner makes them. */
  const planChange = (change: Change, group: string): Plan => {
    const at = { groupId: group, displayName: 'The group' };
    if (change.kind === 'membership') {
      return groupPlan({
        group: at,
        join: change.people.map(ref => ref.split('/')[1]),
      });
    }
    if (change.kind !== 'assignment') throw new Error(change.kind);
    const nameOf = (id: string) =>
      exampleAccounts.find(account => account.id === id)!.name;
    if (change.accounts.kind === 'named') {
      const assign = change.accounts.accountIds.map(nameOf);
      const gains = told.gaining.map(name => ({
        entraUserId: personId(name),
        permissionSetArn: permissionSetArn('ReadOnly'),
        documentDigest: 'digest',
        accountId: accountId(assign[0]),
        seconds: null,
      }));
      return { ...groupPlan({ group: at, assign }), gains };
    }
    const plan = groupPlan({ group: at });
    return {
      ...plan,
      objects: [
        ...plan.objects,
        planObject('scope', 'create', {
          accessGroup: group,
          permissionSetArn: permissionSetArn('ReadOnly'),
          scope: change.accounts,
          accountIds: told.accounts.map(accountId).sort(),
          seconds: 3600,
        }),
      ],
    };
  };
  const plan = async (input: PlanInput): Promise<PlanResult> => {
    const request =
      input.requestId === undefined
        ? undefined
        : (await world.stores.requests.get(input.requestId))!;
    const [change] = input.changes;
    const isParent = request?.actor === null;
    const made =
      request && isParent
        ? (await world.stores.requests.getPlan(request.id, 1)).plan
        : planChange(
            change,
            'accessGroup' in change && 'entraGroupId' in change.accessGroup
              ? change.accessGroup.entraGroupId
              : '',
          );
    return {
      plan: made,
      digest: planDigest(made),
      policy: {
        ...EMPTY_POLICY,
        autoApproved: told.autoApproved || isParent,
        stages: isParent ? [] : told.stages,
      },
      problems: [],
      asOf: null,
    };
  };
  const planner = { planFromInventory: plan, planFromClouds: plan };

  const services = () => ({
    config: world.config({
      limits: { requestsPerSecond: 1000, removalsAtOnce: 1 },
    }),
    stores: world.stores,
    planner,
    directory,
    clouds: world.provider(),
    logger: mockServices.logger.mock(),
  });
  const startEngine = (clouds: CloudsProvider = world.provider()) => {
    const keeper = new MandateKeeper({ ...services(), lookEveryMs: 10 });
    keepers.push(keeper);
    world
      .engine({
        clouds,
        planner,
        mandates: new MandateUses(services()),
        keepRequests: claim => keeper.keep(claim),
      })
      .start();
  };
  const open = async (id: (typeof databases.ids)[number]) => {
    // Entra takes five calls on demand in ten seconds of its own time.
    sandbox.clock.advance(10_000);
    world = new ProvisioningWorld(await databases.initMigrated(id), sandbox);
    told = {
      accounts: ['payments-dev', 'payments-staging'],
      members: ['ana', 'ben'],
      autoApproved: true,
      stages: [],
      gaining: [],
    };
    await new InventoryWriter(world.knex).replaceAccounts(
      world.organizationId,
      [],
    );
  };
  const groupName = () => `AWS-Test-Mandate-${count}`;
  /** An active request that keeps a scope or a team true. */
  const keep = async (kind: 'scope' | 'team'): Promise<RequestRow> => {
    count += 1;
    const access = planOf({
      groupName: groupName(),
      people: ['ana', 'ben'],
      accounts: ['payments-dev', 'payments-staging'],
      duration: null,
    });
    const scope = planObject('scope', 'create', {
      accessGroup: 'access',
      permissionSetArn: permissionSetArn('ReadOnly'),
      scope: SCOPE,
      accountIds: ['payments-dev', 'payments-staging'].map(accountId).sort(),
      seconds: 3600,
    });
    const request = await world.approvePlan({
      ...access,
      objects: [...access.objects, ...(kind === 'scope' ? [scope] : [])],
    });
    if (kind === 'team') {
      const changes: Change[] = [
        {
          kind: 'accessGroup',
          key: 'access',
          members: { kind: 'team', team: TEAM },
        },
      ];
      await world
        .knex('aws_access_requests')
        .where({ id: request.id })
        .update({ changes: JSON.stringify(changes) });
    }
    return request;
  };
  /** As if the accounts of the example had been created after the approval. */
  const approvedLongAgo = () =>
    world
      .knex('aws_access_mandates')
      .update({ approved_at: '1999-01-01T00:00:00.000Z' });
  /** A look that had begun before is over then. */
  const untilLooked = async () => {
    const looked = jest.spyOn(world.stores.inventory, 'getParts');
    const before = looked.mock.calls.length;
    await world.until(
      async () => looked.mock.calls.length > before + 2,
      'the keeper to look',
    );
  };
  const beforeAllAccounts = async () => {
    await approvedLongAgo();
    await untilLooked();
  };
  /** As if these stages had been filled when the scope was approved. */
  const approvedBy = async (request: RequestRow, stages: RequiredStage[]) =>
    world
      .knex('aws_access_request_plans')
      .where({ request_id: request.id })
      .update({
        policy: JSON.stringify({
          ...EMPTY_POLICY,
          autoApproved: false,
          stages,
        }),
      });
  const entriesOf = async (request: RequestRow) => {
    const [mandate] = await world.stores.mandates.listOfRequest(request.id);
    return world.stores.mandates.listEntries(mandate.id);
  };
  const untilEntry = (request: RequestRow, subject: string, verdict: string) =>
    world.until(
      async () =>
        (await entriesOf(request)).find(
          entry => entry.subject === subject && entry.verdict === verdict,
        ),
      `${subject} to be ${verdict}`,
    );
  /** An active request that was taken in for another, while nobody works. */
  const takenIn = async () => {
    const plans = ['payments-dev', 'data-dev'].map(account =>
      elevationPlan({ accounts: [account], permissionSet: 'LogReader' }),
    );
    const parent = await world.approvePlan(plans[0]);
    const orphan = await world.approvePlan(plans[1]);
    const engine = world.engine();
    engine.start();
    await world.untilState(parent.id, 'active');
    await world.untilState(orphan.id, 'active');
    await engine.stop();
    await world.stores.mandates.insert(
      {
        id: randomUUID(),
        organizationId: 'parcel',
        requestId: parent.id,
        kind: 'scope',
        objectKey: 'scope/any',
        document: {
          accessGroup: 'access',
          permissionSetArn: permissionSetArn('LogReader'),
          scope: SCOPE,
          accountIds: [accountId('payments-dev')],
          seconds: 3600,
        },
        ownerRef: 'user:default/ana',
        ceiling: 3,
        approvedAt: parent.approvedAt!,
        startsAt: parent.approvedAt!,
        endsAt: null,
      },
      [],
    );
    const [mandate] = await world.stores.mandates.listOfRequest(parent.id);
    await world.stores.mandates.putEntry({
      mandateId: mandate.id,
      subject: accountId('data-dev'),
      verdict: 'takenIn',
      reason: 'It is in the scope.',
      requestId: orphan.id,
    });
    const { organizations } = world.stores;
    const claim = (await organizations.claim('parcel', 'another', 600))!;
    return { parent, orphan, claim };
  };
  const look = () => world.look(groupName());
  const prod = accountId('payments-prod');

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterEach(async () => {
    await Promise.all(keepers.splice(0).map(keeper => keeper.stop()));
    await world.stop();
  });
  afterAll(() => sandbox.stop());

  describe.each(databases.ids)('on %s', databaseId => {
    it('security rule 17: takes an account in that was created after the approval, under the mandate and nothing else, and lets it end with its request', async () => {
      await open(databaseId);
      startEngine();
      const request = await keep('scope');
      await world.untilState(request.id, 'active');
      expect((await entriesOf(request)).map(({ verdict }) => verdict)).toEqual([
        'approved',
        'approved',
      ]);
      // The policy asks for the approval that the scope has, and nobody gives it
      // again.
      told.autoApproved = false;
      told.stages = [OWNER];
      await approvedBy(request, told.stages);
      await beforeAllAccounts();
      told.gaining = ['ana', 'ben'];
      told.accounts.push('payments-prod');
      const entry = await untilEntry(request, prod, 'takenIn');
      const child = await world.untilState(entry.requestId!, 'active');
      expect(child.actor).toBe('plugin:aws-access');
      expect((await look()).accounts).toEqual([
        'payments-dev',
        'payments-prod',
        'payments-staging',
      ]);
      const { authorizations } = world.stores.provisioning;
      expect(await authorizations.find(child.id, 'mandate')).toBeDefined();
      expect(await authorizations.find(child.id, 'grant')).toBeUndefined();
      const used = await world.stores.audit.list({
        requestId: child.id,
        kind: 'mandate.used',
        limit: 2,
      });
      expect(used).toHaveLength(1);

      // The door for owners and security is the one for who asked for it.
      const [mandate] = await world.stores.mandates.listOfRequest(request.id);
      const live = () => world.stores.mandates.lockLive(mandate.id);
      expect(await live()).toBeDefined();
      await world.giveBack(request.id);
      expect(await live()).toBeUndefined();
      expect(await world.stores.mandates.listLive('parcel')).toEqual([]);
      await world.untilState(child.id, 'ended');
      await world.untilState(request.id, 'ended');
      expect(await look()).toMatchObject({ groups: 0, accounts: [] });
    });

    it('security rule 17: asks people about an account that existed before, and beyond the ceiling', async () => {
      await open(databaseId);
      startEngine();
      const request = await keep('scope');
      await world.untilState(request.id, 'active');
      told.autoApproved = false;
      told.accounts.push('payments-prod');
      const entry = await untilEntry(request, prod, 'asked');
      expect(await world.state(entry.requestId!)).toBe('pending');
      expect(entry.reason).toMatch(/existed when the scope was approved/);

      await beforeAllAccounts();
      told.autoApproved = true;
      told.accounts.push('data-dev');
      const over = await untilEntry(request, accountId('data-dev'), 'asked');
      expect(over.reason).toMatch(/3 are the most that were approved/);
      await world.giveBack(request.id);
      await world.untilState(entry.requestId!, 'withdrawn');
    });

    it('security rule 1: asks people about a new account when somebody has joined the group since the approval', async () => {
      await open(databaseId);
      startEngine();
      const request = await keep('scope');
      await world.untilState(request.id, 'active');
      await beforeAllAccounts();
      // Nobody who agreed to the scope has agreed to Uma in it.
      told.gaining = ['ana', 'uma'];
      told.accounts.push('payments-prod');
      const asked = await untilEntry(request, prod, 'asked');
      expect(asked.reason).toBe(
        '1 person has joined the group since the scope was approved.',
      );
    });

    it('security rule 19: writes nothing more under a mandate that is revoked on the way', async () => {
      await open(databaseId);
      startEngine();
      const request = await keep('scope');
      await world.untilState(request.id, 'active');
      await world.stop();
      await world.expireClaim();
      await approvedLongAgo();
      told.accounts.push('payments-prod');
      const pause = new Pause('authorize');
      startEngine(pause.clouds(world.provider()));
      await pause.reached;
      const entry = await untilEntry(request, prod, 'takenIn');
      await world.stores.mandates.revoke(entry.mandateId);
      pause.goOn();
      const stuck = await world.untilState(entry.requestId!, 'stuck');
      expect(stuck.stateReason).toMatch(/does not allow this any more/);
      expect((await look()).accounts).not.toContain('payments-prod');
    });

    it('takes the assignment away from an account that left, keeps the others, and asks before it takes many', async () => {
      await open(databaseId);
      startEngine();
      const request = await keep('scope');
      await world.untilState(request.id, 'active');
      const staging = accountId('payments-staging');
      told.accounts = ['payments-dev'];
      const left = await untilEntry(request, staging, 'left');
      await world.untilScim(sandbox, left.requestId!, 'ended');
      expect((await look()).accounts).toEqual(['payments-dev']);
      expect(await world.state(request.id)).toBe('active');

      await beforeAllAccounts();
      told.accounts = ['payments-dev', 'payments-prod'];
      const taken = await untilEntry(request, prod, 'takenIn');
      await world.untilState(taken.requestId!, 'active');
      told.accounts = [];
      const held = await world.until(async () => {
        const [mandate] = await world.stores.mandates.listOfRequest(request.id);
        return mandate.heldReason !== null && mandate;
      }, 'the mandate to wait for an operator');
      expect(held.heldReason).toBe(
        '2 parts of it would be taken away at once, and 1 are the most that go without asking.',
      );
      expect((await look()).accounts).toHaveLength(2);
      const waiting = await world.stores.outbox.claim(1000);
      expect(
        waiting.flatMap(({ message }) =>
          message.kind === 'notification' && message.topic === 'stuck'
            ? [[message.recipients, message.title]]
            : [],
        ),
      ).toEqual([
        [
          ['role:operator'],
          expect.stringMatching(/^Request \d+ waits for an operator$/),
        ],
      ]);
      await releaseMandate(world.stores, {
        requestId: request.id,
        mandateId: held.id,
        actorRef: 'user:default/ida',
      });
      await world.untilState(taken.requestId!, 'ended');
      await world.until(
        async () => (await look()).accounts.length === 0,
        'everything to be taken away',
      );
      expect(await world.state(request.id)).toBe('active');
    });

    it('does nothing by an inventory that was not read to its end', async () => {
      await open(databaseId);
      startEngine();
      const request = await keep('scope');
      await world.untilState(request.id, 'active');
      await world.stores.inventory.markFailed(
        world.organizationId,
        'accounts',
        'A page is missing',
      );
      await untilLooked();
      told.accounts = ['payments-dev'];
      await untilLooked();
      expect((await entriesOf(request)).map(({ verdict }) => verdict)).toEqual([
        'approved',
        'approved',
      ]);
    });

    it('security rule 16: what was taken in ends although the removal of its request is stuck', async () => {
      await open(databaseId);
      const { orphan, parent, claim } = await takenIn();
      const endAll = () =>
        endOrphans(world.stores, claim, mockServices.logger.mock());
      await endAll();
      expect(await world.state(orphan.id)).toBe('active');
      await world.giveBack(parent.id);
      await world
        .knex('aws_access_requests')
        .where({ id: parent.id })
        .update({ state: 'stuck' });
      await endAll();
      expect(await world.state(orphan.id)).toBe('ending');
    });

    it('security rule 16: who leaves the team leaves the group, who joins is asked for, and an empty team stops', async () => {
      await open(databaseId);
      startEngine();
      const request = await keep('team');
      await world.untilState(request.id, 'active');
      told.autoApproved = false;
      told.members = ['ana', 'petra'];
      const left = await untilEntry(request, personId('ben'), 'left');
      await world.untilScim(sandbox, left.requestId!, 'ended');
      expect((await look()).members).toEqual(['ana']);
      const joined = await untilEntry(request, personId('petra'), 'asked');
      expect(await world.state(joined.requestId!)).toBe('pending');

      told.members = [];
      const [mandate] = await world.until(async () => {
        const mandates = await world.stores.mandates.listOfRequest(request.id);
        return mandates[0].heldReason !== null && mandates;
      }, 'the mandate to wait for an operator');
      expect(mandate.heldReason).toBe(
        'The catalog shows no members of the team.',
      );
      expect((await look()).members).toEqual(['ana']);
    });
  });
});
