import { Knex } from 'knex';
import { readDatabaseNow } from '../../database/databaseNow';
import { RateStore } from './RateStore';

const RATES = 'aws_access_rates';
/** Length of `2026-11-24T09:30`: a moment without seconds. */
const MINUTE = 16;

/** Counts in the plugin's database, so that replicas count together. */
export class DatabaseRateStore implements RateStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async count(kind: string, userRef: string): Promise<number> {
    const minute = (await readDatabaseNow(this.#knex)).slice(0, MINUTE);
    const [row] = await this.#knex(RATES)
      .insert({ kind, user_ref: userRef, minute, count: 1 })
      .onConflict(['kind', 'user_ref'])
      .merge({
        count: this.#knex.raw(
          `case when ${RATES}.minute = excluded.minute then ${RATES}.count + 1 else 1 end`,
        ),
        minute: this.#knex.raw('excluded.minute'),
      })
      .returning('count');
    return Number(row.count);
  }
}
