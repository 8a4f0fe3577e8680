import { InventoryPart } from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { databaseNow } from '../database/databaseNow';
import { TABLES } from './inventoryTables';

/**
 * Writes down that a part was read to its end; in the transaction that replaces
 * its rows, so that whoever reads sees the old picture or the new one.
 *
 * @param readSince - when the reading began, ISO-8601; default now
 */
export async function writePart(
  transaction: Knex.Transaction,
  organizationId: string,
  part: InventoryPart,
  readSince: string | undefined,
): Promise<void> {
  const now = databaseNow(transaction);
  await transaction(TABLES.parts)
    .insert({
      organization_id: organizationId,
      part,
      as_of: readSince ?? now,
      complete: true,
      reason: null,
      attempted_at: now,
    })
    .onConflict(['organization_id', 'part'])
    .merge();
}
