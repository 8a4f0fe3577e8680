import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { databaseNow, databaseNowPlus } from '../database/databaseNow';
import { OutboxMessage, OutboxRow, OutboxStore } from './OutboxStore';

const OUTBOX = 'aws_access_outbox';
/** A replica that dies while it delivers gives the message up after this. */
const CLAIM_SECONDS = 60;

/** Messages that wait for the commit and then for delivery. */
export class DatabaseOutboxStore implements OutboxStore {
  readonly #knex: Knex;
  readonly #onPut: () => void;

  constructor(knex: Knex, onPut: () => void = () => {}) {
    this.#knex = knex;
    this.#onPut = onPut;
  }

  async put(message: OutboxMessage): Promise<void> {
    await this.#knex(OUTBOX).insert({
      id: randomUUID(),
      kind: message.kind,
      payload: JSON.stringify(message),
      created_at: databaseNow(this.#knex),
    });
    this.#onPut();
  }

  async claim(limit: number): Promise<OutboxRow[]> {
    const free = (query: Knex.QueryBuilder) =>
      query.where(inner =>
        inner
          .whereNull('claimed_until')
          .orWhere('claimed_until', '<', databaseNow(this.#knex)),
      );
    const rows = await free(this.#knex(OUTBOX))
      .orderBy('created_at')
      .limit(limit);
    const claimed: OutboxRow[] = [];
    for (const row of rows) {
      const taken = await free(this.#knex(OUTBOX).where('id', row.id)).update({
        claimed_until: databaseNowPlus(this.#knex, CLAIM_SECONDS),
        attempts: row.attempts + 1,
      });
      if (taken === 1) {
        claimed.push({
          id: row.id,
          message: JSON.parse(row.payload),
          attempts: row.attempts + 1,
        });
      }
    }
    return claimed;
  }

  async remove(id: string): Promise<void> {
    await this.#knex(OUTBOX).where({ id }).delete();
  }
}
