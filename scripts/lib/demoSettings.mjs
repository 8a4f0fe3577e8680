import path from 'node:path';
import { ExpectedError } from './ExpectedError.mjs';
import { root } from './repository.mjs';

/**
 * Where the demo listens and keeps its state. All of it can be set, so that a
 * second demo, or the tests, run beside a person's own:
 *
 * - AWS_ACCESS_PORTAL_PORT, 7007 when unset
 * - AWS_ACCESS_SANDBOX_PORT, 4600 when unset
 * - AWS_ACCESS_STATE, a folder, `.demo` when unset
 */
export function readDemoSettings(environment = process.env) {
  const portalPort = port(environment, 'AWS_ACCESS_PORTAL_PORT', 7007);
  const sandboxPort = port(environment, 'AWS_ACCESS_SANDBOX_PORT', 4600);
  const state = path.resolve(root, environment.AWS_ACCESS_STATE || '.demo');
  return {
    portalPort,
    sandboxPort,
    state,
    portalUrl: `http://localhost:${portalPort}`,
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    sandboxState: path.join(state, 'sandbox.sqlite'),
  };
}

function port(environment, name, fallback) {
  const value = environment[name] || String(fallback);
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65535) {
    throw new ExpectedError(
      `${name} is "${value}"; it must be a port number from 1 to 65535.`,
    );
  }
  return number;
}
