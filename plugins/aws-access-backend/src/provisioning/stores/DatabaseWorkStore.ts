import { Knex } from 'knex';
import { databaseNowPlus } from '../../database/databaseNow';
import { WorkStore } from './WorkStore';

const REQUESTS = 'aws_access_requests';

/** Finds requests that wait for the worker. */
export class DatabaseWorkStore implements WorkStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async listApproved(
    organizationId: string,
    limit: number,
    offset = 0,
  ): Promise<string[]> {
    const rows = await this.#knex(REQUESTS)
      .where({ organization_id: organizationId, state: 'approved' })
      .orderBy([{ column: 'approved_at' }, { column: 'number' }])
      .limit(limit)
      .offset(offset)
      .select('id');
    return rows.map(row => row.id);
  }

  async listLapsed(
    organizationId: string,
    limits: { pendingSeconds: number; approvedSeconds: number },
    limit: number,
  ): Promise<string[]> {
    const knex = this.#knex;
    const rows = await knex(REQUESTS)
      .where('organization_id', organizationId)
      .andWhere(old =>
        old
          .where(pending =>
            pending
              .where('state', 'pending')
              .andWhere(
                'updated_at',
                '<',
                databaseNowPlus(knex, -limits.pendingSeconds),
              ),
          )
          .orWhere(approved =>
            approved
              .where('state', 'approved')
              .andWhere(
                'approved_at',
                '<',
                databaseNowPlus(knex, -limits.approvedSeconds),
              ),
          ),
      )
      .orderBy('number')
      .limit(limit)
      .select('id');
    return rows.map(row => row.id);
  }
}
