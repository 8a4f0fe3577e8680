import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ExpectedError } from './ExpectedError.mjs';

// Says that a folder is ours to empty: AWS_ACCESS_STATE may name any folder,
// and a slip must not cost somebody their home directory.
const MARK = '.aws-access-state';
const LOCK = 'demo.pid';

/** Makes the folder ready and ours alone; returns what releases it again. */
export function claimStateFolder(state) {
  mkdirSync(state, { recursive: true });
  refuseForeignFolder(state);
  refuseWhileRunning(state, 'Another demo');
  writeFileSync(path.join(state, MARK), '');
  writeFileSync(path.join(state, LOCK), String(process.pid));
  return () => rmSync(path.join(state, LOCK), { force: true });
}

/** Removes everything in the folder; refuses while a demo uses it. */
export function emptyStateFolder(state) {
  if (!existsSync(state)) {
    return false;
  }
  refuseForeignFolder(state);
  refuseWhileRunning(state, 'The demo');
  for (const name of readdirSync(state)) {
    rmSync(path.join(state, name), { recursive: true, force: true });
  }
  return true;
}

function refuseForeignFolder(state) {
  if (readdirSync(state).length && !existsSync(path.join(state, MARK))) {
    throw new ExpectedError(
      `${state} holds files that the demo did not make. Choose an empty or a new folder with AWS_ACCESS_STATE.`,
    );
  }
}

function refuseWhileRunning(state, who) {
  const lock = path.join(state, LOCK);
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (holder && holder !== process.pid && isDemo(holder)) {
    throw new ExpectedError(
      `${who} (process ${holder}) uses ${state}. End it with Ctrl-C first.`,
    );
  }
}

// A killed demo leaves its lock behind, and its number may be given to any
// other process later; so ask what the process is, where the system can tell.
function isDemo(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  const listed = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  return listed.status === 0 ? listed.stdout.includes('demo.mjs') : true;
}
