import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  findChromium,
  howToGetChromium,
} from '../scripts/lib/findChromium.mjs';
import { freePort } from '../scripts/lib/ports.mjs';

/**
 * Starts a demo of the tests' own, on free ports and with a state folder of its
 * own, and returns what ends it: a person's running demo is never touched.
 */
export default async function startDemo() {
  if (!findChromium()) {
    throw new Error(`No browser was found. ${howToGetChromium}`);
  }

  const state = await mkdtemp(path.join(os.tmpdir(), 'aws-access-e2e-'));
  const portalPort = await freePort();
  const sandboxPort = await freePort();
  const demo = spawn(
    process.execPath,
    [path.resolve(__dirname, '../scripts/demo.mjs')],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        AWS_ACCESS_PORTAL_PORT: String(portalPort),
        AWS_ACCESS_SANDBOX_PORT: String(sandboxPort),
        AWS_ACCESS_STATE: state,
      },
    },
  );
  const ended = new Promise<number | null>(resolve =>
    demo.once('exit', resolve),
  );

  // The demo says so once everybody on the sign-in page can really sign in.
  const ready = new Promise<void>((resolve, reject) => {
    demo.once('message', () => resolve());
    demo.once('error', reject);
    ended.then(() => reject(new Error('The demo did not start: see above')));
  });

  async function stopDemo() {
    demo.kill('SIGTERM');
    await ended;
    await rm(state, { recursive: true, force: true });
  }

  try {
    await ready;
  } catch (error) {
    await stopDemo();
    throw error;
  }
  process.env.AWS_ACCESS_E2E_PORTAL_URL = `http://localhost:${portalPort}`;
  process.env.AWS_ACCESS_E2E_SANDBOX_URL = `http://127.0.0.1:${sandboxPort}`;
  return stopDemo;
}
