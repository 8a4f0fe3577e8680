import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../database/databaseNow';
import {
  ADOPTION,
  REMOVING_OPERATIONS,
} from '../provisioning/running/writeEffect';
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
      .andWhereNot('operation', ADOPTION)
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
        told_at: null,
      })
      .onConflict('organization_id')
      .merge();
  }

  async recordTold(organizationId: string): Promise<boolean> {
    const knex = this.#knex;
    const counts = knex('aws_access_write_counts');
    await counts
      .clone()
      // Everything counts until an operator says go for the first time.
      .insert({ organization_id: organizationId, counted_from: '' })
      .onConflict('organization_id')
      .ignore();
    const told = await counts
      .clone()
      .where('organization_id', organizationId)
      .andWhere(query =>
        query
          .whereNull('told_at')
          .orWhere('told_at', '<', databaseNowPlus(knex, -AN_HOUR)),
      )
      .update({ told_at: databaseNow(knex) });
    return told === 1;
  }
}
