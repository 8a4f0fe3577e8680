import { Knex } from 'knex';
import { InventoryRotation } from './InventoryRotation';
import { TABLES } from './inventoryTables';

/** SQLite joins at most 500 rows into one insert, and takes few parameters. */
const CHUNK = 400;

/** Remembers in the database what was read when. */
export class DatabaseInventoryRotation implements InventoryRotation {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  listPermissionSetReads(organizationId: string) {
    return this.#knex(TABLES.permissionSets)
      .where({ organization_id: organizationId })
      .select({ arn: 'arn', readAt: 'read_at' });
  }

  async markPermissionSetsRead(
    organizationId: string,
    reads: Map<string, string>,
  ): Promise<void> {
    const byMoment = new Map<string, string[]>();
    for (const [arn, readAt] of reads) {
      const arns = byMoment.get(readAt);
      if (arns) arns.push(arn);
      else byMoment.set(readAt, [arn]);
    }
    for (const [read_at, arns] of byMoment) {
      for (let start = 0; start < arns.length; start += CHUNK) {
        await this.#knex(TABLES.permissionSets)
          .where({ organization_id: organizationId })
          .whereIn('arn', arns.slice(start, start + CHUNK))
          .update({ read_at });
      }
    }
  }

  async getPairCoverage(organizationId: string) {
    const [row] = await this.#knex(TABLES.assignmentPairs)
      .where({ organization_id: organizationId })
      .count({ pairs: '*', read: 'read_at' })
      .min({ oldest: 'read_at' });
    const pairs = Number(row.pairs);
    const unread = pairs - Number(row.read);
    return { asOf: unread > 0 ? null : row.oldest ?? null, pairs, unread };
  }
}
