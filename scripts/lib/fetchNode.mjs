import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ExpectedError } from './ExpectedError.mjs';
import { root } from './repository.mjs';
import { fetchedNode, supportedNodes } from './supportedNode.mjs';

// The npm packages that carry Node.js itself, one for each of these.
const packaged = [
  'linux-x64',
  'linux-arm64',
  'darwin-x64',
  'darwin-arm64',
  'win-x64',
];

/** The path of a supported Node.js, fetched from npm into npm's own cache. */
export function fetchNode(
  platform = process.platform,
  architecture = process.arch,
) {
  const target = `${platform === 'win32' ? 'win' : platform}-${architecture}`;
  if (!packaged.includes(target)) {
    throw new ExpectedError(
      `Node.js ${process.versions.node} is not supported, and npm carries none for ${target}. ` +
        `Install ${supportedNodes} and try again.`,
    );
  }

  const wanted = `node-${target}@${fetchedNode}`;
  console.error(
    `The portal needs ${supportedNodes}; yours is ${process.versions.node} and stays as it is. Using ${wanted} from npm, about 50 MB the first time ...`,
  );
  // npm only tells where the binary is, so that it does not stay around as the
  // parent of a long-running process.
  const found = spawnSync(
    'npm',
    [
      'exec',
      '--yes',
      '--loglevel=error',
      `--package=${wanted}`,
      '--',
      'node',
      '-p',
      'process.execPath',
    ],
    {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    },
  );
  const binary = (found.stdout ?? '').trim().split('\n').pop();
  if (found.error?.code === 'ENOENT') {
    throw new ExpectedError(
      `npm was not found. Install ${supportedNodes} together with npm and try again.`,
    );
  }
  if (found.status !== 0 || !binary || !existsSync(binary)) {
    throw new ExpectedError(
      `${wanted} could not be fetched. If the message above is about the network, check that ` +
        'npm reaches its registry (npm ping) and try again; ' +
        `or install ${supportedNodes} yourself.`,
    );
  }
  return binary;
}
