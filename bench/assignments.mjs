// npm run bench -- assignments: what many assignments cost. The worker, at its real pace, gives a person a thousand of
// them in a sandbox with AWS's own limits, and somebody else one beside them; then it takes the thousand away. Compares
// the times with the least that the limits allow.
import { startProcess } from './worker/startProcess.mjs';

const ASSIGNMENTS = Number(process.env.BENCH_ASSIGNMENTS ?? 1_000);
/** Of AWS's 20 requests a second, the worker uses: */
const RATE = 18;
/** AWS's limit on creations at once. */
const OUTSTANDING = 10;
const OPERATION_MS = Number(process.env.BENCH_OPERATION_MS ?? 800);
const MOST_TIME = 1.25;
/** What a person who needs one thing now may have to wait, whatever else is under way. */
const MOST_BESIDE_MS = 15_000;
const SETS = 5;

const children = [];
const misses = [];
try {
  const sandbox = startProcess('worker/serveSandbox.cjs', {
    seed: `generated:accounts=${
      Math.ceil(ASSIGNMENTS / SETS) + 50
    },permissionSets=60,groups=100,people=300,assignments=1000,seed=1`,
    operationDelayMs: OPERATION_MS,
  });
  children.push(sandbox);
  const { url, accounts, permissionSets } = await sandbox.answer('ready');
  const look = async () => {
    sandbox.send('look');
    return sandbox.answer('seen');
  };
  const pairs = permissionSets
    .slice(0, SETS + 1)
    .flatMap(arn => accounts.map(account => [arn, account]));
  const worker = startProcess('assignments/measureAssignments.cjs', {
    url,
    bulk: pairs.slice(0, ASSIGNMENTS),
    small: pairs.slice(ASSIGNMENTS, ASSIGNMENTS + 2),
    limits: { requestsPerSecond: RATE, outstandingAssignments: OUTSTANDING },
  });
  children.push(worker);
  const alone = await worker.answer('alone');
  const before = await look();
  const beside = await worker.answer('beside');
  const bulk = await worker.answer('bulk');
  const after = await look();
  const gone = await worker.answer('gone');
  const atLast = await look();
  const callsBetween = (one, other) =>
    Object.entries(other.calls)
      .map(([operation, count]) => [
        operation,
        count - (one.calls[operation] ?? 0),
      ])
      .filter(([, count]) => count > 0)
      .sort(([, first], [, second]) => second - first);
  const totalOf = counts =>
    counts.reduce((total, [, count]) => total + count, 0);
  const byOperation = callsBetween(before, after);
  const calls = totalOf(byOperation);
  const removing = callsBetween(after, atLast);

  const creations = after.creations.slice(before.creations.length);
  const firstAt = creations[0].begunAt;
  const lastAt = Math.max(...creations.map(({ endsAt }) => endsAt));
  const busyMs = creations.reduce(
    (sum, { begunAt, endsAt }) => sum + endsAt - begunAt,
    0,
  );

  const byCap = (ASSIGNMENTS / OUTSTANDING) * OPERATION_MS;
  const byRate = (ASSIGNMENTS / RATE) * 1000;
  const least = Math.max(byCap, byRate);
  const ratio = bulk.ms / least;
  const seconds = ms => `${(ms / 1000).toFixed(1)} s`;
  const line = (...cells) =>
    console.log(
      cells
        .map((cell, index) =>
          index ? String(cell).padStart(12) : cell.padEnd(52),
        )
        .join(' ')
        .trimEnd(),
    );
  line('', 'took', 'of', 'ratio');
  line(
    `${ASSIGNMENTS.toLocaleString(
      'en',
    )} assignments, of what cap and rate allow`,
    seconds(bulk.ms),
    seconds(least),
    `${ratio.toFixed(2)}x`,
    ratio > MOST_TIME ? 'missed' : '',
  );
  line('  the cap alone allows', '', seconds(byCap));
  line('  the rate alone allows', '', seconds(byRate));
  line(
    'calls to sso-admin, of one for each',
    calls,
    ASSIGNMENTS,
    `${(calls / ASSIGNMENTS).toFixed(2)}x`,
  );
  for (const [operation, count] of byOperation) line(`  ${operation}`, count);
  line(
    'calls a second, of what the worker allows itself',
    (calls / (bulk.ms / 1000)).toFixed(1),
    RATE,
  );
  line(
    'places at AWS in use, between first and last',
    (busyMs / (lastAt - firstAt)).toFixed(1),
    OUTSTANDING,
  );
  line(
    '  of which one was empty between two, on average',
    `${Math.round(
      ((lastAt - firstAt) * OUTSTANDING - busyMs) / creations.length,
    )} ms`,
  );
  line(
    '  before the first and after the last',
    seconds(bulk.ms - (lastAt - firstAt)),
  );
  line(
    "the worker's CPU, of one core",
    `${Math.round((100 * bulk.cpuMs) / bulk.ms)}%`,
  );
  line(
    '  how late it got it, in the worst one of a hundred',
    `${bulk.lateMs.toFixed(0)} ms`,
  );
  line('  for an assignment', `${(bulk.cpuMs / ASSIGNMENTS).toFixed(1)} ms`);
  line(
    '  statements in the database for an assignment',
    (bulk.statements / ASSIGNMENTS).toFixed(0),
  );
  line('one assignment alone', seconds(alone.ms));
  line(
    `the same beside the many (${beside.done} of them done then)`,
    seconds(beside.ms),
    seconds(alone.ms),
    `${(beside.ms / alone.ms).toFixed(2)}x`,
  );
  line(
    '  of what a person may have to wait',
    seconds(beside.ms),
    seconds(MOST_BESIDE_MS),
    `${(beside.ms / MOST_BESIDE_MS).toFixed(2)}x`,
    beside.ms > MOST_BESIDE_MS ? 'missed' : '',
  );
  const goneRatio = gone.ms / least;
  line(
    `the ${ASSIGNMENTS.toLocaleString('en')} taken away, of the same`,
    seconds(gone.ms),
    seconds(least),
    `${goneRatio.toFixed(2)}x`,
    goneRatio > MOST_TIME ? 'missed' : '',
  );
  line(
    'calls to sso-admin, of one for each',
    totalOf(removing),
    ASSIGNMENTS,
    `${(totalOf(removing) / ASSIGNMENTS).toFixed(2)}x`,
  );
  for (const [operation, count] of removing) line(`  ${operation}`, count);
  line(
    "the worker's CPU, of one core",
    `${Math.round((100 * gone.cpuMs) / gone.ms)}%`,
  );
  if (goneRatio > MOST_TIME) {
    misses.push(
      `taking them away takes ${goneRatio.toFixed(2)} times what is possible`,
    );
  }
  if (ratio > MOST_TIME) {
    misses.push(
      `many assignments take ${ratio.toFixed(2)} times what is possible`,
    );
  }
  if (beside.ms > MOST_BESIDE_MS) {
    misses.push(`one beside many waits ${seconds(beside.ms)}`);
  }
} finally {
  children.forEach(child => child.end());
}

console.log(
  misses.length
    ? `\nMissed:\n${misses.map(miss => `  ${miss}`).join('\n')}`
    : `\nMany assignments come and go within ${MOST_TIME} times what the limits allow, and nobody waits behind them.`,
);
process.exitCode = misses.length ? 1 : 0;
