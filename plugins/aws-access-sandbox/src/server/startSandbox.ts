import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SandboxClock } from '../clock/SandboxClock';
import { SandboxStore } from '../store/SandboxStore';
import { loadWeather } from '../weather/loadWeather';
import {
  SandboxWeather,
  type WeatherInput,
  type WeatherPresetName,
} from '../weather';
import { createSandboxApp } from './createSandboxApp';
import { plantSeed, type SandboxSeedName } from './plantSeed';
import type { SandboxContext, SandboxSeed } from './SandboxContext';
import { DEFAULT_LIMITS, type SandboxLimits } from './SandboxLimits';
import { DEFAULT_SWITCHES, type SandboxSwitches } from './SandboxSwitches';

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
  /**
   * A file to which every AWS and Graph exchange is appended, one JSON object a line. Without it the environment variable
   * `AWS_ACCESS_SANDBOX_RECORD` names one, so that a whole suite of tests can be recorded; `false` records nothing.
   */
  readonly record?: string | false;
  /** Faults: the name of a preset, the path of a JSON file, or a weather. Default `calm`. */
  readonly weather?: WeatherPresetName | string | WeatherInput;
  /** Ways of AWS other than today's. */
  readonly switches?: Partial<SandboxSwitches>;
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
  readonly weather: SandboxWeather;
  /** Ends all connections and closes the state file. */
  stop(): Promise<void>;
}

/**
 * Starts an emulated AWS organization and Entra tenant on one loopback port.
 *
 * @throws Error when `NODE_ENV` is `production`, when the port is taken, when the state has another format, when the
 * weather is none, or when the file to record to cannot be written
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
    const weather = new SandboxWeather(
      clock,
      { ...DEFAULT_LIMITS, ...options.limits },
      loadWeather(options.weather ?? 'calm'),
    );
    const context: SandboxContext = {
      store,
      clock,
      operationDelayMs: options.operationDelayMs ?? 800,
      weather,
      switches: { ...DEFAULT_SWITCHES, ...options.switches },
    };
    const seed = options.seed ?? 'example';
    plantSeed(context, seed);
    const app = createSandboxApp(context, {
      seed,
      record: options.record ?? process.env.AWS_ACCESS_SANDBOX_RECORD ?? false,
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
      weather,
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
