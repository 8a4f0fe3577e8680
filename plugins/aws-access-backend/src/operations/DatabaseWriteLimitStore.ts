import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../database/databaseNow';
import { REMOVING_OPERATIONS } from '../provisioning/writeEffect';
import { WriteCounts, WriteLimitStore } from './WriteLimitStore';

const AN_HOUR = 60 * 60;

/** Counts recorded intents: what was about to be written counts as written. */
export class DatabaseWriteLimitStore implements WriteLimitStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async count(organizationId: string): Promise<WriteCounts> {
    const knex = this.#knex;
    const anew = await knex('aws_access_write_counts')
      .where('organization_id', organizationId)
      .first('counted_from');
    const rows = await knex('aws_access_intents')
      .where('organization_id', organizationId)
      .andWhere('intended_at', '>', databaseNowPlus(knex, -AN_HOUR))
      .modify(query => {
        if (anew) query.andWhere('intended_at', '>', anew.counted_from);
      })
      .groupBy('operation')
      .select('operation')
      .count({ count: '*' });
    const counts = rows as unknown as Array<{
      operation: string;
      count: unknown;
    }>;
    const total = (counted: typeof counts) =>
      counted.reduce((sum, { count }) => sum + Number(count), 0);
    return {
      writes: total(counts),
      removals: total(
        counts.filter(({ operation }) => REMOVING_OPERATIONS.has(operation)),
      ),
    };
  }

  async startAnew(organizationId: string): Promise<void> {
    await this.#knex('aws_access_write_counts')
      .insert({
        organization_id: organizationId,
        counted_from: databaseNow(this.#knex),
      })
      .onConflict('organization_id')
      .merge();
  }
}
