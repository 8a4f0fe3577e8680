import { Batch } from '../database/Batch';
import { InventoryAccount, InventoryStore } from './InventoryStore';

/** What finding out about accounts needs of the inventory. */
export type AccountInventory = Pick<
  InventoryStore,
  'getAccounts' | 'pageAccounts'
>;

/** Reads the accounts that are asked for at the same time with one query. */
export function batchAccounts(inventory: AccountInventory): AccountInventory {
  const batches = new Map<string, Batch<string, InventoryAccount>>();
  const batchOf = (organizationId: string) => {
    let batch = batches.get(organizationId);
    if (!batch) {
      batch = new Batch(async accountIds => {
        const found = await inventory.getAccounts(organizationId, accountIds);
        return new Map(found.map(account => [account.accountId, account]));
      });
      batches.set(organizationId, batch);
    }
    return batch;
  };
  return {
    getAccounts: (organizationId, accountIds) =>
      batchOf(organizationId).loadAll([...new Set(accountIds)]),
    pageAccounts: (organizationId, query) =>
      inventory.pageAccounts(organizationId, query),
  };
}
