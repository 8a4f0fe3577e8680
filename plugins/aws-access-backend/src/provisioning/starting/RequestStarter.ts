import { Duration } from 'luxon';
import PQueue from 'p-queue';
import { CloudError } from '../../clouds/CloudError';
import { FenceLostError } from '../../organizations/FenceLostError';
import { Claim } from '../../organizations/OrganizationStore';
import { OrganizationWorkerOptions } from '../OrganizationWorker';
import { backoff } from '../ProvisioningPace';
import { startRequest } from './startRequest';

/** Most requests that one round begins to start. */
const AT_ONCE = 100;
const PAGE = 500;

/** Starts approved requests, some at a time: each plans on live reads. */
export class RequestStarter {
  readonly #options: OrganizationWorkerOptions;
  readonly #wake: (inMs?: number) => void;
  readonly #queue = new PQueue({ concurrency: 2 });
  readonly #active = new Set<string>();
  /** Requests that could not be planned: how often, and when to try again. */
  readonly #failures = new Map<string, { count: number; after: number }>();
  /** Requests whose objects others hold, and who holds them. */
  readonly #waits = new Map<string, string[]>();

  constructor(
    options: OrganizationWorkerOptions,
    wake: (inMs?: number) => void,
  ) {
    this.#options = options;
    this.#wake = wake;
  }

  /**
   * Begins with the longest approved of those that can be started now: those that
   * wait, however many they are, keep no other from it.
   */
  async startApproved(claim: Claim): Promise<void> {
    const ready = await this.#listReady(claim.organizationId);
    for (const id of ready) {
      this.#active.add(id);
      this.#queue.add(() => this.#start(claim, id));
    }
    // Behind so many there may be more.
    if (ready.length === AT_ONCE) {
      this.#queue.onIdle().then(() => this.#wake());
    }
  }

  async idle(): Promise<void> {
    await this.#queue.onIdle();
  }

  /** Requests do not start for another reason now: afterwards each says anew why it waits. */
  forgetWaits(): void {
    this.#waits.clear();
  }

  async #listReady(organizationId: string): Promise<string[]> {
    const { footprints, work } = this.#options.stores.provisioning;
    const holders =
      this.#waits.size > 0
        ? await footprints.listHolders(organizationId)
        : new Set<string>();
    const seen = new Set<string>();
    const ready: string[] = [];
    for (let offset = 0; ready.length < AT_ONCE; offset += PAGE) {
      const page = await work.listApproved(organizationId, PAGE, offset);
      for (const id of page) {
        seen.add(id);
        const waits = this.#waits.get(id)?.some(other => holders.has(other));
        if (!waits && !this.#rests(id) && !this.#active.has(id)) ready.push(id);
      }
      if (page.length < PAGE) {
        this.#forgetOthers(seen);
        break;
      }
    }
    return ready.slice(0, AT_ONCE);
  }

  #rests(id: string): boolean {
    return (this.#failures.get(id)?.after ?? 0) > performance.now();
  }

  #forgetOthers(approved: Set<string>): void {
    for (const known of [this.#failures, this.#waits]) {
      for (const id of known.keys()) {
        if (!approved.has(id)) known.delete(id);
      }
    }
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
      this.#waits.delete(requestId);
      if (outcome.kind === 'later') {
        this.#waits.set(requestId, outcome.waitsFor);
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
