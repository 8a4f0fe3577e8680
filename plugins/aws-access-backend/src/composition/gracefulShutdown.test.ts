import {
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import knexFactory, { Knex } from 'knex';
import { ChildProcess, fork } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { permissionSetArn } from '../testing/planOf';
import { fileInput } from '../testing/RequestWorld';
import { sandboxConfig } from '../testing/sandboxConfig';

// Real processes, which read the whole plugin when they start.
jest.setTimeout(120_000);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('a backend that is told to stop', () => {
  let sandbox: RunningSandbox;
  let folder: string;
  let knex: Knex | undefined;
  let url: string;
  let child: ChildProcess;

  beforeEach(async () => {
    // Long enough that AWS is at work when the signal comes.
    sandbox = await startSandbox({ operationDelayMs: 2_000 });
    folder = await mkdtemp(join(tmpdir(), 'aws-access-stop-'));
    url = `http://127.0.0.1:${await freePort()}`;
  });
  afterEach(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    }
    await knex?.destroy();
    knex = undefined;
    await sandbox.stop();
    await rm(folder, { recursive: true });
  });

  async function start() {
    child = fork(resolve(__dirname, '../testing/leanBackendProcess.ts'), {
      env: { ...process.env, NODE_ENV: 'development' },
      execArgv: [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      ],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.send({
      backend: {
        baseUrl: url,
        listen: new URL(url).host,
        database: {
          client: 'better-sqlite3',
          connection: { directory: folder },
        },
      },
      awsAccess: {
        ...sandboxConfig(sandbox.url),
        // Nobody takes over before this test has given up, unless it is let go.
        worker: { pollSeconds: 0.2, claimSeconds: 600 },
      },
    });
    for await (const [message] of on(child, 'message')) {
      // What transforms the code has things to say, too.
      if (message?.type === 'ready') break;
    }
    knex ??= knexFactory({
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'aws-access.sqlite') },
      useNullAsDefault: true,
    });
  }

  async function call(person: string, path: string, body?: object) {
    const answer = await fetch(`${url}/api/aws-access${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer mock-user-token:${JSON.stringify({
          sub: `user:default/${person}`,
        })}`,
      },
      body: body && JSON.stringify(body),
    });
    const read = await answer.json();
    if (!answer.ok) throw new Error(JSON.stringify(read.error));
    return read;
  }

  async function until(condition: () => Promise<unknown>) {
    while (!(await condition())) await setTimeout(20);
  }

  /** An approved request, for which something was sent to AWS. */
  async function begin() {
    await start();
    await until(async () => {
      const { items } = await call('ida', '/inventory');
      return items[0].refresh.finishedAt;
    });
    const filed = await call(
      'ana',
      '/requests',
      fileInput({ permissionSet: permissionSetArn('ReadOnly') }),
    );
    await call('otto', `/requests/${filed.id}/decisions`, {
      verdict: 'approve',
      planVersion: filed.planVersion,
      planDigest: filed.planDigest,
    });
    return filed.id as string;
  }

  const assignmentsSent = async () =>
    knex!('aws_access_intents').where(
      'operation',
      'like',
      '%CreateAccountAssignment',
    );

  const countAssignments = () =>
    Number(
      sandbox.store.get('SELECT count(*) AS n FROM aws_account_assignments')!.n,
    );

  const claim = () =>
    knex!('aws_access_organizations')
      .where('id', 'parcel')
      .first('claim_owner', 'claim_until');

  async function stop() {
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    return exit;
  }

  it('finishes the attempt under way and lets go, so that the next one goes on at once', async () => {
    const before = countAssignments();
    const id = await begin();
    await until(async () => (await assignmentsSent()).length > 0);
    expect(await stop()).toEqual([0, null]);

    expect(await claim()).toEqual({ claim_owner: null, claim_until: null });
    const running = await knex!('aws_access_steps').where('state', 'running');
    expect(running).toEqual([]);

    await start();
    await until(
      async () => (await call('ana', `/requests/${id}`)).state === 'active',
    );
    // It went on where the other one was: nothing was sent twice.
    expect(await assignmentsSent()).toMatchObject([{ state: 'confirmed' }]);
    expect(countAssignments()).toBe(before + 1);
  });

  it('leaves an attempt that no cloud answers, safely', async () => {
    const id = await begin();
    await until(async () => (await assignmentsSent()).length > 0);
    sandbox.weather.set({
      rules: [
        { fault: { type: 'latency', minimumMs: 600_000, maximumMs: 600_000 } },
      ],
    });
    expect(await stop()).toEqual([0, null]);
    expect(await claim()).toEqual({ claim_owner: null, claim_until: null });

    sandbox.weather.set({});
    await start();
    await until(
      async () => (await call('ana', `/requests/${id}`)).state === 'active',
    );
    expect(await assignmentsSent()).toMatchObject([{ state: 'confirmed' }]);
  });
});
