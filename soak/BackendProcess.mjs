import { once } from 'node:events';

/**
 * One replica, started and killed again and again at the same port. What it is
 * made of is for those who extend it.
 */
export class BackendProcess {
  #child;

  /** Whether it takes calls. */
  isReady = false;
  starts = 0;
  /** How long the last start took, in milliseconds: how fast this machine is now. */
  startMs = 1_000;

  /** @param config - as a portal's app-config */
  constructor(config) {
    this.url = config.backend.baseUrl;
  }

  /**
   * Starts it; it may be killed before it is ready.
   *
   * @returns whether it became ready
   */
  async start() {
    const begunAt = performance.now();
    const child = this.launch();
    this.#child = child;
    this.starts += 1;
    const ready = await Promise.race([
      this.whenReady(child).then(() => true),
      once(child, 'exit').then(([code]) => {
        if (code) throw new Error(`A backend ended by itself (${code})`);
        return false;
      }),
    ]);
    if (ready && this.#child === child) {
      this.isReady = true;
      this.startMs = performance.now() - begunAt;
    }
    return ready;
  }

  /** SIGKILL: nothing is finished, flushed or given back. */
  async kill() {
    const child = this.#child;
    this.isReady = false;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }
}
