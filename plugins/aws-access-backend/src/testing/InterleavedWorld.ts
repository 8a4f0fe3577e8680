import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Change, Plan } from 'backstage-plugin-aws-access-common';
import {
  exampleClouds,
  exampleGroups,
  RunningSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import {
  CloudsProvider,
  OrganizationClouds,
} from '../clouds/OrganizationClouds';
import {
  AwsAccessConfig,
  awsAccessConfigSchema,
} from '../config/AwsAccessConfig';
import { digestOf } from '../digest/digestOf';
import { PermissionSetDocument } from '../clouds/AwsCloud';
import { DatabaseInventory } from '../inventory/DatabaseInventory';
import { InventoryRefresher } from '../inventory/InventoryRefresher';
import { LeaseObject } from '../leases/LeaseStore';
import { MandateKeeper } from '../mandates/MandateKeeper';
import { MandateUses } from '../mandates/MandateUses';
import { makeContact } from '../organizations/makeContact';
import { CatalogPersonDirectory } from '../people/CatalogPersonDirectory';
import { DefaultRequestPlanner } from '../planning/DefaultRequestPlanner';
import { createdNames } from '../provisioning/starting/footprintOf';
import { RequestRow } from '../requests/stores/RequestStore';
import { exampleCatalog } from './exampleCatalog';
import { personId } from './planOf';
import { ProvisioningWorld } from './ProvisioningWorld';
import { sandboxConfig } from './sandboxConfig';

/** Where a request has nothing more to do by itself. */
const AT_REST = ['active', 'ended', 'pending', 'lapsed', 'denied', 'withdrawn'];

/** Groups that were there before, and that requests may name. */
const SEEDED = exampleGroups
  .filter(({ displayName }) =>
    ['AWS-Mobile-LogReader', 'AWS-Logistics-SupportUser'].includes(displayName),
  )
  .map(({ entraId }) => entraId);

/** An effect in AWS: person, account, permission set by its name. */
type Effect = string;

/**
 * Real planner and real engine against a sandbox, and a watch on every effect
 * that is ever there.
 */
export class InterleavedWorld {
  readonly world: ProvisioningWorld;
  readonly #sandbox: RunningSandbox;
  readonly #planner: DefaultRequestPlanner;
  readonly #directory: CatalogPersonDirectory;
  readonly #refresher: InventoryRefresher;
  readonly #config: AwsAccessConfig;
  readonly #seed: Set<Effect>;
  readonly #seen = new Set<Effect>();
  /** Effects with what they allow, at moments when all was calm. */
  readonly #calm = new Set<Effect>();
  #keeper: MandateKeeper | undefined;
  readonly #digests = new Map<string, string>();
  #calmSeed = new Set<Effect>();
  readonly #requests: RequestRow[] = [];

  constructor(knex: Knex, sandbox: RunningSandbox) {
    this.world = new ProvisioningWorld(knex, sandbox);
    this.#sandbox = sandbox;
    this.#config = awsAccessConfigSchema.parse({
      ...sandboxConfig(sandbox.url),
      worker: { pollSeconds: 0.1, claimSeconds: 60 },
      policy: {
        defaultStage: { name: 'account owner', approvers: ['accountOwner'] },
        rules: [{ name: 'everything', autoApprove: true }],
      },
    });
    this.#directory = new CatalogPersonDirectory({
      catalog: catalogServiceMock({ entities: exampleCatalog() }),
      auth: mockServices.auth(),
    });
    this.#planner = new DefaultRequestPlanner({
      config: this.#config,
      stores: this.world.stores,
      directory: this.#directory,
      clouds: this.world.provider(this.#config),
    });
    this.#refresher = new InventoryRefresher({
      organizations: this.#config.organizations,
      clouds: this.world.provider(this.#config),
      inventory: new DatabaseInventory(knex),
      stores: this.world.stores,
      leases: this.world.stores.leases,
      logger: mockServices.logger.mock(),
    });
    adoptSeededGroups(sandbox);
    this.#seed = new Set(this.listEffects());
  }

  async start(): Promise<void> {
    const { stores, organizationId } = this.world;
    await makeContact(stores, this.world.clouds, organizationId);
    this.#calmSeed = new Set(await this.#listWithDigests());
    const keeping = {
      config: this.#config,
      stores: this.world.stores,
      planner: this.#planner,
      directory: this.#directory,
      clouds: this.world.provider(this.#config),
      logger: mockServices.logger.mock(),
    };
    const keeper = new MandateKeeper({ ...keeping, lookEveryMs: 50 });
    this.#keeper = keeper;
    this.world
      .engine({
        config: this.#config,
        planner: this.#planner,
        mandates: new MandateUses(keeping),
        keepRequests: claim => keeper.keep(claim),
        clouds: this.#watched(this.world.provider(this.#config)),
      })
      .start();
  }

  /**
   * Files a request and has the policy approve it.
   *
   * @returns undefined when it cannot be planned, or the policy asks somebody
   */
  async file(
    changes: Change[],
    duration: string | null,
  ): Promise<RequestRow | undefined> {
    const { stores, organizationId } = this.world;
    const of = {
      organizationId,
      teamRef: 'group:default/payments',
      requesterRef: 'user:default/ana',
    };
    const planned = await this.#planner.planFromClouds({
      ...of,
      duration,
      changes,
    });
    const { plan, digest, policy, problems } = planned;
    if (!plan || !policy?.autoApproved || problems.length > 0) return undefined;
    const id = randomUUID();
    const now = await stores.now();
    const request = await stores.transaction(async inner => {
      const row = await inner.requests.insert(
        {
          ...of,
          id,
          state: 'approved',
          stateReason: null,
          planVersion: 1,
          planDigest: digest!,
          requesterPersonId: personId('ana'),
          actor: null,
          title: 'A test asks for it',
          justification: 'A test needs it',
          ticket: null,
          duration,
          changes,
          copyOf: null,
          idempotencyKey: id,
          bodyDigest: digestOf(changes),
          createdAt: now,
          approvedAt: now,
          startsAt: null,
          endsAt: null,
        },
        { version: 1, digest: digest!, plan, policy, computedAt: now },
      );
      await inner.provisioning.footprints.reserveNames(
        organizationId,
        id,
        createdNames(plan),
      );
      return row;
    });
    this.#requests.push(request);
    return request;
  }

  async stop(): Promise<void> {
    await this.#keeper?.stop();
    await this.#refresher.stop();
    await this.world.stop();
  }

  /** Reads both clouds into the inventory. */
  async refreshInventory(): Promise<void> {
    await this.#refresher.requestRefresh(this.world.organizationId);
    await this.#refresher.runDue();
  }

  /** Requests that give access and may be given back. */
  async listActive(): Promise<RequestRow[]> {
    const rows = await this.#rows();
    return rows.filter(({ state }) => state === 'active');
  }

  /** Access groups that requests may name: two of the seed, and new ones. */
  async listGroupIds(): Promise<string[]> {
    const { stores } = this.world;
    const leases = await stores.leases.listLive(this.world.organizationId);
    const made = leases.flatMap(({ object }) =>
      object.kind === 'accessGroup' && object.entraGroupId
        ? [object.entraGroupId]
        : [],
    );
    return [...new Set([...SEEDED, ...made])].sort();
  }

  /** Lets everything come to rest; SCIM cycles pass meanwhile. */
  async settle(): Promise<void> {
    await this.world.until(async () => {
      // Time passes for Entra only: cycles of 40 minutes, calls per 10 seconds.
      this.#sandbox.clock.advance(60_000);
      this.#observe();
      const rows = await this.#rows();
      return rows.every(({ state }) => AT_REST.includes(state));
    }, 'every request to come to rest');
    // What was removed from Entra leaves AWS with the next cycle.
    this.#sandbox.clock.advance(41 * 60_000);
    this.#observe();
    for (const one of await this.#listWithDigests()) this.#calm.add(one);
  }

  /** Effects that were there at some moment and that no approved plan shows. */
  async findUnapproved(): Promise<Effect[]> {
    const shown = new Set<Effect>([...this.#seed, ...this.#calmSeed]);
    for (const row of await this.#rows()) {
      for (let version = 1; version <= row.planVersion; version += 1) {
        const { plan, policy } = await this.world.stores.requests.getPlan(
          row.id,
          version,
        );
        if (policy.autoApproved) effectsOf(plan).forEach(one => shown.add(one));
      }
    }
    return [...this.#seen, ...this.#calm]
      .filter(effect => !shown.has(effect))
      .sort();
  }

  /** Objects that live leases need and that are not there. */
  async findMissing(): Promise<LeaseObject[]> {
    const leases = await this.world.stores.leases.listLive(
      this.world.organizationId,
    );
    return leases
      .map(({ object }) => object)
      .filter(object => !this.#isThere(object));
  }

  /** Effects beyond the seed that no live lease is a reason for. */
  async findLeft(): Promise<Effect[]> {
    const leases = await this.world.stores.leases.listLive(
      this.world.organizationId,
    );
    const kept = new Set(leases.map(({ objectKey }) => objectKey));
    return this.#sandbox.store
      .all<{ account: string; arn: string; kind: string; id: string }>(
        `SELECT account_id AS account, permission_set_arn AS arn,
                principal_type AS kind, principal_id AS id
           FROM aws_account_assignments WHERE created_at > ?`,
        [this.#startedAt],
      )
      .map(
        ({ account, arn, kind, id }) =>
          `${
            kind === 'USER' ? 'userAssignment' : 'assignment'
          }/${account}/${arn}/${id}`,
      )
      .filter(key => !kept.has(key));
  }

  listEffects(): Effect[] {
    return this.#sandbox.store
      .all<{ person: string; account: string; name: string }>(
        `SELECT u.external_id AS person, a.account_id AS account, s.name
           FROM aws_account_assignments a
           JOIN aws_permission_sets s ON s.arn = a.permission_set_arn
           JOIN identity_store_memberships m
             ON a.principal_type = 'GROUP' AND m.group_id = a.principal_id
           JOIN identity_store_users u ON u.user_id = m.user_id
         UNION
         SELECT u.external_id, a.account_id, s.name
           FROM aws_account_assignments a
           JOIN aws_permission_sets s ON s.arn = a.permission_set_arn
           JOIN identity_store_users u
             ON a.principal_type = 'USER' AND u.user_id = a.principal_id`,
      )
      .map(({ person, account, name }) => `${person} ${name} ${account}`);
  }

  /** A permission set as it is now, to ask for a change of it. */
  async describeSet(arn: string): Promise<PermissionSetDocument> {
    return this.world.clouds.aws.describePermissionSet(arn);
  }

  async #listWithDigests(): Promise<Effect[]> {
    const { aws } = this.world.clouds;
    const digests = new Map<string, string>();
    const sets = this.#sandbox.store.all<{
      arn: string;
      name: string;
      revision: number;
    }>('SELECT arn, name, revision FROM aws_permission_sets');
    for (const { arn, name, revision } of sets) {
      // Only what has changed is read again: a set is six calls.
      const key = `${arn}/${revision}`;
      const digest =
        this.#digests.get(key) ??
        digestOf(await aws.describePermissionSet(arn));
      this.#digests.set(key, digest);
      digests.set(name, digest);
    }
    return this.listEffects().map(
      effect => `${effect} ${digests.get(effect.split(' ')[1])}`,
    );
  }

  readonly #startedAt = Date.now();

  async #rows(): Promise<RequestRow[]> {
    return Promise.all(
      this.#requests.map(
        async ({ id }) => (await this.world.stores.requests.get(id))!,
      ),
    );
  }

  #observe(): void {
    this.listEffects().forEach(effect => this.#seen.add(effect));
  }

  /** Looks at AWS after every call that the engine makes. */
  #watched(provider: CloudsProvider): CloudsProvider {
    const watch = <T extends object>(target: T): T =>
      new Proxy(target, {
        get: (_, name) => {
          const value = (target as any)[name];
          if (typeof value !== 'function') return value;
          return (...args: unknown[]) => {
            const answer = value.apply(target, args);
            return answer instanceof Promise
              ? answer.finally(() => this.#observe())
              : answer;
          };
        },
      });
    return {
      forOrganization: (id, purpose): OrganizationClouds => {
        const { aws, entra, gate } = provider.forOrganization(id, purpose);
        return { aws: watch(aws), entra: watch(entra), gate };
      },
    };
  }

  #isThere(object: LeaseObject): boolean {
    const { store } = this.#sandbox;
    switch (object.kind) {
      case 'accessGroup':
        return exists('entra_groups', { id: object.entraGroupId });
      case 'membership':
        return exists('entra_group_members', {
          group_id: object.entraGroupId,
          member_id: object.entraUserId,
        });
      case 'applicationAssignment':
        return exists('entra_app_role_assignments', {
          principal_id: object.entraGroupId,
        });
      case 'permissionSet':
        return exists('aws_permission_sets', { arn: object.arn });
      default:
        return exists('aws_account_assignments', {
          account_id: object.accountId,
          permission_set_arn: object.permissionSetArn,
          principal_id:
            object.kind === 'userAssignment'
              ? object.storeUserId
              : object.storeGroupId,
        });
    }

    function exists(table: string, columns: Record<string, string | null>) {
      const where = Object.keys(columns)
        .map(column => `${column} = ?`)
        .join(' AND ');
      const row = store.get(
        `SELECT 1 FROM ${table} WHERE ${where}`,
        Object.values(columns),
      );
      return row !== undefined;
    }
  }
}

/** Requests may name only groups that nobody else owns. */
function adoptSeededGroups({ store }: RunningSandbox): void {
  const { servicePrincipalId } = exampleClouds.entra.portal;
  for (const groupId of SEEDED) {
    store.run('DELETE FROM entra_group_owners WHERE group_id = ?', [groupId]);
    store.run(
      `INSERT INTO entra_group_owners (group_id, owner_id, owner_type, created_at)
       VALUES (?, ?, 'servicePrincipal', 0)`,
      [groupId, servicePrincipalId],
    );
  }
}

function effectsOf(plan: Plan): Effect[] {
  const nameOf = (arn: string) =>
    plan.permissionSets.find(set => set.arn === arn)?.name ?? arn;
  return plan.gains.flatMap(gain => {
    const effect = `${gain.entraUserId} ${nameOf(gain.permissionSetArn)} ${
      gain.accountId
    }`;
    return [effect, `${effect} ${gain.documentDigest}`];
  });
}
