import path from 'node:path';
import { appBuild, appNeedsBuild } from './buildApp.mjs';
import { readPeople, signInSucceeds } from './people.mjs';
import { refuseTakenPort } from './ports.mjs';
import { inRepository } from './repository.mjs';
import { startService } from './startService.mjs';
import { claimStateFolder } from './stateFolder.mjs';
import { waitUntil } from './waitUntil.mjs';

/**
 * The demo's processes: the sandbox clouds and, in front of them, the portal's
 * backend, which also serves the app. They start in this order and end in the
 * reverse one, so that the portal never sees its clouds vanish.
 */
export class Demo {
  #settings;
  #say;
  #services = [];
  #release = () => {};
  #ending;

  constructor(settings, say) {
    this.#settings = settings;
    this.#say = say;
  }

  /** Resolves when somebody listed can really sign in, not merely when ports answer. */
  async start() {
    const { portalPort, sandboxPort, state } = this.#settings;
    await refuseTakenPort(portalPort, 'the portal', 'AWS_ACCESS_PORTAL_PORT');
    await refuseTakenPort(
      sandboxPort,
      'the sandbox',
      'AWS_ACCESS_SANDBOX_PORT',
    );
    this.#release = claimStateFolder(state);

    await this.#buildApp();
    await this.#startSandbox();
    await this.#startPortal();
  }

  /** Resolves with the name and the reason when a part ends by itself. */
  async firstEnd() {
    return Promise.race(
      this.#services.map(async service => ({
        service,
        reason: await service.ended,
      })),
    );
  }

  /** Ends everything; safe to call at any time and more than once. */
  async stop() {
    this.#ending ??= (async () => {
      for (const service of [...this.#services].reverse()) {
        await service.stop();
      }
      this.#release();
    })();
    return this.#ending;
  }

  async #buildApp() {
    if (!appNeedsBuild()) {
      return;
    }
    this.#say("Building the portal's app, about 20 seconds ...");
    const build = appBuild(this.#settings.state);
    const service = this.#begin(build.service);
    build.finish(service, await service.ended);
    this.#services = this.#services.filter(other => other !== service);
  }

  async #startSandbox() {
    this.#say('Starting the sandbox: AWS and Entra, emulated ...');
    const { sandboxPort, sandboxState, sandboxUrl, state } = this.#settings;
    const service = this.#begin({
      name: 'sandbox',
      args: [
        inRepository('plugins/aws-access-sandbox/bin/aws-access-sandbox.js'),
        '--port',
        String(sandboxPort),
        '--state',
        sandboxState,
        '--seed',
        'example',
        '--exit-with-parent',
      ],
      log: path.join(state, 'sandbox.log'),
    });
    await waitUntil(() => fetch(`${sandboxUrl}/sandbox`), {
      service,
      what: 'it answered',
    });
  }

  async #startPortal() {
    this.#say('Starting the portal ...');
    const { portalPort, sandboxUrl, state } = this.#settings;
    const service = this.#begin({
      name: 'portal',
      args: [
        '--enable-source-maps',
        '--import',
        inRepository('scripts/lib/endWithParent.mjs'),
        '--require',
        inRepository(
          'node_modules/@backstage/cli-node/config/nodeTransform.cjs',
        ),
        'src/index.ts',
        '--config',
        inRepository('app-config.yaml'),
        '--config',
        inRepository('app-config.demo.yaml'),
      ],
      cwd: inRepository('examples/portal/backend'),
      env: {
        NODE_ENV: 'development',
        AWS_ACCESS_PORTAL_PORT: String(portalPort),
        AWS_ACCESS_SANDBOX_URL: sandboxUrl,
        AWS_ACCESS_STATE: state,
      },
      log: path.join(state, 'portal.log'),
    });

    const portal = `http://127.0.0.1:${portalPort}`;
    await waitUntil(
      async () => (await fetch(`${portal}/.backstage/health/v1/readiness`)).ok,
      { service, what: 'it was ready' },
    );
    // Ready only means that the parts have started: the catalog is still being
    // read, and until then nobody in it can sign in.
    this.#say('Reading the catalog ...');
    for (const person of readPeople()) {
      await waitUntil(() => signInSucceeds(portal, person), {
        service,
        what: `${person.name} could sign in`,
      });
    }
  }

  #begin(description) {
    if (this.#ending) {
      throw new Error('The demo is ending.');
    }
    const service = startService(description);
    this.#services.push(service);
    return service;
  }
}
