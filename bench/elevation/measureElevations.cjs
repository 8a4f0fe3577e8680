// The worker in a process of its own, at its real pace: gives people a permission set for a while, one after the other,
// and answers with how long it took to be usable and to be gone. Ends with its parent.
const { setTimeout: delay } = require('node:timers/promises');
const { createWorker, elevationOf } = require('../worker/createWorker.cjs');

/** From being usable on until its end, so that the worker is at rest meanwhile. */
const LASTS_MS = 3_000;

process.once('disconnect', () => process.exit());
process.once('message', async ({ url, pairs, limits }) => {
  const { knex, world, engine } = await createWorker(url, limits);
  const until = async (id, wanted) => {
    for (;;) {
      const { state, stateReason } = await world.stores.requests.get(id);
      if (state === wanted) return Date.now();
      if (state === 'stuck') throw new Error(`It is stuck: ${stateReason}`);
      await delay(50);
    }
  };
  const runs = [];
  for (const [index, pair] of pairs.entries()) {
    // At any moment of the worker's rounds.
    await delay((index * 1_700) % 5_000);
    const approvedAt = Date.now();
    const { id } = await world.approvePlan(elevationOf('ana', [pair]));
    engine.wake('parcel');
    const usableAt = await until(id, 'active');
    const endsAt = Date.now() + LASTS_MS;
    const end = { ends_at: new Date(endsAt).toISOString() };
    await knex('aws_access_requests').where({ id }).update(end);
    await knex('aws_access_leases').where('request_id', id).update(end);
    const goneAt = await until(id, 'ended');
    runs.push({ usableMs: usableAt - approvedAt, goneMs: goneAt - endsAt });
  }
  process.send({ type: 'measured', runs });
});
