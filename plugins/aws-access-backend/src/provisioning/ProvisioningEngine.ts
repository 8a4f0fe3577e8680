import { LoggerService } from '@backstage/backend-plugin-api';
import { randomUUID } from 'node:crypto';
import { LivePeople } from '../approvals/LivePeople';
import { CloudsProvider } from '../clouds/OrganizationClouds';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { RootStores } from '../database/Stores';
import { MandateUses } from '../mandates/MandateUses';
import { Claim } from '../organizations/OrganizationStore';
import { RequestPlanner } from '../planning/RequestPlanner';
import { StepAttempt } from '../metrics/EventMetrics';
import { OrganizationWorker } from './OrganizationWorker';
import { ApprovalReader } from './starting/whyNotApproved';
import { DEFAULT_PACE, ProvisioningPace } from './ProvisioningPace';

/** What provisioning needs; each organization gets a worker of its own. */
export interface ProvisioningEngineOptions {
  stores: RootStores;
  clouds: CloudsProvider;
  planner: RequestPlanner;
  /** Who decided on requests, and who may decide now. */
  approvals: ApprovalReader;
  /** Left out = nobody is looked up in Entra before a start. */
  people?: LivePeople;
  /** Left out = nothing starts under a mandate. */
  mandates?: Pick<MandateUses, 'actorOf' | 'whyNotAllowed'>;
  config: AwsAccessConfig;
  logger: LoggerService;
  /** Called when a request's changes of the clouds are seen there, so that the inventory may follow. */
  onCloudChanged?: (organizationId: string, requestId: string) => void;
  /** Told of every attempt at a step. */
  onAttempt?: (attempt: StepAttempt) => void;
  /**
   * Looks after requests, once in each round, which waits for it: whatever may be
   * silent for long is to be looked at beside it.
   *
   * @param round.mayLook - whether both clouds are known to be those of first
   *   contact, so that what they show counts
   */
  keepRequests?: (claim: Claim, round: { mayLook: boolean }) => Promise<void>;
  pace?: Partial<ProvisioningPace>;
  /** A name of this process alone, under which it claims organizations. */
  owner?: string;
}

/**
 * Carries out approved requests and takes away what has ended, in every
 * configured organization. Replicas may all run one: a claim in the database
 * lets one at a time work for an organization.
 */
export class ProvisioningEngine {
  readonly #workers = new Map<string, OrganizationWorker>();

  constructor(options: ProvisioningEngineOptions) {
    const { config, logger } = options;
    // One name for all workers of this process, and never the same one twice.
    const owner = options.owner ?? randomUUID();
    for (const [id, organization] of Object.entries(config.organizations)) {
      if (organization.writes === 'off') {
        logger.info(
          `Organization ${id} is read only (writes: off): approved requests are not carried out`,
        );
        continue;
      }
      this.#workers.set(
        id,
        new OrganizationWorker({
          ...options,
          organizationId: id,
          organization,
          owner,
          pace: { ...DEFAULT_PACE, ...options.pace },
        }),
      );
    }
  }

  start(): void {
    for (const worker of this.#workers.values()) worker.start();
  }

  /** Lets running attempts finish, and gives the claims back. */
  async stop(): Promise<void> {
    await Promise.all([...this.#workers.values()].map(worker => worker.stop()));
  }

  /** There may be work: look now instead of at the next poll. */
  wake(organizationId: string): void {
    this.#workers.get(organizationId)?.wake();
  }
}
