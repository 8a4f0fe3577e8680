import PQueue from 'p-queue';
import { setTimeout as delay } from 'node:timers/promises';
import { RecentCount } from './RecentCount';
import { RequestRate } from './RequestRate';

/**
 * Which calls go first when one limiter serves both: what changes access waits
 * for nothing but its own kind; the inventory takes what is left.
 */
export type CallPurpose = 'provisioning' | 'inventory';

const PRIORITIES: Record<CallPurpose, number> = {
  provisioning: 10,
  inventory: 0,
};

/** A call's place in the rate, through which it says what the cloud made of it. */
export interface CallTurn {
  /**
   * The call takes the place of so many: clouds weigh what they are asked. To be
   * said before the first wait.
   */
  costs(calls: number): void;
  /**
   * The cloud has refused the call for its rate: others slow down too.
   *
   * @param retryAfterMs - how long the cloud asked to be left alone
   */
  throttled(retryAfterMs?: number): void;
}

/** How calls to one service go, as far as this process knows. */
export interface CallPace {
  /** Calls that the cloud refused for their rate in the last hour. */
  refusedInLastHour: number;
  /** What this process allows itself now; none while the cloud asks to be left alone. */
  requestsPerSecond: number;
  /** What it allows itself when the cloud refuses nothing. */
  fullRequestsPerSecond: number;
}

/**
 * The cloud asks to be left alone for longer than the call waits: nothing was sent.
 */
export class TurnGivenBackError extends Error {
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('The cloud asks to be left alone for a while');
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Keeps the calls of one organization to one service below a rate, and below
 * what the cloud shows it can take: it counts the calls of this process together
 * with those of consoles, other tools and other replicas, which nobody here sees.
 * All clients of the organization share the limiter.
 */
export class RequestLimiter {
  readonly #rate: RequestRate;
  readonly #onThrottled: () => void;
  readonly #refused = new RecentCount();
  /** One call at a time waits for its moment, so that a more urgent one passes the others. */
  readonly #admission = new PQueue({ concurrency: 1 });
  readonly #calls: PQueue;

  constructor(options: {
    requestsPerSecond: number;
    concurrency: number;
    /** Told of every call that the cloud refused for its rate. */
    onThrottled?: () => void;
  }) {
    this.#rate = new RequestRate(options.requestsPerSecond);
    this.#onThrottled = options.onThrottled ?? (() => {});
    this.#calls = new PQueue({ concurrency: options.concurrency });
  }

  /**
   * Runs the call when its turn comes.
   *
   * @param patienceMs - the longest silence that a cloud has asked for which the
   *   call waits for; default any
   * @throws TurnGivenBackError instead of waiting for a longer one
   */
  async run<T>(
    purpose: CallPurpose,
    call: (turn: CallTurn) => Promise<T>,
    patienceMs = Infinity,
  ): Promise<T> {
    this.#requirePatience(patienceMs);
    const { result } = await this.#admission.add(
      async () => {
        this.#requirePatience(patienceMs);
        const wait = this.#rate.take();
        if (wait > 0) await delay(wait);
        const running = this.#calls.add(() => this.#begin(call));
        // It may fail before anybody looks; whoever called does.
        running.catch(() => {});
        // The next is admitted when this one has begun.
        await this.#calls.onEmpty();
        return { result: running };
      },
      { priority: PRIORITIES[purpose] },
    );
    return result;
  }

  /** How its calls go now. */
  get pace(): CallPace {
    const { silenceMs, requestsPerSecond, fullRequestsPerSecond } = this.#rate;
    return {
      refusedInLastHour: this.#refused.count,
      requestsPerSecond: silenceMs > 0 ? 0 : requestsPerSecond,
      fullRequestsPerSecond,
    };
  }

  #requirePatience(patienceMs: number): void {
    const { silenceMs } = this.#rate;
    if (silenceMs > patienceMs) throw new TurnGivenBackError(silenceMs);
  }

  #begin<T>(call: (turn: CallTurn) => Promise<T>): Promise<T> {
    const begunAt = performance.now();
    return call({
      costs: calls => this.#rate.charge(calls - 1),
      throttled: retryAfterMs => {
        this.#rate.slowDown(begunAt, retryAfterMs);
        this.#refused.add();
        this.#onThrottled();
      },
    });
  }
}
