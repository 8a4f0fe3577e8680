import { createRequire } from 'node:module';
import { join } from 'node:path';

const createKnex = createRequire(import.meta.url)('knex');
const LONG_AGO = '2000-01-01T00:00:00.000Z';

/**
 * The backends' database, from outside: to move time on, and to look at what must
 * be over in the end.
 */
export class Database {
  #knex;

  /** @param settings - as the backends' `backend.database` */
  constructor({ client, connection, prefix }) {
    const isSqlite = client === 'better-sqlite3';
    this.#knex = createKnex({
      client,
      connection: isSqlite
        ? { filename: join(connection.directory, 'aws-access.sqlite') }
        : { ...connection, database: `${prefix}aws-access` },
      useNullAsDefault: isSqlite,
      pool: isSqlite ? undefined : { min: 0, max: 2 },
    });
  }

  /** As if the time of the worker's claim had passed: another may take over. */
  async passClaim() {
    await this.#knex('aws_access_organizations').update({
      claim_until: LONG_AGO,
    });
  }

  /** As if the request's time had passed. */
  async passEnd(requestId) {
    await this.#knex.transaction(async transaction => {
      await transaction('aws_access_requests')
        .where({ id: requestId })
        .whereNotNull('ends_at')
        .update({ ends_at: LONG_AGO });
      await transaction('aws_access_leases')
        .where({ request_id: requestId })
        .whereNotNull('ends_at')
        .update({ ends_at: LONG_AGO });
    });
  }

  /** What a worker that dies now leaves behind. */
  async lookAtWork() {
    const [running, unknown] = await Promise.all([
      this.#count('aws_access_steps', { state: 'running' }),
      this.#count('aws_access_intents', { state: 'intended' }),
    ]);
    return { running, unknown };
  }

  async listRequests() {
    return this.#knex('aws_access_requests').select('id', 'number', 'state');
  }

  /** Leases that are a reason for something, with what they are on. */
  async listLiveLeases() {
    const rows = await this.#knex({ lease: 'aws_access_leases' })
      .join(
        { request: 'aws_access_requests' },
        'request.id',
        'lease.request_id',
      )
      .whereNull('lease.ended_at')
      .select('lease.*', 'request.state', 'request.number');
    return rows.map(row => ({
      number: row.number,
      state: row.state,
      requestId: row.request_id,
      endsAt: row.ends_at,
      key: row.object_key,
      object: JSON.parse(row.object),
    }));
  }

  async listOpenIntents() {
    return this.#knex({ intent: 'aws_access_intents' })
      .join({ step: 'aws_access_steps' }, 'step.id', 'intent.step_id')
      .join({ request: 'aws_access_requests' }, 'request.id', 'step.request_id')
      .where('intent.state', 'intended')
      .select(
        'request.number',
        'request.state',
        'step.kind',
        'step.phase',
        'intent.operation',
        'intent.object_key as key',
        { step: 'step.state' },
      );
  }

  async listUnfinishedSteps() {
    return this.#knex({ step: 'aws_access_steps' })
      .join({ request: 'aws_access_requests' }, 'request.id', 'step.request_id')
      .whereIn('step.state', ['pending', 'running', 'waiting', 'failed'])
      .select(
        'request.number',
        'request.state',
        'step.kind',
        'step.detail',
        'step.cloud_message as message',
        { step: 'step.state' },
      );
  }

  /**
   * What is known of objects, and of the requests that had to do with them: leases,
   * writes, steps and audit rows, each with its moment and in words.
   *
   * @param keys - as leases and intents name the objects
   */
  async listHistory(keys) {
    // Before its id was known, an object had another key.
    const ids = keys.map(key => key.split('/').slice(1).join('/'));
    const intents = await this.#knex({ intent: 'aws_access_intents' })
      .join({ step: 'aws_access_steps' }, 'step.id', 'intent.step_id')
      .whereIn('intent.object_key', keys)
      .orWhere(of => {
        for (const id of ids) of.orWhere('intent.result', 'like', `%${id}%`);
      })
      .select('intent.*', 'step.request_id', 'step.kind', 'step.phase');
    const leases = await this.#knex('aws_access_leases')
      .whereIn('object_key', [
        ...keys,
        ...intents.map(({ object_key: key }) => key),
      ])
      .select();
    const ofRequests = (table, column) =>
      this.#knex(table).whereIn(column, [
        ...new Set([...intents, ...leases].map(row => row.request_id)),
      ]);
    const [requests, steps, audit] = await Promise.all([
      ofRequests('aws_access_requests', 'id').select('id', 'number'),
      ofRequests('aws_access_steps', 'request_id').select(),
      ofRequests('aws_access_audit_events', 'request_id').select(),
    ]);
    const numbers = new Map(requests.map(({ id, number }) => [id, number]));
    const of = row => `request ${numbers.get(row.request_id)}`;
    return [
      ...intents.map(row => ({
        at: row.intended_at,
        text: `${of(row)}: ${row.phase} step ${row.kind} meant ${
          row.operation
        } on ${row.object_key}, attempt ${row.attempt} in epoch ${
          row.epoch
        }, and it is ${row.state}${
          row.confirmed_at ? ` since ${row.confirmed_at}` : ''
        }; before: ${row.before}; answer: ${row.result}`,
      })),
      ...leases.map(row => ({
        at: row.starts_at,
        text: `${of(row)}: lease on ${row.object_key}, ended ${
          row.ended_at
        }, removed ${row.removed_at}`,
      })),
      ...steps.map(row => ({
        at: row.started_at ?? row.finished_at ?? '',
        text: `${of(row)}: ${row.phase} step ${row.kind} is ${row.state}${
          row.finished_at ? ` since ${row.finished_at}` : ''
        } after ${row.attempts} attempts: ${row.title}; ${row.detail}`,
      })),
      ...audit.map(row => ({
        at: row.at,
        text: `${of(row)}: audit ${row.kind} by ${row.actor}: ${JSON.stringify(
          JSON.parse(row.canonical).data,
        )}`,
      })),
    ];
  }

  /** Cloud writes, by what became of them. */
  async countWrites() {
    const rows = await this.#knex('aws_access_intents')
      .select('state')
      .count({ count: '*' })
      .sum({ attempts: 'attempt' })
      .groupBy('state');
    return Object.fromEntries(
      rows.map(row => [
        row.state,
        { writes: Number(row.count), attempts: Number(row.attempts) },
      ]),
    );
  }

  async stop() {
    await this.#knex.destroy();
  }

  async #count(table, where) {
    const [{ count }] = await this.#knex(table)
      .where(where)
      .count({ count: '*' });
    return Number(count);
  }
}
