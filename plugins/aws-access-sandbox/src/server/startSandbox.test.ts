import {
  CreateAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
} from '@aws-sdk/client-sso-admin';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsClients } from '../testing/awsClients';
import { InstanceArn, newAssignment } from '../testing/SsoAdminDriver';
import { type RunningSandbox, startSandbox } from './startSandbox';

const post = (url: string, body?: unknown, headers = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body ?? {}),
  });

/** `fetch` does not let a caller choose the Host header. */
const statusWithHost = (url: string, host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    httpRequest(url, { headers: { host } }, response => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('startSandbox', () => {
  let sandbox: RunningSandbox | undefined;

  afterEach(async () => {
    await sandbox?.stop();
    sandbox = undefined;
  });

  it('keeps its state over a restart, and completes what was under way', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const state = join(folder, 'state', 'sandbox.sqlite');
    try {
      sandbox = await startSandbox({ state });
      sandbox.clock.advance(5 * 60_000);
      const { AccountAssignmentCreationStatus: started } = await awsClients(
        sandbox.url,
      ).ssoAdmin.send(new CreateAccountAssignmentCommand(newAssignment()));
      const rows = sandbox.store.countRows();
      await sandbox.stop();

      sandbox = await startSandbox({ state });
      expect(sandbox.store.countRows()).toEqual(rows);
      expect(sandbox.clock.offset()).toBe(5 * 60_000);
      sandbox.clock.advance(1000);
      await expect(
        awsClients(sandbox.url).ssoAdmin.send(
          new DescribeAccountAssignmentCreationStatusCommand({
            InstanceArn,
            AccountAssignmentCreationRequestId: started?.RequestId,
          }),
        ),
      ).resolves.toMatchObject({
        AccountAssignmentCreationStatus: { Status: 'SUCCEEDED' },
      });
    } finally {
      await sandbox?.stop();
      sandbox = undefined;
      await rm(folder, { recursive: true });
    }
  });

  it('lets its clock be moved and its state be reset over HTTP', async () => {
    sandbox = await startSandbox();
    const admin = `${sandbox.url}/sandbox/admin`;
    const seeded = sandbox.store.countRows();

    const moved = await post(`${admin}/clock/advance`, { minutes: 40 });
    await expect(moved.json()).resolves.toMatchObject({ offsetMs: 2_400_000 });
    for (const minutes of [0, -1, 'ten', 1e9]) {
      const refused = await post(`${admin}/clock/advance`, { minutes });
      expect(refused.status).toBe(400);
    }
    const noJson = await fetch(`${admin}/clock/advance`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{',
    });
    expect(noJson.status).toBe(400);
    await expect(noJson.json()).resolves.toHaveProperty('error.message');
    const tooLarge = await fetch(sandbox.url, {
      method: 'POST',
      body: 'x'.repeat(2_000_000),
    });
    await expect(tooLarge.json()).resolves.toMatchObject({
      __type: 'RequestEntityTooLargeException',
    });
    const clock = await fetch(`${admin}/clock`);
    await expect(clock.json()).resolves.toEqual({
      now: expect.stringMatching(/^\d{4}-.*Z$/),
      offsetMs: 2_400_000,
    });

    sandbox.store.run('DELETE FROM aws_account_assignments');
    await post(`${admin}/reset`);
    const state = await fetch(`${admin}/state`);
    const { rows } = await state.json();
    expect(rows.aws_account_assignments).toBe(seeded.aws_account_assignments);
    expect(sandbox.clock.offset()).toBe(0);
  });

  it('does not start when it cannot record', async () => {
    await expect(startSandbox({ record: tmpdir() })).rejects.toThrow('EISDIR');
  });

  it('has a seed without any access', async () => {
    sandbox = await startSandbox({ seed: 'empty' });
    expect(sandbox.store.countRows()).toMatchObject({
      aws_accounts: 14,
      aws_permission_sets: 0,
      aws_account_assignments: 0,
      identity_store_groups: 0,
      entra_groups: 0,
    });
  });

  it('answers nobody but this machine', async () => {
    sandbox = await startSandbox();
    const clock = `${sandbox.url}/sandbox/admin/clock`;
    expect(new URL(sandbox.url).hostname).toBe('127.0.0.1');
    await expect(statusWithHost(clock, 'localhost:4600')).resolves.toBe(200);
    await expect(statusWithHost(clock, 'rebound.example')).resolves.toBe(403);
    const foreign = await post(
      `${sandbox.url}/sandbox/admin/reset`,
      undefined,
      {
        Origin: 'https://elsewhere.example',
      },
    );
    expect(foreign.status).toBe(403);
  });

  it('does not run in production, nor on a port that is taken', async () => {
    sandbox = await startSandbox();
    await expect(
      startSandbox({ port: Number(new URL(sandbox.url).port) }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });

    const before = process.env.NODE_ENV;
    Object.assign(process.env, { NODE_ENV: 'production' });
    try {
      await expect(startSandbox()).rejects.toThrow(
        'does not run with NODE_ENV=production',
      );
    } finally {
      Object.assign(process.env, { NODE_ENV: before });
    }
  });
});
