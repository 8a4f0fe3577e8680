import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../database/databaseNow';
import { FollowUpRow, FollowUpStore } from './FollowUpStore';

const FOLLOW_UPS = 'aws_access_follow_ups';

/** The follow-ups in the plugin's database. */
export class DatabaseFollowUpStore implements FollowUpStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async queue(requestId: string): Promise<void> {
    await this.#knex(FOLLOW_UPS)
      .insert({
        request_id: requestId,
        state: 'waiting',
        queued_at: databaseNow(this.#knex),
        changed_at: databaseNow(this.#knex),
      })
      .onConflict('request_id')
      .ignore();
  }

  async get(requestId: string): Promise<FollowUpRow | undefined> {
    const row = await this.#knex(FOLLOW_UPS)
      .where('request_id', requestId)
      .first();
    return (
      row && {
        requestId: row.request_id,
        state: row.state,
        taskId: row.task_id,
        detail: row.detail,
      }
    );
  }

  async listLost(seconds: number): Promise<string[]> {
    return this.#knex(FOLLOW_UPS)
      .where('state', 'starting')
      .where('changed_at', '<', databaseNowPlus(this.#knex, -seconds))
      .pluck('request_id');
  }

  async listWaiting(limit: number): Promise<string[]> {
    return this.#knex(FOLLOW_UPS)
      .where('state', 'waiting')
      .orderBy('queued_at')
      .limit(limit)
      .pluck('request_id');
  }

  async take(requestId: string): Promise<boolean> {
    const taken = await this.#knex(FOLLOW_UPS)
      .where({ request_id: requestId, state: 'waiting' })
      .update({ state: 'starting', changed_at: databaseNow(this.#knex) });
    return taken === 1;
  }

  async settle(
    requestId: string,
    { state, taskId, detail }: Parameters<FollowUpStore['settle']>[1],
  ): Promise<void> {
    const settled = await this.#knex(FOLLOW_UPS)
      .where({ request_id: requestId, state: 'starting' })
      .update({
        state,
        task_id: taskId,
        detail,
        changed_at: databaseNow(this.#knex),
      });
    if (settled !== 1) {
      throw new ConflictError(
        `The follow-up of request ${requestId} was settled by somebody else`,
      );
    }
  }
}
