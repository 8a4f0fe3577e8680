import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Removes from an environment what npm put in for its own scripts, and makes
 * `node` mean the Node.js that runs now. Yarn reads npm's `npm_config_*`
 * variables as its own settings and fails on some of them.
 */
export function cleanEnvironment(environment, node) {
  const registry = environment.npm_config_registry;
  for (const name of Object.keys(environment)) {
    if (/^(npm_|INIT_CWD$|NODE$|COLOR$)/i.test(name)) {
      delete environment[name];
    }
  }
  // People behind a mirror have told npm about it; Yarn has a setting of its own.
  if (registry && !environment.YARN_NPM_REGISTRY_SERVER) {
    environment.YARN_NPM_REGISTRY_SERVER = registry.replace(/\/$/, '');
  }

  const binaries = path.dirname(node);
  const name =
    Object.keys(environment).find(key => key.toUpperCase() === 'PATH') ??
    'PATH';
  const folders = (environment[name] ?? '')
    .split(path.delimiter)
    .filter(
      folder => !/[\\/]node_modules[\\/]\.bin$|node-gyp-bin$/.test(folder),
    );
  environment[name] = [binaries, ...folders].join(path.delimiter);

  // The npm packages of Node.js carry its headers, so that nothing has to be
  // downloaded when a native module is compiled.
  const prefix = path.resolve(binaries, '..');
  if (existsSync(path.join(prefix, 'include', 'node', 'node_api.h'))) {
    environment.npm_config_nodedir = prefix;
  }
  return environment;
}
