import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { inRepository } from '../scripts/lib/repository.mjs';
import { BackendProcess } from './BackendProcess.mjs';

const ASK_EVERY_MS = 200;
/** The portal's tokens live for an hour. */
const TOKEN_MS = 30 * 60_000;

/** The whole example portal: catalog, sign-in, scaffolder, notifications and all. */
export class PortalProcess extends BackendProcess {
  #configFile;
  #log;
  #environment;
  #tokens = new Map();

  /** @param people - refs of everybody who signs in during the soak */
  constructor({ config, people, logFile, configFile, sandboxUrl, folder }) {
    super(config);
    this.#log = openSync(logFile, 'w');
    this.#configFile = configFile;
    // JSON is YAML.
    writeFileSync(
      configFile,
      JSON.stringify({
        ...config,
        auth: { providers: { demo: { people: people.map(asPerson) } } },
      }),
    );
    this.#environment = {
      ...process.env,
      NODE_ENV: 'development',
      AWS_ACCESS_PARENT_PID: String(process.pid),
      AWS_ACCESS_PORTAL_PORT: String(config.backend.listen.port),
      AWS_ACCESS_SANDBOX_URL: sandboxUrl,
      AWS_ACCESS_STATE: folder,
    };
  }

  launch() {
    return spawn(
      process.execPath,
      [
        '--enable-source-maps',
        ...['--import', inRepository('scripts/lib/endWithParent.mjs')],
        '--require',
        inRepository(
          'node_modules/@backstage/cli-node/config/nodeTransform.cjs',
        ),
        'src/index.ts',
        ...['app-config.yaml', 'app-config.demo.yaml'].flatMap(file => [
          '--config',
          inRepository(file),
        ]),
        ...['--config', this.#configFile],
      ],
      {
        cwd: inRepository('examples/portal/backend'),
        env: this.#environment,
        stdio: ['ignore', this.#log, this.#log],
      },
    );
  }

  /** Until somebody can sign in: ready is not signed in. */
  async whenReady(child) {
    while (child.exitCode === null && child.signalCode === null) {
      if (await this.#signIn('ida').catch(() => undefined)) return;
      await delay(ASK_EVERY_MS);
    }
    // The end is told by whoever listens to it.
    await once(child, 'close');
  }

  async tokenOf(person) {
    const known = this.#tokens.get(person);
    if (known && known.since > Date.now() - TOKEN_MS) return known.token;
    const token = await this.#signIn(person);
    this.#tokens.set(person, { token, since: Date.now() });
    return token;
  }

  async #signIn(person) {
    const response = await fetch(`${this.url}/api/auth/demo/refresh`, {
      headers: {
        'x-demo-person': `user:default/${person}`,
        'x-requested-with': 'XMLHttpRequest',
      },
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`${person}: ${response.status}`);
    return (await response.json()).backstageIdentity.token;
  }
}

function asPerson(name) {
  const entityRef = `user:default/${name}`;
  return { entityRef, name, about: 'Takes part in the soak.' };
}
