import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { freePort, refuseTakenPort } from './lib/ports.mjs';
import { inRepository, root } from './lib/repository.mjs';

const state = mkdtempSync(path.join(os.tmpdir(), 'aws-access-demo-'));
const demo = inRepository('scripts/demo.mjs');
const reset = inRepository('scripts/reset.mjs');

/** Starts a command and gathers what it prints. */
function start(command, args, environment) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, AWS_ACCESS_STATE: state, ...environment },
  });
  let output = '';
  const printed = new Promise(resolve => {
    const gather = data => {
      output += data;
      if (output.includes('Ctrl-C ends everything')) {
        resolve();
      }
    };
    child.stdout.on('data', gather);
    child.stderr.on('data', gather);
  });
  const ended = new Promise(resolve =>
    child.on('close', code => resolve({ code, output })),
  );
  return { child, printed, ended };
}

async function ports() {
  return {
    AWS_ACCESS_PORTAL_PORT: String(await freePort()),
    AWS_ACCESS_SANDBOX_PORT: String(await freePort()),
  };
}

describe('demo', () => {
  after(() => rmSync(state, { recursive: true, force: true }));

  it('refuses a port that another program listens on, and names it', async () => {
    const server = createServer();
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    const taken = String(server.address().port);
    for (const variable of [
      'AWS_ACCESS_PORTAL_PORT',
      'AWS_ACCESS_SANDBOX_PORT',
    ]) {
      const { code, output } = await start(process.execPath, [demo], {
        ...(await ports()),
        [variable]: taken,
      }).ended;
      assert.equal(code, 1);
      assert.match(output, new RegExp(`Port ${taken}.*${variable}=`));
    }
    server.close();
  });

  it('refuses a port that is none', async () => {
    const { code, output } = await start(process.execPath, [demo], {
      AWS_ACCESS_PORTAL_PORT: '70070',
    }).ended;
    assert.equal(code, 1);
    assert.match(output, /AWS_ACCESS_PORTAL_PORT is "70070"/);
  });

  it('does not touch a folder that holds somebody else’s files', async () => {
    const foreign = mkdtempSync(path.join(os.tmpdir(), 'aws-access-foreign-'));
    writeFileSync(path.join(foreign, 'thesis.txt'), 'irreplaceable');
    for (const script of [demo, reset]) {
      const { code, output } = await start(process.execPath, [script], {
        ...(await ports()),
        AWS_ACCESS_STATE: foreign,
      }).ended;
      assert.equal(code, 1);
      assert.match(output, /holds files that the demo did not make/);
    }
    assert.deepEqual(readdirSync(foreign), ['thesis.txt']);
    rmSync(foreign, { recursive: true });
  });

  it('lets people in, holds its state, and leaves nothing running when only its shell is killed', async () => {
    const first = await ports();
    // As npm does it; the echo keeps the shell from replacing itself.
    const shell = start(
      'sh',
      ['-c', `"$0" "${demo}"; echo`, process.execPath],
      first,
    );
    await Promise.race([
      shell.printed,
      shell.ended.then(({ output }) => assert.fail(output)),
    ]);

    const second = await start(process.execPath, [demo], await ports()).ended;
    assert.equal(second.code, 1);
    assert.match(second.output, /Another demo .* uses/);
    const refused = await start(process.execPath, [reset], {}).ended;
    assert.equal(refused.code, 1);
    assert.match(refused.output, /The demo .* uses/);

    shell.child.kill('SIGKILL');
    // The output closes once the last process that holds it has ended.
    await shell.ended;
    for (const port of Object.values(first)) {
      await refuseTakenPort(Number(port), 'the test', 'PORT');
    }

    const emptied = await start(process.execPath, [reset], {}).ended;
    assert.equal(emptied.code, 0);
    assert.deepEqual(readdirSync(state), []);
  });
});
