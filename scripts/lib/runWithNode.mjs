import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cleanEnvironment } from './cleanEnvironment.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { ExpectedError } from './ExpectedError.mjs';
import { fetchNode } from './fetchNode.mjs';
import { inRepository } from './repository.mjs';
import { runChild } from './runChild.mjs';
import { isSupportedNode, supportedNodes } from './supportedNode.mjs';

const REEXECUTED = 'AWS_ACCESS_NODE_FETCHED';

/**
 * Runs a script inside this process when its Node.js is supported, and
 * otherwise as a child of a Node.js fetched from npm.
 */
export async function runWithNode([script, ...args]) {
  if (!script) {
    throw new ExpectedError(
      'Usage: node scripts/with-node.mjs <script> [arguments]',
    );
  }

  if (!isSupportedNode(process.versions.node)) {
    if (process.env[REEXECUTED]) {
      throw new ExpectedError(
        `Node.js ${process.versions.node} was fetched but is not supported (${supportedNodes}).`,
      );
    }
    const node = fetchNode();
    process.exit(
      await runChild(
        node,
        [inRepository('scripts/with-node.mjs'), script, ...args],
        { env: { ...process.env, [REEXECUTED]: '1' } },
      ),
    );
  }

  delete process.env[REEXECUTED];
  cleanEnvironment(process.env, process.execPath);
  await ensureInstalled();

  const file = path.resolve(script);
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}
