import {
  CreateAccountAssignmentCommand,
  ListAccountAssignmentCreationStatusCommand,
} from '@aws-sdk/client-sso-admin';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsClients } from '../testing/awsClients';
import { InstanceArn, newAssignment } from '../testing/SsoAdminDriver';

const command = require.resolve('../../bin/aws-access-sandbox.js');

describe('aws-access-sandbox', () => {
  const children: ChildProcess[] = [];
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-command-'));
  });

  afterAll(async () => {
    await Promise.all(
      children
        .filter(child => child.exitCode === null && child.signalCode === null)
        .map(child => {
          child.kill('SIGKILL');
          return once(child, 'exit');
        }),
    );
    await rm(folder, { recursive: true });
  });

  const run = (...options: string[]) => {
    const child = spawn(process.execPath, [command, ...options], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    children.push(child);
    return child;
  };

  const urlOf = async (child: ChildProcess): Promise<string> => {
    let output = '';
    for await (const chunk of child.stdout!) {
      output += chunk;
      const url = /is ready at (http:\S+)\n/.exec(output)?.[1];
      if (url) {
        return url;
      }
    }
    throw new Error(`The sandbox ended before it was ready: ${output}`);
  };

  it('survives being killed in the middle of an operation', async () => {
    const state = join(folder, 'killed.sqlite');
    const record = join(folder, 'exchanges.jsonl');
    const killed = run('--port', '0', '--state', state, '--record', record);
    await awsClients(await urlOf(killed)).ssoAdmin.send(
      new CreateAccountAssignmentCommand(newAssignment()),
    );
    killed.kill('SIGKILL');
    await once(killed, 'exit');

    const next = run('--port', '0', '--state', state);
    const url = await urlOf(next);
    await fetch(`${url}/sandbox/admin/clock/advance`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"minutes":1}',
    });
    const { AccountAssignmentsCreationStatus } = await awsClients(
      url,
    ).ssoAdmin.send(
      new ListAccountAssignmentCreationStatusCommand({ InstanceArn }),
    );
    expect(
      AccountAssignmentsCreationStatus?.map(({ Status }) => Status),
    ).toEqual(['SUCCEEDED']);

    const [exchange] = (await readFile(record, 'utf8')).trim().split('\n');
    expect(JSON.parse(exchange)).toMatchObject({
      cloud: 'aws',
      method: 'POST',
      path: '/',
      target: 'SWBExternalService.CreateAccountAssignment',
      request: newAssignment(),
      status: 200,
      responseHeaders: { 'content-type': 'application/x-amz-json-1.1' },
      response: { AccountAssignmentCreationStatus: { Status: 'IN_PROGRESS' } },
    });
  });

  it('ends cleanly at SIGTERM, and when its parent is gone', async () => {
    const terminated = run('--port', '0');
    await urlOf(terminated);
    terminated.kill('SIGTERM');
    await expect(once(terminated, 'exit')).resolves.toEqual([0, null]);

    const orphaned = run('--port', '0', '--exit-with-parent');
    await urlOf(orphaned);
    orphaned.stdin!.end();
    await expect(once(orphaned, 'exit')).resolves.toEqual([0, null]);
  });

  it('says in one line why it cannot start', async () => {
    const first = run('--port', '0');
    const { port } = new URL(await urlOf(first));
    const second = run('--port', port);
    let complaint = '';
    second.stderr!.on('data', chunk => {
      complaint += chunk;
    });
    await expect(once(second, 'close')).resolves.toEqual([1, null]);
    expect(complaint).toBe(
      `Port ${port} is taken: end what uses it, or choose another with --port\n`,
    );
  });

  it('plants a seed of any size, and says which there are', async () => {
    const url = await urlOf(
      run('--port', '0', '--seed', 'generated:accounts=40,people=90'),
    );
    const state = await fetch(`${url}/sandbox/admin/state`);
    await expect(state.json()).resolves.toMatchObject({
      rows: { aws_accounts: 40, entra_users: 90 },
    });

    const refused = run('--port', '0', '--seed', 'gigantic');
    let complaint = '';
    refused.stderr!.on('data', chunk => {
      complaint += chunk;
    });
    await expect(once(refused, 'close')).resolves.toEqual([1, null]);
    expect(complaint).toContain(
      'There is no seed "gigantic": use example, empty, small, medium, large, huge, or generated:',
    );
  });

  it('takes weather and switches, and says which weather it does not know', async () => {
    const url = await urlOf(
      run(
        ...['--port', '0', '--weather', 'storm', '--account-fields', 'Status'],
        ...['--trail-delay', '15', '--no-permission-sets'],
      ),
    );
    const weather = await fetch(`${url}/sandbox/admin/weather`);
    await expect(weather.json()).resolves.toMatchObject({
      weather: { name: 'storm' },
    });

    const refused = run('--port', '0', '--weather', 'sunny');
    let complaint = '';
    refused.stderr!.on('data', chunk => {
      complaint += chunk;
    });
    await expect(once(refused, 'close')).resolves.toEqual([1, null]);
    expect(complaint).toBe(
      'There is no weather "sunny": give calm, ordinary-tuesday, storm or the path of a JSON file\n',
    );
  });
});
