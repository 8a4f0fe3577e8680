import { Knex } from 'knex';
import { databaseNow } from '../database/databaseNow';
import { LiveAccess, LiveAccessStore } from './LiveAccessStore';

/** Counts leases that stand, and those whose way back is not over. */
export class DatabaseLiveAccessStore implements LiveAccessStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(): Promise<LiveAccess[]> {
    const knex = this.#knex;
    const rows = await knex({ lease: 'aws_access_leases' })
      .join('aws_access_requests as request', 'request.id', 'lease.request_id')
      .where(live =>
        live
          .whereNull('lease.ended_at')
          .orWhere(leaving =>
            leaving
              .whereNull('lease.removed_at')
              .whereIn('request.state', ['ending', 'stuck']),
          ),
      )
      .groupBy('lease.organization_id')
      .orderBy('lease.organization_id')
      .select({
        id: 'lease.organization_id',
        leases: knex.raw('count(*)'),
        requests: knex.raw('count(distinct lease.request_id)'),
        overdue: knex.raw(
          `count(distinct case when lease.ended_at is not null or lease.ends_at <= ?
            then lease.request_id end)`,
          [databaseNow(knex)],
        ),
      });
    return rows.map(row => ({
      organizationId: row.id,
      leases: Number(row.leases),
      requests: Number(row.requests),
      overdueRequests: Number(row.overdue),
    }));
  }
}
