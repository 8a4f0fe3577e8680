import { LoggerService } from '@backstage/backend-plugin-api';
import { Plan, RequestState } from 'backstage-plugin-aws-access-common';
import {
  exampleAccounts,
  examplePeople,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { Knex } from 'knex';
import { DefaultCloudsProvider } from '../clouds/DefaultCloudsProvider';
import { CloudWrite, Sealing } from '../clouds/CloudWriteGate';
import {
  CloudsProvider,
  OrganizationClouds,
} from '../clouds/OrganizationClouds';
import { awsAccessConfigSchema } from '../config/AwsAccessConfig';
import { DatabaseStores } from '../database/DatabaseStores';
import { endAccess } from '../leases/endAccess';
import { planDigest } from '../planning/planDigest';
import { PlanResult } from '../planning/RequestPlanner';
import { collectPages } from '../clouds/collectPages';
import { NO_SEALS } from '../integrity/Seals';
import { DatabaseWriteAuthorizationVerifier } from '../provisioning/stores/DatabaseWriteAuthorizationVerifier';
import {
  ProvisioningEngine,
  ProvisioningEngineOptions,
} from '../provisioning/ProvisioningEngine';
import { ProvisioningPace } from '../provisioning/ProvisioningPace';
import { RequestRow } from '../requests/stores/RequestStore';
import { approveRequest, EMPTY_POLICY } from './approveRequest';
import { CrashPoint } from './CrashPoint';
import { accountId, permissionSetArn, planOf, RequestedAccess } from './planOf';
import { sandboxConfig } from './sandboxConfig';

/** Nobody in a test waits for what takes seconds in a cloud. */
const TEST_PACE: ProvisioningPace = {
  backoffMs: 5,
  maxBackoffMs: 50,
  operationMs: 5,
  scimMs: 5,
  settleMs: 100,
  refusedRemovalMs: 20,
  leaversMs: 500,
  contactMs: 300_000,
};

/** Dying workers have much to say. */
const QUIET: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => QUIET,
};

/** A database, a sandbox and real clients, to carry out requests between them. */
export class ProvisioningWorld {
  readonly organizationId = 'parcel';
  readonly stores: DatabaseStores;
  readonly #plans = new Map<string, Plan>();
  readonly #engines: Array<{ engine: ProvisioningEngine; crash: CrashPoint }> =
    [];

  constructor(
    readonly knex: Knex,
    readonly sandbox: Pick<RunningSandbox, 'url'>,
  ) {
    this.stores = new DatabaseStores(knex, NO_SEALS);
  }

  static async startSandbox(): Promise<RunningSandbox> {
    return startSandbox({
      operationDelayMs: 10,
      limits: {
        ssoAdminRequestsPerSecond: 100_000,
        identityStoreRequestsPerSecond: 100_000,
      },
    });
  }

  config(changes: Parameters<typeof sandboxConfig>[1] = {}) {
    return awsAccessConfigSchema.parse({
      ...sandboxConfig(this.sandbox.url, changes),
      worker: { pollSeconds: 0.1, claimSeconds: 60 },
    });
  }

  /** Clients as the engine has them, every write through the gate. */
  provider(config = this.config()) {
    return new DefaultCloudsProvider({
      config,
      verifier: new DatabaseWriteAuthorizationVerifier(this.knex, NO_SEALS),
      graphUnitsPerSecond: 10_000,
      // A write that a test holds up leaves in the end, however slow the machine.
      sealMs: 60_000,
    });
  }

  get clouds(): OrganizationClouds {
    return this.provider().forOrganization(this.organizationId);
  }

  /** What somebody else does in the clouds, past this product. */
  async outside<T>(
    write: CloudWrite,
    send: (clouds: OrganizationClouds, seal: Sealing) => Promise<T>,
  ): Promise<T> {
    const clouds = new DefaultCloudsProvider({
      config: this.config(),
      verifier: { verify: async () => {} },
    }).forOrganization(this.organizationId);
    const claim = {
      organizationId: this.organizationId,
      intentId: '',
      epoch: 0,
    };
    return send(clouds, () => clouds.gate.authorize(claim, write));
  }

  /** An approved request for access as the planner would plan it. */
  async approve(access: RequestedAccess): Promise<RequestRow> {
    return this.approvePlan(planOf(access));
  }

