import PQueue from 'p-queue';

/**
 * Which calls go first when one limiter serves both: what changes access waits
 * for nothing but its own kind; the inventory takes what is left.
 */
export type CallPurpose = 'provisioning' | 'inventory';

const PRIORITIES: Record<CallPurpose, number> = {
  provisioning: 10,
  inventory: 0,
};

/** Slices of a second over which the rate is kept, so that calls do not come in bursts. */
const SLICES_PER_SECOND = 6;

/**
 * Keeps the calls of one organization to one service below a rate. All clients
 * of the organization share it, because the cloud counts them together.
 */
export class RequestLimiter {
  readonly #queue: PQueue;

  constructor(options: { requestsPerSecond: number; concurrency: number }) {
    const intervalCap = Math.max(
      1,
      Math.floor(options.requestsPerSecond / SLICES_PER_SECOND),
    );
    this.#queue = new PQueue({
      concurrency: options.concurrency,
      intervalCap,
      interval: (1000 * intervalCap) / options.requestsPerSecond,
    });
  }

  /** Runs the call when its turn comes. */
  run<T>(purpose: CallPurpose, call: () => Promise<T>): Promise<T> {
    return this.#queue.add(call, { priority: PRIORITIES[purpose] });
  }
}
