#!/usr/bin/env node

const { existsSync } = require('node:fs');
const { dirname, join } = require('node:path');

// Inside the repository the sources are there and nothing has to be built; the published package has only dist.
const isRepository = existsSync(
  join(dirname(require.resolve('../package.json')), 'src'),
);

if (isRepository) {
  require('@backstage/cli/config/nodeTransform.cjs');
}
const { runPolicyTestCommand } = isRepository
  ? require('../src')
  : require('..');

process.exitCode = runPolicyTestCommand(process.argv.slice(2), line =>
  process.stdout.write(`${line}\n`),
);
