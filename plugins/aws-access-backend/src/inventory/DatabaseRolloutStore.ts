import { Knex } from 'knex';
import { RolloutStore } from './RolloutStore';

const ROLLOUTS = 'aws_access_permission_set_rollouts';

/** Rollouts in the plugin's database. */
export class DatabaseRolloutStore implements RolloutStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async getOutdatedAccountIds(organizationId: string, arn: string) {
    const row = await this.#knex(ROLLOUTS)
      .where({ organization_id: organizationId, permission_set_arn: arn })
      .first();
    return row ? JSON.parse(row.outdated_account_ids) : null;
  }

  async record(
    organizationId: string,
    outdated: ReadonlyMap<string, string[] | undefined>,
  ): Promise<void> {
    await this.#knex.transaction(async transaction => {
      for (const [permission_set_arn, accountIds] of outdated) {
        const key = { organization_id: organizationId, permission_set_arn };
        if (!accountIds) {
          await transaction(ROLLOUTS).where(key).delete();
          continue;
        }
        await transaction(ROLLOUTS)
          .insert({ ...key, outdated_account_ids: JSON.stringify(accountIds) })
          .onConflict(['organization_id', 'permission_set_arn'])
          .merge();
      }
    });
  }

  async keepOnly(organizationId: string, arns: string[]): Promise<void> {
    const present = new Set(arns);
    const known: string[] = await this.#knex(ROLLOUTS)
      .where({ organization_id: organizationId })
      .pluck('permission_set_arn');
    await this.record(
      organizationId,
      new Map(
        known.filter(arn => !present.has(arn)).map(arn => [arn, undefined]),
      ),
    );
  }
}
