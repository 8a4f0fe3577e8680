import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { cleanEnvironment } from './lib/cleanEnvironment.mjs';
import { fetchNode } from './lib/fetchNode.mjs';
import { inRepository } from './lib/repository.mjs';
import { isSupportedNode } from './lib/supportedNode.mjs';

/** Runs with-node.mjs as if under another version of Node.js. */
function runUnder(version, args = [], env = {}) {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  return spawnSync(
    process.execPath,
    [
      ...['--import', `data:text/javascript,${encodeURIComponent(pretend)}`],
      inRepository('scripts/with-node.mjs'),
      ...args,
    ],
    { encoding: 'utf8', env: { ...process.env, ...env } },
  );
}

describe('with-node', () => {
  it('knows the versions that engines in package.json names', () => {
    const versions = {
      '18.20.0': false,
      '20.20.2': false,
      '22.11.0': false,
      '22.12.0': true,
      '23.5.0': false,
      '24.0.0': true,
      '24.21.0': true,
      '25.0.0': false,
    };
    for (const [version, supported] of Object.entries(versions)) {
      assert.equal(isSupportedNode(version), supported, version);
    }
  });

  it('says what to install when Node.js is too old to set anything up', () => {
    const { status, stderr } = runUnder('16.20.2', ['scripts/demo.mjs']);
    assert.equal(status, 1);
    assert.match(stderr, /^Node\.js 16\.20\.2 is too old .*24/);
    assert.equal(stderr.trim().split('\n').length, 1);
  });

  it('says what to install on a platform that npm has no Node.js for', () => {
    assert.throws(() => fetchNode('linux', 's390x'), /linux-s390x/);
  });

  it('says what to check when Node.js cannot be fetched', () => {
    const { status, stderr } = runUnder('20.20.2', ['scripts/demo.mjs'], {
      // The port of the discard service, where nothing listens.
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_fetch_retries: '0',
      npm_config_cache: inRepository('node_modules/.cache/no-npm-cache'),
    });
    assert.equal(status, 1);
    assert.match(stderr, /could not be fetched.*npm ping/s);
  });

  it('does not fetch Node.js again and again', () => {
    const { status, stderr } = runUnder('20.20.2', ['scripts/demo.mjs'], {
      AWS_ACCESS_NODE_FETCHED: '1',
    });
    assert.equal(status, 1);
    assert.match(stderr, /was fetched but is not supported/);
  });

  it('keeps settings of npm away from Yarn, but not the registry', () => {
    const environment = cleanEnvironment(
      {
        HOME: '/home/ana',
        PATH: '/repository/node_modules/.bin:/usr/bin',
        INIT_CWD: '/repository',
        npm_config_registry: 'https://npm.parcel.example/',
        npm_config_user_agent: 'npm',
        npm_lifecycle_event: 'start',
      },
      '/opt/node/bin/node',
    );
    assert.deepEqual(environment, {
      HOME: '/home/ana',
      PATH: '/opt/node/bin:/usr/bin',
      YARN_NPM_REGISTRY_SERVER: 'https://npm.parcel.example',
    });
  });
});
