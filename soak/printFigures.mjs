const MOST_VIOLATIONS = 40;

/**
 * Says what came of a soak, the figures last.
 *
 * @returns whether anything is not as it must be
 */
export function printFigures(result, options) {
  const { violations, writes, counts, refusals } = result;
  if (refusals.size > 0) {
    console.log('\nRefused, as people are told:');
    const often = [...refusals].sort(([, one], [, other]) => other - one);
    for (const [reason, count] of often.slice(0, 12)) {
      console.log(`  ${count} x ${reason}`);
    }
  }
  if (violations.length > 0) {
    console.log(`\nViolations:`);
    for (const text of violations.slice(0, MOST_VIOLATIONS)) {
      console.log(`  ${text}`);
      for (const line of result.traces.get(text)) console.log(`    ${line}`);
    }
    if (violations.length > MOST_VIOLATIONS) {
      console.log(`  and ${violations.length - MOST_VIOLATIONS} more`);
    }
  }
  const kinds = countBy(result.requests, ({ kind }) => kind);
  const states = countBy(result.requests, ({ state }) => state);
  const twice = violations.filter(text => /twice|^Two /.test(text)).length;
  const missing = violations.filter(text => text.startsWith('Missing')).length;
  const left = violations.filter(text => text.includes('without a live lease'));
  const ofSeed = violations.filter(text => text.includes('of the seed'));
  const line = (name, value) => console.log(`${name.padEnd(34)}${value}`);
  console.log('');
  line('requests', `${result.rows} (${list(states)})`);
  line('kinds', list(kinds));
  line('extended, retried', `${counts.extended}, ${counts.retried}`);
  line('calls repeated after a kill', counts.notTaken);
  line('kills (SIGKILL)', result.kills);
  line('  while a step was carried out', result.midStep);
  line('  with a write of unknown outcome', result.midWrite);
  line(
    'cloud writes',
    list(
      Object.fromEntries(
        Object.entries(writes).map(([state, { writes: count, attempts }]) => [
          state,
          attempts > count ? `${count} in ${attempts} attempts` : count,
        ]),
      ),
    ),
  );
  line(
    'live leases, objects beyond seed',
    `${result.leases}, ${result.objects}`,
  );
  line('there twice', twice);
  line('missing', missing);
  line('there without a live lease', left.length);
  line('of others touched', ofSeed.length);
  line('audit chain', `${result.audit.verdict}, ${result.audit.rows} rows`);
  const { minutes, seed, database, replicas, weather, backend } = options;
  console.log(
    violations.length === 0
      ? '\nEverything is where it must be.'
      : `\n${violations.length} violations. Repeat it with: npm run soak -- --minutes ${minutes} --seed ${seed} --database ${database} --replicas ${replicas} --weather ${weather} --backend ${backend}`,
  );
  return violations.length > 0;
}

function countBy(items, keyOf) {
  const counts = {};
  for (const item of items) {
    const key = keyOf(item);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

function list(counts) {
  return Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
