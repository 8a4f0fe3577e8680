// npm run bench -- requests: what many requests cost. Fills SQLite and PostgreSQL with a hundred thousand requests and
// their events, and measures inbox, lists and details in the backend: authorization, catalog and database included, the
// network not.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES_VARIABLE } from '../scripts/lib/Postgres.mjs';
import { inRepository } from '../scripts/lib/repository.mjs';
import { withPostgres } from '../scripts/lib/withPostgres.mjs';

const REQUESTS = Number(process.env.BENCH_REQUESTS ?? 100_000);
/** Half of the calls have to be answered within it. */
const LIMIT_MS = 50;
const RUNS = 30;

const misses = [];
const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

async function measure(connection) {
  const child = fork(inRepository('bench/requests/measureRequests.cjs'), {
    cwd: inRepository(),
  });
  try {
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`The measuring process ended early (${code})`);
    });
    const measured = new Promise(resolve => {
      // The loader of TypeScript files sends messages of its own.
      child.on('message', message => {
        if (message.type === 'measured') resolve(message);
      });
    });
    child.send({ connection, requests: REQUESTS, runs: RUNS });
    return await Promise.race([measured, ended]);
  } finally {
    child.kill();
  }
}

function show(database, { fillMs, results }) {
  console.log(
    `\n${database}: ${REQUESTS.toLocaleString('en')} requests, filled in ${(
      fillMs / 1000
    ).toFixed(0)} s`,
  );
  console.log(
    ['', 'found', 'median ms', '95% ms', `of ${LIMIT_MS} ms`]
      .map((cell, index) => (index ? cell.padStart(10) : cell.padEnd(40)))
      .join(' '),
  );
  for (const { name, found, times } of results) {
    const median = times[Math.floor(times.length / 2)];
    const most = times[Math.floor(times.length * 0.95)];
    const ratio = median / LIMIT_MS;
    if (ratio > 1) misses.push(`${database}: ${name}`);
    console.log(
      [
        name.padEnd(40),
        String(found).padStart(10),
        numbers.format(median).padStart(10),
        numbers.format(most).padStart(10),
        `${ratio.toFixed(2)}x`.padStart(10),
        ratio > 1 ? 'missed' : '',
      ]
        .join(' ')
        .trimEnd(),
    );
  }
}

const folder = mkdtempSync(join(tmpdir(), 'aws-access-bench-'));
try {
  show(
    'SQLite',
    await measure({
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'requests.sqlite') },
    }),
  );
  await withPostgres(async ({ env, found, description }) => {
    if (!found) {
      misses.push(description);
      return;
    }
    show(
      'PostgreSQL',
      await measure({
        client: 'pg',
        connection: env[POSTGRES_VARIABLE] ?? process.env[POSTGRES_VARIABLE],
      }),
    );
  });
} finally {
  rmSync(folder, { recursive: true });
}

console.log(
  misses.length
    ? `\nMissed:\n${misses.map(miss => `  ${miss}`).join('\n')}`
    : `\nHalf of the calls, and more, are answered within ${LIMIT_MS} ms.`,
);
process.exitCode = misses.length ? 1 : 0;
