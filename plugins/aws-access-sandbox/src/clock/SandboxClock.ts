import type { SandboxStore } from '../store/SandboxStore';

const OFFSET_KEY = 'clock.offsetMs';

/**
 * The time inside the sandbox: real time plus an offset that only grows and outlasts a restart.
 *
 * Everything that waits (asynchronous AWS operations, SCIM cycles, expiring tokens) reads this clock, so that a
 * demo or a test can move forty minutes ahead without waiting for them.
 *
 * @public
 */
export class SandboxClock {
  private offsetMs: number;

  constructor(
    private readonly store: SandboxStore,
    private readonly realNow: () => number = Date.now,
  ) {
    this.offsetMs = Number(store.getMeta(OFFSET_KEY) ?? '0');
  }

  /** Milliseconds since the epoch, as the sandbox sees them. */
  now(): number {
    return this.realNow() + this.offsetMs;
  }

  /** How far the sandbox is ahead of real time, in milliseconds. */
  offset(): number {
    return this.offsetMs;
  }

  /**
   * Moves the clock ahead.
   *
   * @param milliseconds - how far; whole and not negative
   * @throws RangeError for anything else: time that runs backwards would undo finished operations
   */
  advance(milliseconds: number): void {
    if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) {
      throw new RangeError(
        `The clock can only move forward by whole milliseconds, not by ${milliseconds}`,
      );
    }
    this.offsetMs += milliseconds;
    this.store.setMeta(OFFSET_KEY, String(this.offsetMs));
  }

  /** Back to real time, for a sandbox that starts again from its seed. */
  reset(): void {
    this.offsetMs = 0;
    this.store.setMeta(OFFSET_KEY, '0');
  }
}