  /** An approved request of any plan. */
  async approvePlan(plan: Plan): Promise<RequestRow> {
    return approveRequest(this.stores, plan);
  }

  /** Makes the planner say something else when the request starts. */
  replan(requestId: string, access: RequestedAccess): void {
    this.#plans.set(requestId, planOf(access));
  }

  engine(
    options: {
      crash?: CrashPoint;
      config?: ProvisioningEngineOptions['config'];
      clouds?: CloudsProvider;
      pace?: Partial<ProvisioningPace>;
    } & Partial<
      Pick<
        ProvisioningEngineOptions,
        'planner' | 'approvals' | 'mandates' | 'keepRequests'
      >
    > = {},
  ): ProvisioningEngine {
    const crash =
      options.crash ?? new CrashPoint({ at: 'commit', n: 0, side: 'after' });
    const config = options.config ?? this.config();
    const engine = new ProvisioningEngine({
      stores: crash.stores(this.stores),
      clouds: crash.clouds(options.clouds ?? this.provider(config)),
      planner: options.planner ?? {
        planFromInventory: async () => {
          throw new Error('Provisioning plans on live reads only');
        },
        planFromClouds: async ({ requestId }): Promise<PlanResult> => {
          const request = (await this.stores.requests.get(requestId!))!;
          const approved = await this.stores.requests.getPlan(
            request.id,
            request.planVersion,
          );
          const other = this.#plans.get(request.id);
          const plan = other ?? approved.plan;
          return {
            plan,
            digest: planDigest(plan),
            policy: { ...EMPTY_POLICY, autoApproved: other === undefined },
            problems: [],
            asOf: null,
          };
        },
      },
      approvals: options.approvals ?? {
        // The policy of these tests asks nobody.
        read: async () => ({ decisions: [], stages: [] }),
      },
      mandates: options.mandates,
      keepRequests: options.keepRequests,
      config,
      logger: QUIET,
      pace: { ...TEST_PACE, ...options.pace },
    });
    this.#engines.push({ engine, crash });
    return engine;
  }

  /** As if the claim's time had passed: the next engine takes over. */
  async expireClaim(): Promise<void> {
    await this.knex('aws_access_organizations').update({
      claim_until: '2000-01-01T00:00:00.000Z',
    });
  }

  /**
   * A fresh engine takes over from the one at work. That one goes on renewing its
   * claim until the other has it, so the claim runs out as often as it must.
   */
  async takeOver(): Promise<void> {
    const organizations = () => this.knex('aws_access_organizations');
    const { claim_owner: before } = await organizations().first('claim_owner');
    this.engine().start();
    await this.until(async () => {
      await organizations()
        .where({ claim_owner: before })
        .update({ claim_until: '2000-01-01T00:00:00.000Z' });
      const { claim_owner: now } = await organizations().first('claim_owner');
      return now !== null && now !== before;
    }, 'another engine to take over');
  }

  /** As if the request's time had passed. */
  async passEnd(requestId: string): Promise<void> {
    const past = { ends_at: '2000-01-01T00:00:00.000Z' };
    await this.knex('aws_access_requests').where('id', requestId).update(past);
    await this.knex('aws_access_leases')
      .where('request_id', requestId)
      .update(past);
  }

  async state(requestId: string): Promise<RequestState> {
    return (await this.stores.requests.get(requestId))!.state;
  }

  /** Waits until the request is in one of the states. */
  async untilState(
    requestId: string,
    ...states: RequestState[]
  ): Promise<RequestRow> {
    return this.until(async () => {
      const request = (await this.stores.requests.get(requestId))!;
      return states.includes(request.state) ? request : undefined;
    }, `request to be ${states}`);
  }

  /**
   * Waits until the request is in one of the states while time passes in Entra:
   * SCIM carries to AWS with its cycle who has left a group.
   */
  async untilScim(
    { clock }: Pick<RunningSandbox, 'clock'>,
    requestId: string,
    ...states: RequestState[]
  ): Promise<RequestRow> {
    return this.until(async () => {
      clock.advance(60_000);
      const request = (await this.stores.requests.get(requestId))!;
      return states.includes(request.state) ? request : undefined;
    }, `request to be ${states} after a SCIM cycle`);
  }

