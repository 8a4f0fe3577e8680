import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ExpectedError } from './ExpectedError.mjs';
import { inRepository, root } from './repository.mjs';
import { runChild } from './runChild.mjs';

/**
 * Installs the dependencies with the repository's own Yarn, when yarn.lock or
 * the Node.js major version changed since it was last done from here.
 */
export async function ensureInstalled() {
  const stamp = inRepository('node_modules', '.installed-for');
  const wanted = createHash('sha256')
    .update(readFileSync(inRepository('yarn.lock')))
    .update(process.versions.node.split('.')[0])
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }

  console.error(
    'Installing the dependencies: a minute or two the first time, with about 2 GB on disk ...',
  );
  const releases = inRepository('.yarn', 'releases');
  const yarn = readdirSync(releases).find(name => /^yarn-.*\.cjs$/.test(name));
  const code = await runChild(
    process.execPath,
    [inRepository('.yarn', 'releases', yarn), 'install', '--immutable'],
    { cwd: root },
  );
  if (code !== 0) {
    throw new ExpectedError(
      'The dependencies could not be installed. If the messages above are about the network ' +
        '(ENOTFOUND, ETIMEDOUT, ECONNREFUSED), check that the npm registry is reachable; behind a ' +
        'mirror set YARN_NPM_REGISTRY_SERVER, behind a proxy HTTPS_PROXY. Then try again: it goes on where it stopped.',
    );
  }
  writeFileSync(stamp, wanted);
}
