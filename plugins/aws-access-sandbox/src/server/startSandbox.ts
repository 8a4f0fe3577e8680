import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SandboxClock } from '../clock/SandboxClock';
import { SandboxStore } from '../store/SandboxStore';
import { createSandboxApp } from './createSandboxApp';
import { plantSeed, type SandboxSeedName } from './plantSeed';
import type { SandboxContext, SandboxSeed } from './SandboxContext';
import { DEFAULT_LIMITS, type SandboxLimits } from './SandboxLimits';

/** The only address the sandbox listens on: its credentials are public and its doors have no locks. */
const LOOPBACK = '127.0.0.1';

/**
 * Settings of a sandbox.
 * @public
 */
export interface SandboxOptions {
  /** TCP port on 127.0.0.1; 0 (the default) takes a free one. */
  readonly port?: number;
  /** Path of the state file, which is made when it is missing; `:memory:` (the default) forgets everything. */
  readonly state?: string;
  /** How long an asynchronous AWS operation takes on the sandbox clock, in milliseconds. Default 800. */
  readonly operationDelayMs?: number;
  /** What an empty state is filled with. Default `example`. */
  readonly seed?: SandboxSeedName | SandboxSeed;
  /** Quotas other than AWS's documented ones. */
  readonly limits?: Partial<SandboxLimits>;
  /** A file to which every AWS and Graph exchange is appended, one JSON object a line. */
  readonly record?: string;
}

/**
 * A sandbox that is listening.
 * @public
 */
export interface RunningSandbox {
  /** The base URL without a trailing slash: the endpoint for AWS clients. */
  readonly url: string;
  readonly store: SandboxStore;
  readonly clock: SandboxClock;
  /** Ends all connections and closes the state file. */
  stop(): Promise<void>;
}

/**
 * Starts an emulated AWS organization and Entra tenant on one loopback port.
 *
 * @throws Error when `NODE_ENV` is `production`, when the port is taken, or when the state has another format
 * @public
 */
export async function startSandbox(
  options: SandboxOptions = {},
): Promise<RunningSandbox> {
  if (process.env.NODE_ENV === 'production') {
    throw new Error(
      'The AWS access sandbox emulates two clouds with public credentials and does not run with NODE_ENV=production',
    );
  }
  const store = SandboxStore.open(options.state ?? ':memory:');
  try {
    const clock = new SandboxClock(store);
    const context: SandboxContext = {
      store,
      clock,
      operationDelayMs: options.operationDelayMs ?? 800,
    };
    const seed = options.seed ?? 'example';
    plantSeed(context, seed);
    const app = createSandboxApp(context, {
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      seed,
      record: options.record,
    });
    const server = createServer(app);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, LOOPBACK, resolve);
    });
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://${LOOPBACK}:${port}`,
      store,
      clock,
      async stop() {
        await new Promise<void>(resolve => {
          server.close(() => resolve());
          server.closeAllConnections();
        });
        store.close();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}
