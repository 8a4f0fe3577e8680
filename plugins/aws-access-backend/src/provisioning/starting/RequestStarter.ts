import { Duration } from 'luxon';
import PQueue from 'p-queue';
import { CloudError } from '../../clouds/CloudError';
import { FenceLostError } from '../../organizations/FenceLostError';
import { Claim } from '../../organizations/OrganizationStore';
import { OrganizationWorkerOptions } from '../OrganizationWorker';
import { backoff } from '../ProvisioningPace';
import { startRequest } from './startRequest';

const AT_ONCE = 100;

/** Starts approved requests, some at a time: each plans on live reads. */
export class RequestStarter {
  readonly #options: OrganizationWorkerOptions;
  readonly #wake: (inMs?: number) => void;
  readonly #queue = new PQueue({ concurrency: 2 });
  readonly #active = new Set<string>();
  /** Requests that could not be planned: how often, and when to try again. */
  readonly #failures = new Map<string, { count: number; after: number }>();

  constructor(
    options: OrganizationWorkerOptions,
    wake: (inMs?: number) => void,
  ) {
    this.#options = options;
    this.#wake = wake;
  }

  async startApproved(claim: Claim): Promise<void> {
    const { stores } = this.#options;
    const approved = await stores.provisioning.work.listApproved(
      claim.organizationId,
      AT_ONCE,
    );
    for (const id of this.#failures.keys()) {
      if (!approved.includes(id)) this.#failures.delete(id);
    }
    for (const id of approved) {
      const rests = (this.#failures.get(id)?.after ?? 0) > performance.now();
      if (!rests && !this.#active.has(id)) {
        this.#active.add(id);
        this.#queue.add(() => this.#start(claim, id));
      }
    }
  }

  async idle(): Promise<void> {
    await this.#queue.onIdle();
  }

  /** Nothing waits in silence: who looks at the request reads why. */
  #explain(requestId: string, reason: string): Promise<void> {
    return this.#options.stores.requests.explainState(
      { id: requestId, state: 'approved' },
      reason,
    );
  }

  async #start(claim: Claim, requestId: string): Promise<void> {
    const { approvals, config, logger, mandates, pace, people, planner } =
      this.#options;
    const { stores } = this.#options;
    try {
      const outcome = await startRequest(
        {
          stores,
          planner,
          approvals,
          mandates,
          people,
          claim,
          isDryRun: this.#options.organization.writes === 'dry-run',
          grantSeconds: Duration.fromISO(config.requests.lapseApprovedAfter).as(
            'seconds',
          ),
        },
        requestId,
      );
      if (outcome.kind === 'started') this.#wake();
      if (outcome.kind === 'later') {
        await this.#explain(
          requestId,
          'It waits until another request that touches the same access is set up or taken away.',
        );
      }
    } catch (error) {
      const count = (this.#failures.get(requestId)?.count ?? 0) + 1;
      const waitMs = Math.max(
        backoff(pace, count),
        (error instanceof CloudError && error.retryAfterMs) || 0,
      );
      this.#failures.set(requestId, {
        count,
        after: performance.now() + waitMs,
      });
      if (!(error instanceof FenceLostError)) {
        logger.warn(`Request ${requestId} could not start yet: ${error}`);
        await this.#explain(
          requestId,
          error instanceof CloudError
            ? `It could not start yet: ${error.message}. Tried again by itself.`
            : 'It could not start yet: something went wrong inside this product. Tried again by itself.',
        ).catch(failure =>
          logger.warn(`Not even that could be said: ${failure}`),
        );
      }
      this.#wake(waitMs);
    } finally {
      this.#active.delete(requestId);
    }
  }
}
