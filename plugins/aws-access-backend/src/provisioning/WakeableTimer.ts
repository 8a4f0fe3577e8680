/** Waits until the next poll, or until something wakes it sooner. */
export class WakeableTimer {
  readonly #pollMs: number;
  #awake = false;
  #resolve: (() => void) | undefined;
  readonly #alarms = new Set<NodeJS.Timeout>();

  constructor(pollMs: number) {
    this.#pollMs = pollMs;
  }

  /** Ends the present wait, or the next one where none is under way. */
  wake(inMs: number): void {
    if (inMs <= 0) {
      this.#awake = true;
      this.#resolve?.();
      return;
    }
    // The poll comes sooner anyway.
    if (inMs >= this.#pollMs) return;
    const alarm = setTimeout(() => {
      this.#alarms.delete(alarm);
      this.wake(0);
    }, inMs);
    this.#alarms.add(alarm);
    alarm.unref();
  }

  async wait(): Promise<void> {
    if (!this.#awake) {
      await new Promise<void>(resolve => {
        const poll = setTimeout(resolve, this.#pollMs);
        this.#resolve = () => {
          clearTimeout(poll);
          resolve();
        };
      });
      this.#resolve = undefined;
    }
    this.#awake = false;
  }
}
