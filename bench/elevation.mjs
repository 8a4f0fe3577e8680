// npm run bench -- elevation: how long an elevation takes there and back. The worker, at its real pace, gives a person a
// permission set for a while, again and again, in a sandbox with AWS's own limits.
import { startProcess } from './worker/startProcess.mjs';

const ELEVATIONS = Number(process.env.BENCH_ELEVATIONS ?? 6);
const OPERATION_MS = Number(process.env.BENCH_OPERATION_MS ?? 800);
/** From the approval until it is seen in AWS. */
const MOST_USABLE_MS = 15_000;
/** From its end until it is seen to be gone. */
const MOST_GONE_MS = 60_000;

const processes = [];
let runs;
try {
  const sandbox = startProcess('worker/serveSandbox.cjs', {
    seed: `generated:accounts=${
      ELEVATIONS + 50
    },permissionSets=20,groups=50,people=100,assignments=100,seed=1`,
    operationDelayMs: OPERATION_MS,
  });
  processes.push(sandbox);
  const { url, accounts, permissionSets } = await sandbox.answer('ready');
  const worker = startProcess('elevation/measureElevations.cjs', {
    url,
    pairs: accounts
      .slice(0, ELEVATIONS)
      .map(account => [permissionSets[0], account]),
    limits: { requestsPerSecond: 18, outstandingAssignments: 10 },
  });
  processes.push(worker);
  ({ runs } = await worker.answer('measured'));
} finally {
  processes.forEach(one => one.end());
}

const misses = [];
const seconds = ms => `${(ms / 1000).toFixed(1)} s`;
const line = (...cells) =>
  console.log(
    cells
      .map((cell, index) => (index ? cell.padStart(12) : cell.padEnd(44)))
      .join(' ')
      .trimEnd(),
  );
function show(what, times, most) {
  const sorted = times.toSorted((one, other) => one - other);
  const longest = sorted.at(-1);
  line(
    what,
    seconds(sorted[Math.floor(sorted.length / 2)]),
    seconds(longest),
    seconds(most),
    longest > most ? 'missed' : '',
  );
  if (longest > most) misses.push(`${what}: ${seconds(longest)}`);
}
line(`${ELEVATIONS} elevations, one after the other`, 'half', 'all', 'of');
show(
  'from the approval to usable',
  runs.map(({ usableMs }) => usableMs),
  MOST_USABLE_MS,
);
show(
  'from the end to gone',
  runs.map(({ goneMs }) => goneMs),
  MOST_GONE_MS,
);
console.log(
  misses.length
    ? `\nMissed:\n${misses.map(miss => `  ${miss}`).join('\n')}`
    : '\nElevations are usable soon after their approval and gone soon after their end.',
);
process.exitCode = misses.length ? 1 : 0;
