import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { inRepository } from '../scripts/lib/repository.mjs';

/** The weathers a soak can have, by what they are called in the sandbox. */
export const WEATHERS = { tuesday: 'ordinary-tuesday', storm: 'storm' };

/** Nothing disturbs who only looks. */
const CLEAR = {
  name: 'clear',
  limits: {
    ssoAdminRequestsPerSecond: 100_000,
    identityStoreRequestsPerSecond: 100_000,
    organizationsRequestsPerSecond: 100_000,
    cloudTrailRequestsPerSecond: 100_000,
  },
};

/** The clouds, in a process that outlives every backend. */
export class SandboxProcess {
  #child;

  static async start(logFile) {
    const log = openSync(logFile, 'w');
    const child = spawn(
      process.execPath,
      [
        inRepository('plugins/aws-access-sandbox/bin/aws-access-sandbox.js'),
        ...['--port', '0', '--operation-delay', '800', '--exit-with-parent'],
      ],
      { stdio: ['pipe', 'pipe', log] },
    );
    const lines = createInterface({ input: child.stdout });
    const [line] = await Promise.race([
      once(lines, 'line'),
      once(child, 'exit').then(() => {
        throw new Error(`The sandbox did not start: see ${logFile}`);
      }),
    ]);
    return new SandboxProcess(child, line.split(' ').at(-1));
  }

  constructor(child, url) {
    this.#child = child;
    this.url = url;
  }

  async setWeather(preset) {
    await this.#admin('PUT', 'weather', preset ? { preset } : CLEAR);
  }

  /** Time enough for the next SCIM cycle. */
  async passScimCycle() {
    await this.#admin('POST', 'clock/advance', { minutes: 41 });
  }

  async stop() {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill();
      await once(this.#child, 'exit');
    }
  }

  async #admin(method, path, body) {
    const response = await fetch(`${this.url}/sandbox/admin/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
  }
}