  /** Waits for a condition; the test's own time limit ends it. */
  async until<T>(
    condition: () => Promise<T | undefined | false>,
    what: string,
  ): Promise<T> {
    const started = performance.now();
    for (;;) {
      const value = await condition();
      if (value) return value;
      if (performance.now() - started > 20_000) {
        throw new Error(
          `Waited in vain for ${what}: ${await this.describeSteps()}`,
        );
      }
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }

  /**
   * Lets one engine work until it dies at the point, or until the request is in
   * the state, and then a fresh one until the request is there.
   */
  async dieAndContinue(
    crash: CrashPoint,
    requestId: string,
    state: RequestState,
  ): Promise<void> {
    const first = this.engine({ crash });
    first.start();
    await Promise.race([crash.death, this.untilState(requestId, state)]);
    const died = crash.reached;
    crash.kill();
    await first.stop().catch(() => {});
    await this.expireClaim();
    if (!died) return;
    const second = this.engine();
    second.start();
    await this.untilState(requestId, state);
    await second.stop();
  }

  /** Kinds of the objects whose writes of the phase were seen in a cloud. */
  async listWrites(
    requestId: string,
    phase: 'grant' | 'removal',
  ): Promise<string[]> {
    const rows = await this.knex({ intent: 'aws_access_intents' })
      .join('aws_access_steps as step', 'step.id', 'intent.step_id')
      .join('aws_access_leases as lease', join =>
        join
          .on('lease.object_key', 'intent.object_key')
          .andOn('lease.request_id', 'step.request_id'),
      )
      .where({ 'step.request_id': requestId, 'step.phase': phase })
      .andWhere('intent.state', 'confirmed')
      .select('lease.object_kind');
    return rows.map(row => row.object_kind).sort();
  }

  async describeSteps(): Promise<string> {
    const rows = await this.knex('aws_access_steps')
      .whereNotIn('state', ['done', 'skipped'])
      .select('phase', 'kind', 'state', 'detail', 'cloud_message');
    const requests = await this.knex('aws_access_requests').select(
      'number',
      'state',
      'state_reason',
    );
    return JSON.stringify({ rows, requests: requests.slice(-3) }, null, 1);
  }

  /** What both clouds show of an access group, through their own APIs. */
  async look(groupName: string, permissionSet = 'ReadOnly') {
    const { aws, entra } = this.clouds;
    const groups = await entra.findGroupsByDisplayName(groupName);
    const [group] = groups;
    const storeGroup = group
      ? await aws.findStoreGroupByExternalId(group.groupId)
      : (await collectPages(aws.listStoreGroups())).find(
          ({ displayName }) => displayName === groupName,
        );
    const assignments = [];
    for (const { id } of exampleAccounts) {
      const listed = await collectPages(
        aws.listAssignments(id, permissionSetArn(permissionSet)),
      );
      assignments.push(
        ...listed.filter(one => one.principalId === storeGroup?.groupId),
      );
    }
    return {
      groups: groups.length,
      members: group
        ? (await collectPages(entra.listMembers(group.groupId)))
            .map(user => nameOf(user.userId))
            .sort()
        : [],
      inApplication: group
        ? Boolean(await entra.findApplicationAssignment(group.groupId))
        : false,
      accounts: assignments
        .map(
          one => exampleAccounts.find(({ id }) => id === one.accountId)!.name,
        )
        .sort(),
    };
  }

  /** Names of people who have the permission set in the account directly. */
  async listElevated(
    account: string,
    permissionSet = 'ReadOnly',
  ): Promise<string[]> {
    const { aws } = this.clouds;
    const listed = await collectPages(
      aws.listAssignments(accountId(account), permissionSetArn(permissionSet)),
    );
    const users = new Map(
      (await collectPages(aws.listStoreUsers())).map(user => [
        user.userId,
        user.externalId,
      ]),
    );
    return listed
      .filter(one => one.principalType === 'USER')
      .map(one => nameOf(users.get(one.principalId)!))
      .sort();
  }

  /** Gives a request's access back. */
  async giveBack(requestId: string): Promise<void> {
    await this.stores.transaction(async stores =>
      endAccess(stores, {
        request: (await stores.requests.get(requestId))!,
        actorRef: 'user:default/ana',
        kind: 'returned',
        text: 'Given back',
      }),
    );
  }

  async stop(): Promise<void> {
    for (const { engine, crash } of this.#engines) {
      crash.kill();
      await engine.stop().catch(() => {});
    }
  }
}

function nameOf(entraId: string): string {
  return examplePeople.find(person => person.entraId === entraId)!.name;
}
