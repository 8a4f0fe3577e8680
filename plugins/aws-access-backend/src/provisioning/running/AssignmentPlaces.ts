import { IntentRow } from '../stores/IntentStore';
import { StepRow } from '../stores/StepStore';
import { StepWaitError } from './StepWaitError';

interface Waiter {
  step: StepRow;
  resolve: () => void;
  reject: (error: Error) => void;
}

/** A step that has a place; the request is unknown of what was begun elsewhere. */
interface Holder {
  stepId: string;
  requestId?: string;
}

/**
 * The few creations that AWS works on at once. Attempts wait here with everything
 * ready, so that a place is filled at the moment it is free; the request that has
 * the fewest gets it, so that one does not wait behind a thousand. Kept in memory
 * for the pace: the limit itself is held when an intent is recorded.
 */
export class AssignmentPlaces {
  readonly #limit: number;
  readonly #onShort: () => void;
  readonly #holders = new Map<string, Holder>();
  #waiters: Waiter[] = [];
  #isClosed = false;

  /**
   * @param options.limit - how many creations may be unfinished
   * @param options.onShort - told when few are left that wait
   */
  constructor(options: { limit: number; onShort: () => void }) {
    this.#limit = options.limit;
    this.#onShort = options.onShort;
  }

  /**
   * Waits for a place. A step that has one keeps it.
   *
   * @throws StepWaitError when it was sent away
   */
  async take(step: StepRow): Promise<void> {
    if (this.#isClosed) throw sentAway();
    if (this.#holders.has(step.id)) return;
    await new Promise<void>((resolve, reject) => {
      this.#waiters.push({ step, resolve, reject });
      this.#fill();
    });
  }

  /** Others may have the place. */
  giveBack(stepId: string): void {
    if (this.#holders.delete(stepId)) this.#fill();
  }

  isWaiting(stepId: string): boolean {
    return this.#waiters.some(({ step }) => step.id === stepId);
  }

  /** Ends the wait of those that need not wait any more. */
  sendAway(isMeant: (step: StepRow) => boolean): void {
    const away = this.#waiters.filter(({ step }) => isMeant(step));
    this.#waiters = this.#waiters.filter(({ step }) => !isMeant(step));
    away.forEach(({ reject }) => reject(sentAway()));
  }

  /**
   * Believes the database about what was begun before this process, or is over
   * without it.
   *
   * @param intents - outstanding
   * @param isActive - whether a step is being attempted here
   */
  agreeWith(intents: IntentRow[], isActive: (stepId: string) => boolean): void {
    const holding = new Set(
      intents.filter(holdsPlace).map(({ stepId }) => stepId),
    );
    for (const stepId of holding) {
      if (!this.#holders.has(stepId)) this.#holders.set(stepId, { stepId });
    }
    for (const stepId of this.#holders.keys()) {
      if (!holding.has(stepId) && !isActive(stepId)) {
        this.#holders.delete(stepId);
      }
    }
    this.#fill();
  }

  /** Nobody gets a place any more: whoever goes on with the work begins anew. */
  close(): void {
    this.#isClosed = true;
    this.clear();
  }

  /** Forgets who has places: the claim is another one. */
  clear(): void {
    this.sendAway(() => true);
    this.#holders.clear();
  }

  #fill(): void {
    while (this.#holders.size < this.#limit && this.#waiters.length > 0) {
      const { step, resolve } = this.#next();
      this.#holders.set(step.id, {
        stepId: step.id,
        requestId: step.requestId,
      });
      resolve();
      if (this.#waiters.length < this.#limit / 2) this.#onShort();
    }
  }

  /** The longest waiting of the request that has the fewest places. */
  #next(): Waiter {
    const has = (waiter: Waiter) =>
      [...this.#holders.values()].filter(
        ({ requestId }) => requestId === waiter.step.requestId,
      ).length;
    const next = this.#waiters.reduce((best, waiter) =>
      has(waiter) < has(best) ? waiter : best,
    );
    this.#waiters = this.#waiters.filter(waiter => waiter !== next);
    return next;
  }
}

function sentAway(): StepWaitError {
  return new StepWaitError('Waits for a place among what AWS works on', 0);
}

/** What AWS is known to be done with holds no place, seen in its lists or not. */
export function holdsPlace(intent: IntentRow): boolean {
  return intent.result?.isOver !== true;
}
