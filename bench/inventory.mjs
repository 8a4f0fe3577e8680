// npm run bench -- inventory [accounts ...]: what reading an organization costs. Reads it twice at each size through the
// real clients, and compares the calls that the sandbox got with the fewest that are possible, and the time with what
// the rate allows. AWS's 20 calls a second, and our 18, are both raised by the factor that the table names.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { inRepository } from '../scripts/lib/repository.mjs';

const MOST_CALLS = 1.1;
/** Reads of Graph share calls, twenty in each, as far as they are needed at the same time. */
const MOST_GRAPH_CALLS = 1.5;
const MOST_TIME = 1.15;
const LEAST_SAVING = 10;
/** What a second refresh may leave in the heap: rows are in the database, not in memory. */
const MOST_GROWTH_BYTES = 16 * 1024 * 1024;
/** What a refresh may hold while it runs, whatever the number of accounts and of who is assigned there. */
const MOST_HELD_BYTES = 24 * 1024 * 1024;
/** The heap at 10,000 accounts, at its highest, in terms of that at 2,000: memory is flat. */
const MOST_HEAP_RATIO = 1.25;
/** For all sizes together. */
const MOST_MINUTES = 10;
/** A refresh each quarter of an hour, and all pairs in half a day. */
const SHARE = 15 / (12 * 60);

const SIZES = [
  { accounts: 50, seed: 'small', factor: 1 },
  { accounts: 500, seed: 'medium', factor: 1 },
  { accounts: 2_000, seed: 'large', factor: 4 },
  {
    accounts: 10_000,
    factor: 6,
    seed: 'generated:accounts=10000,permissionSets=300,groups=2000,people=10000,assignments=100000,seed=1',
  },
];

/** The smaller ones wait most of their time, and are measured side by side. */
const isSmall = ({ accounts }) => accounts <= 2_000;

async function answerOf(child, type) {
  for (;;) {
    const left = new AbortController();
    const { signal } = left;
    try {
      const [message] = await Promise.race([
        once(child, 'message', { signal }),
        once(child, 'exit', { signal }).then(() => {
          throw new Error(`${child.spawnfile} ended before it was ${type}`);
        }),
      ]);
      if (message.type === type) return message;
    } finally {
      left.abort();
    }
  }
}

function start(file, message, execArgv = []) {
  const child = fork(inRepository('bench/inventory', file), {
    cwd: inRepository(),
    execArgv,
  });
  child.send(message);
  return child;
}

/** A sandbox and a reader that have started, so that starting disturbs no measuring. */
async function prepare({ seed, factor }) {
  const sandbox = start('serveCountedSandbox.cjs', {
    seed,
    ratePerSecond: 20 * factor,
    share: SHARE,
  });
  const { url, bound } = await answerOf(sandbox, 'ready');
  const reader = start('measureRefreshes.cjs', { url, factor }, [
    '--expose-gc',
  ]);
  await answerOf(reader, 'ready');
  return { sandbox, reader, bound };
}

async function measure({ sandbox, reader, bound }) {
  try {
    const counted = async () => {
      sandbox.send('counts');
      return (await answerOf(sandbox, 'counts')).counts;
    };
    const refresh = async sampled => {
      reader.send({ sampled });
      return answerOf(reader, 'refreshed');
    };
    const first = await refresh(false);
    const calls = await counted();
    const second = await refresh(true);
    const later = await counted();
    return { bound, first, second, calls, later };
  } finally {
    sandbox.kill();
    // It takes its database with it.
    reader.disconnect();
  }
}

const misses = [];
function limit(what, value, most) {
  if (value > most) misses.push(`${what}: ${value.toFixed(2)} of ${most}`);
  return value.toFixed(2);
}

const megabytes = bytes => Math.round(bytes / 1e6);

