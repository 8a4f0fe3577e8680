import { WriteStop, WriteStopKind } from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../database/databaseNow';
import { WriteStopStore } from './WriteStopStore';

const STOPS = 'aws_access_write_stops';

/** Stops of writes, one row per organization and kind. */
export class DatabaseWriteStopStore implements WriteStopStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async listLive(organizationId: string): Promise<WriteStop[]> {
    const rows = await this.#knex(STOPS)
      .where('organization_id', organizationId)
      .andWhere('until', '>', databaseNow(this.#knex))
      // `everything` before `grants`.
      .orderBy('kind');
    return rows.map(toWriteStop);
  }

  async stop(
    organizationId: string,
    stop: Parameters<WriteStopStore['stop']>[1],
  ): Promise<WriteStop> {
    const [row] = await this.#knex(STOPS)
      .insert({
        organization_id: organizationId,
        kind: stop.kind,
        reason: stop.reason,
        stopped_by: stop.stoppedBy,
        since: databaseNow(this.#knex),
        until: databaseNowPlus(this.#knex, stop.seconds),
        end_told_at: null,
      })
      .onConflict(['organization_id', 'kind'])
      .merge()
      .returning('*');
    return toWriteStop(row);
  }

  async resume(organizationId: string, kind: WriteStopKind): Promise<boolean> {
    const resumed = await this.#knex(STOPS)
      .where({ organization_id: organizationId, kind })
      .andWhere('until', '>', databaseNow(this.#knex))
      .delete();
    return resumed === 1;
  }

  async takeEnded(organizationId: string): Promise<WriteStop[]> {
    const rows = await this.#knex(STOPS)
      .where('organization_id', organizationId)
      .andWhere('until', '<=', databaseNow(this.#knex))
      .whereNull('end_told_at')
      .update({ end_told_at: databaseNow(this.#knex) })
      .returning('*');
    return rows.map(toWriteStop);
  }
}

function toWriteStop(row: {
  kind: WriteStopKind;
  reason: string;
  stopped_by: string;
  since: string;
  until: string;
}): WriteStop {
  return {
    kind: row.kind,
    reason: row.reason,
    stoppedBy: row.stopped_by,
    since: row.since,
    until: row.until,
  };
}
