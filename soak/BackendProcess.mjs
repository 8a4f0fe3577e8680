import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';

/** One replica, started and killed again and again at the same port. */
export class BackendProcess {
  #file;
  #config;
  #log;
  #child;
  #environment;

  /** Whether it takes calls. */
  isReady = false;
  starts = 0;
  /** How long the last start took, in milliseconds: how fast this machine is now. */
  startMs = 1_000;

  constructor({ file, config, logFile, cacheFolder }) {
    this.#file = file;
    this.#config = config;
    this.#log = openSync(logFile, 'w');
    this.#environment = {
      ...process.env,
      NODE_ENV: 'development',
      NODE_OPTIONS: '--enable-source-maps',
      NODE_COMPILE_CACHE: cacheFolder,
    };
    this.url = config.backend.baseUrl;
  }

  /**
   * Starts it; it may be killed before it is ready.
   *
   * @returns whether it became ready
   */
  async start() {
    const begunAt = performance.now();
    const child = fork(this.#file, {
      env: this.#environment,
      stdio: ['ignore', this.#log, this.#log, 'ipc'],
    });
    this.#child = child;
    this.starts += 1;
    child.send(this.#config);
    const ready = await Promise.race([
      once(child, 'message').then(() => true),
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
