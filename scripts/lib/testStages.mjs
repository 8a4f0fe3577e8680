import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findChromium, howToGetChromium } from './findChromium.mjs';
import { commandOf, root } from './repository.mjs';
import { runChild } from './runChild.mjs';
import { withPostgres } from './withPostgres.mjs';

// In CI a part that cannot run is a failure: it would go unnoticed for good.
const mustRunAll = Boolean(process.env.CI);

/** The compiler over all packages, tests included. */
export function types() {
  return check(commandOf('typescript', 'tsc'), ['--noEmit']);
}

/** The packages' rules, the layers among them, and the rest of the repository's. */
export async function lint() {
  const packages = await check(commandOf('@backstage/cli', 'backstage-cli'), [
    'repo',
    'lint',
    '--max-warnings=0',
  ]);
  const rest = await check(commandOf('eslint', 'eslint'), [
    '--max-warnings=0',
    '--ext=.js,.mjs,.ts',
    'scripts',
    'e2e-tests',
    'bench',
  ]);
  return { failed: (packages.failed ?? 0) + (rest.failed ?? 0) };
}

export function formatting() {
  return check(commandOf('prettier', 'prettier'), ['--check', '.']);
}

/** The tests of these scripts, with the test runner of Node.js itself. */
export function scripts() {
  return withReport('tap', async report => {
    const code = await node([
      '--test',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${report}`,
      'scripts/**/*.test.mjs',
    ]);
    const text = existsSync(report) ? readFileSync(report, 'utf8') : '';
    const count = name =>
      Number(text.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))?.[1] ?? 0);
    return counted(code, {
      passed: count('pass'),
      failed: count('fail') + count('cancelled'),
      skipped: count('skipped'),
    });
  });
}

/** All packages' tests, on both databases where a database is touched. */
export function jest() {
  return withPostgres(({ env, found, description }) =>
    withReport('json', async report => {
      console.log(`${description}\n`);
      const code = await node(
        [
          commandOf('@backstage/cli', 'backstage-cli'),
          'repo',
          'test',
          '--watchAll=false',
          '--maxWorkers=2',
          '--json',
          `--outputFile=${report}`,
        ],
        env,
      );
      const results = readJson(report);
      // A test file that cannot even be loaded counts no tests.
      const broken = (results.testResults ?? []).filter(
        file => file.status === 'failed' && !file.assertionResults.length,
      ).length;
      const missing = !found && mustRunAll ? 1 : 0;
      return counted(code, {
        passed: results.numPassedTests,
        failed: (results.numFailedTests ?? 0) + broken + missing,
        skipped: results.numPendingTests,
        note: found ? 'SQLite and PostgreSQL' : 'SQLite only',
      });
    }),
  );
}

/** The journeys, with a demo of their own behind them. */
export function browser() {
  if (!findChromium()) {
    const note = `no browser was found. ${howToGetChromium}`;
    console.log(`Not run: ${note}`);
    return { failed: mustRunAll ? 1 : 0, note };
  }
  return withReport('json', async report => {
    const code = await node(
      [commandOf('@playwright/test', 'playwright'), 'test'],
      {
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      },
    );
    const { stats = {} } = readJson(report);
    return counted(code, {
      passed: (stats.expected ?? 0) + (stats.flaky ?? 0),
      failed: stats.unexpected,
      skipped: stats.skipped,
    });
  });
}

async function check(command, args) {
  return counted(await node([command, ...args]), {});
}

// A failing exit code counts as one failure even where no test is to blame, so
// that the closing line never says "0 failed" about a run that failed.
function counted(code, { passed = 0, failed = 0, skipped = 0, note }) {
  return { passed, failed: code ? Math.max(failed, 1) : failed, skipped, note };
}

function node(args, env = {}) {
  return runChild(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
  });
}

async function withReport(ending, use) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aws-access-report-'));
  try {
    return await use(path.join(folder, `report.${ending}`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
