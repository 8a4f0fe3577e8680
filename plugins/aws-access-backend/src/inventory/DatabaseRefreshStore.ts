import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../database/databaseNow';
import {
  InventoryObject,
  inventoryObjectKey,
  RefreshProgress,
  RefreshRow,
  RefreshStore,
} from './RefreshStore';

const REFRESHES = 'aws_access_inventory_refreshes';
const PATCHES = 'aws_access_inventory_patches';

/** A runner that says nothing for so long is taken for dead. */
const RUNNER_SECONDS = 120;

/** Refreshes as the database knows them. */
export class DatabaseRefreshStore implements RefreshStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(organizationId: string): Promise<RefreshRow> {
    const row = await this.#knex(REFRESHES)
      .where({ organization_id: organizationId })
      .first('*', { now: databaseNow(this.#knex) });
    const running = Boolean(row?.runner_until && row.runner_until > row.now);
    return {
      running,
      startedAt: row?.started_at ?? null,
      finishedAt: row?.finished_at ?? null,
      progress:
        running && row.part
          ? { part: row.part, done: row.done ?? 0, total: row.total }
          : null,
    };
  }

  async request(organizationId: string): Promise<void> {
    const requested_at = databaseNow(this.#knex);
    await this.#knex(REFRESHES)
      .insert({ organization_id: organizationId, requested_at })
      .onConflict('organization_id')
      .merge({ requested_at });
  }

  async begin(
    organizationId: string,
    runner: string,
    everySeconds: number,
    worker?: string,
  ): Promise<string | undefined> {
    await this.#knex(REFRESHES)
      .insert({ organization_id: organizationId })
      .onConflict('organization_id')
      .ignore();
    const now = databaseNow(this.#knex);
    const [begun] = await this.#knex(REFRESHES)
      .where({ organization_id: organizationId })
      .andWhere(this.#unlessOtherWorks(worker))
      .andWhere(free =>
        free.whereNull('runner_until').orWhere('runner_until', '<=', now),
      )
      .andWhere(due =>
        due
          .whereNull('started_at')
          .orWhere('requested_at', '>', this.#knex.ref('started_at'))
          .orWhere(
            'started_at',
            '<=',
            databaseNowPlus(this.#knex, -everySeconds),
          )
          // Whoever began the last one died before its end.
          .orWhereNotNull('runner'),
      )
      .update({
        started_at: now,
        runner,
        runner_until: databaseNowPlus(this.#knex, RUNNER_SECONDS),
        part: null,
        done: null,
        total: null,
      })
      .returning('started_at');
    return begun?.started_at;
  }

  async progress(
    organizationId: string,
    runner: string,
    progress: RefreshProgress | null,
    worker?: string,
  ): Promise<boolean> {
    const changed = await this.#knex(REFRESHES)
      .where({ organization_id: organizationId, runner })
      .andWhere(this.#unlessOtherWorks(worker))
      .update({
        runner_until: databaseNowPlus(this.#knex, RUNNER_SECONDS),
        part: progress?.part ?? null,
        done: progress?.done ?? null,
        total: progress?.total ?? null,
      });
    return changed === 1;
  }

  async abandon(organizationId: string, runner: string): Promise<void> {
    await this.#knex(REFRESHES)
      .where({ organization_id: organizationId, runner })
      .update({ runner_until: null, part: null, done: null, total: null });
  }

  async finish(organizationId: string, runner: string): Promise<void> {
    await this.#knex(REFRESHES)
      .where({ organization_id: organizationId, runner })
      .update({
        finished_at: databaseNow(this.#knex),
        runner: null,
        runner_until: null,
        part: null,
        done: null,
        total: null,
      });
  }

  async recordPatches(
    organizationId: string,
    objects: InventoryObject[],
  ): Promise<void> {
    for (const object of objects) {
      await this.#knex(PATCHES)
        .insert({
          organization_id: organizationId,
          object_key: inventoryObjectKey(object),
          object: JSON.stringify(object),
          patched_at: databaseNow(this.#knex),
        })
        .onConflict(['organization_id', 'object_key'])
        .merge();
    }
  }

  async takePatchesSince(
    organizationId: string,
    since: string,
  ): Promise<InventoryObject[]> {
    const patches = this.#knex(PATCHES).where({
      organization_id: organizationId,
    });
    await patches.clone().andWhere('patched_at', '<', since).delete();
    const recent = await patches.clone().select('object');
    return recent.map(row => JSON.parse(row.object));
  }

  #unlessOtherWorks(worker: string | undefined) {
    return (query: Knex.QueryBuilder) => {
      if (worker === undefined) return;
      query.whereNotExists(
        this.#knex('aws_access_organizations')
          .select(this.#knex.raw('1'))
          .where('id', this.#knex.ref(`${REFRESHES}.organization_id`))
          .andWhere('claim_until', '>', databaseNow(this.#knex))
          .whereNot('claim_owner', worker),
      );
    };
  }
}