const wanted = process.argv.slice(2).map(Number);
const SERVICES = ['ssoAdmin', 'organizations', 'identityStore'];
console.log(
  ['accounts', 'factor', 'service', 'calls', 'fewest', 'ratio', 'again']
    .map(cell => cell.padStart(14))
    .join(''),
);
const sizes = SIZES.filter(
  ({ accounts }) => wanted.length === 0 || wanted.includes(accounts),
);
const small = await Promise.all(sizes.filter(isSmall).map(prepare));
const measured = small.map(measure);
const heaps = new Map();
for (const [index, size] of sizes.entries()) {
  const { accounts, factor } = size;
  const { bound, first, second, calls, later } = await (isSmall(size)
    ? measured[index]
    : prepare(size).then(measure));
  heaps.set(accounts, second.peak);
  for (const { part, reason } of [...first.missing, ...second.missing]) {
    misses.push(`${accounts} accounts: ${part} was not read: ${reason}`);
  }
  for (const service of SERVICES) {
    console.log(
      [
        accounts,
        `${factor}x`,
        service,
        calls[service],
        Math.round(bound[service]),
        limit(
          `${accounts} accounts, calls to ${service}`,
          calls[service] / bound[service],
          MOST_CALLS,
        ),
        later[service] - calls[service],
      ]
        .map(cell => String(cell).padStart(14))
        .join(''),
    );
  }
  const graph = limit(
    `${accounts} accounts, calls to Graph`,
    calls.graph / bound.graph,
    MOST_GRAPH_CALLS,
  );
  const allowed =
    Math.max(...SERVICES.map(service => calls[service])) / (18 * factor);
  const seconds = first.ms / 1000;
  const time = limit(
    `${accounts} accounts, time`,
    seconds / allowed,
    MOST_TIME,
  );
  const all = SERVICES.reduce((total, service) => total + calls[service], 0);
  const saving = bound.accountByAccount / all;
  if (accounts === 2_000 && saving < LEAST_SAVING) {
    misses.push(
      `${accounts} accounts: only ${saving.toFixed(1)} x fewer calls`,
    );
  }
  if (second.growth > MOST_HELD_BYTES) {
    misses.push(
      `${accounts} accounts: a refresh holds ${megabytes(
        second.growth,
      )} MB while it runs`,
    );
  }
  const growth = second.heap - first.heap;
  if (growth > MOST_GROWTH_BYTES) {
    misses.push(`${accounts} accounts: the heap grew by ${growth} bytes`);
  }
  console.log(
    `  ${seconds.toFixed(1)} s, ${time} x of what the rate allows (again: ${(
      second.ms / 1000
    ).toFixed(1)} s), ${first.cpuSeconds.toFixed(
      1,
    )} s of a processor; ${saving.toFixed(
      0,
    )} x fewer calls than account by account; ${
      calls.graph
    } calls to Graph, ${graph} x the fewest; heap ${megabytes(
      first.heap,
    )} MB, then ${megabytes(second.heap)} MB, at most ${megabytes(
      second.growth,
    )} MB more in between (${megabytes(second.peak)} MB; ${megabytes(
      second.rss,
    )} MB resident); ${bound.sets} permission sets, ${bound.pairs} pairs, ${
      bound.groups
    } groups`,
  );
}
if (heaps.has(2_000) && heaps.has(10_000)) {
  const ratio = limit(
    'heap at 10,000 accounts to that at 2,000',
    heaps.get(10_000) / heaps.get(2_000),
    MOST_HEAP_RATIO,
  );
  console.log(
    `heap at 10,000 accounts: ${ratio} x that at 2,000 (at most ${MOST_HEAP_RATIO} x)`,
  );
}
const minutes = performance.now() / 60_000;
console.log(`${minutes.toFixed(1)} minutes in all (at most ${MOST_MINUTES})`);
if (minutes > MOST_MINUTES) {
  misses.push(`${minutes.toFixed(1)} of ${MOST_MINUTES} minutes`);
}
if (misses.length > 0) {
  console.log(`\nMissed:\n${misses.map(miss => `  ${miss}`).join('\n')}`);
  process.exitCode = 1;
}
