import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../database/databaseNow';
import { NoticeKind, RequestNoticeStore } from './RequestNoticeStore';

const NOTICES = 'aws_access_request_notices';

/** Notices in the plugin's database. */
export class DatabaseRequestNoticeStore implements RequestNoticeStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async listToRemind(
    organizationId: string,
    afterSeconds: number,
    limit: number,
  ): Promise<string[]> {
    return await this.#without('reminded', organizationId, 'pending')
      .join('aws_access_request_plans as plan', join =>
        join
          .on('plan.request_id', 'request.id')
          .andOn('plan.version', 'request.plan_version'),
      )
      .where(
        'plan.computed_at',
        '<=',
        databaseNowPlus(this.#knex, -afterSeconds),
      )
      .orderBy('request.number')
      .limit(limit)
      .pluck('request.id');
  }

  async listEnding(
    organizationId: string,
    withinSeconds: number,
    limit: number,
  ) {
    const rows = await this.#without('expiring', organizationId, 'active')
      .where(
        'request.ends_at',
        '<=',
        databaseNowPlus(this.#knex, withinSeconds),
      )
      .orderBy('request.ends_at')
      .limit(limit)
      .select('request.id', 'request.starts_at', 'request.ends_at');
    return rows.map(row => ({
      id: row.id as string,
      startsAt: row.starts_at as string | null,
      endsAt: row.ends_at as string,
    }));
  }

  async record(
    requestId: string,
    planVersion: number,
    kind: NoticeKind,
  ): Promise<boolean> {
    const inserted = await this.#knex(NOTICES)
      .insert({
        request_id: requestId,
        plan_version: planVersion,
        kind,
        sent_at: databaseNow(this.#knex),
      })
      .onConflict(['request_id', 'plan_version', 'kind'])
      .ignore()
      .returning('request_id');
    return inserted.length === 1;
  }

  #without(kind: NoticeKind, organizationId: string, state: string) {
    return this.#knex('aws_access_requests as request')
      .where({
        'request.organization_id': organizationId,
        'request.state': state,
      })
      .whereNotExists(
        this.#knex(`${NOTICES} as notice`)
          .select(this.#knex.raw('1'))
          .whereRaw('notice.request_id = request.id')
          .whereRaw('notice.plan_version = request.plan_version')
          .where('notice.kind', kind),
      );
  }
}
