// The worker in a process of its own, at its real pace: carries out approved requests of so many assignments against
// the sandbox that its first message names, takes them away, and answers with the times. Ends with its parent.
const { monitorEventLoopDelay, performance } = require('node:perf_hooks');
const { setTimeout: delay } = require('node:timers/promises');
const { createWorker, elevationOf } = require('../worker/createWorker.cjs');

process.once('disconnect', () => process.exit());
process.once('message', async ({ url, bulk, small, limits }) => {
  const { knex, world, engine } = await createWorker(url, limits);
  let statements = 0;
  knex.on('query', () => {
    statements += 1;
  });

  const begin = async (person, pairs) => {
    const startedAt = performance.now();
    const { id } = await world.approvePlan(elevationOf(person, pairs));
    engine.wake('parcel');
    return { id, startedAt };
  };
  const reach = async ({ id, startedAt }, end, ...before) => {
    for (;;) {
      const { state, stateReason } = await world.stores.requests.get(id);
      if (state === end) return performance.now() - startedAt;
      if (!before.includes(state)) {
        throw new Error(`A request is ${state}: ${stateReason}`);
      }
      await delay(50);
    }
  };
  const finish = request =>
    reach(request, 'active', 'approved', 'provisioning');
  const countDone = async ({ id }) => {
    const [{ count }] = await knex('aws_access_steps')
      .where({ request_id: id, state: 'done' })
      .count({ count: '*' });
    return count;
  };

  const alone = await finish(await begin('ben', small.slice(0, 1)));
  process.send({ type: 'alone', ms: alone });
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const cpuBefore = process.cpuUsage();
  const statementsBefore = statements;
  const crowd = await begin('ana', bulk);
  const crowdMs = finish(crowd);
  while ((await countDone(crowd)) < bulk.length / 20) await delay(100);
  const beside = await finish(await begin('ben', small.slice(1, 2)));
  const done = await countDone(crowd);
  process.send({ type: 'beside', ms: beside, done });
  const ms = await crowdMs;
  const { user, system } = process.cpuUsage(cpuBefore);
  process.send({
    type: 'bulk',
    ms,
    cpuMs: (user + system) / 1000,
    statements: statements - statementsBefore,
    lateMs: loop.percentile(99) / 1e6,
  });

  const startedAt = performance.now();
  const cpuAtEnd = process.cpuUsage();
  await world.giveBack(crowd.id);
  engine.wake('parcel');
  await reach({ id: crowd.id, startedAt }, 'ended', 'ending');
  const goneMs = performance.now() - startedAt;
  const used = process.cpuUsage(cpuAtEnd);
  process.send({
    type: 'gone',
    ms: goneMs,
    cpuMs: (used.user + used.system) / 1000,
  });
});
