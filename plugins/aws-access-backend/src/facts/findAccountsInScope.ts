import { AwsAccount, AwsReads } from '../clouds/AwsCloud';
import { collectPages } from '../clouds/collectPages';
import { unlessMissing } from '../clouds/unlessMissing';
import { InventoryStore } from '../inventory/InventoryStore';
import { KeptScope } from './FactsSource';
import { isInScope } from './isInScope';

/**
 * Ids of the accounts that the scope holds now, sorted.
 *
 * Tags cost a call an account, minutes in an organization of thousands, so they
 * are asked only of accounts that had the tag when the inventory was read or are
 * new since. An account that was tagged later comes with the next refresh: a
 * scope may take in an account late, but never one that is not in it.
 */
export async function findAccountsInScope(
  scope: KeptScope,
  from: {
    aws: AwsReads;
    inventory: Pick<InventoryStore, 'getAccounts'>;
    organizationId: string;
  },
): Promise<string[]> {
  const { aws, inventory, organizationId } = from;
  let accounts: AwsAccount[] = await collectPages(aws.listAccounts());
  if (scope.kind === 'tag') {
    const known = await inventory.getAccounts(
      organizationId,
      accounts.map(({ accountId }) => accountId),
    );
    const others = new Set(
      known
        .filter(({ tags }) => tags[scope.key] !== scope.value)
        .map(({ accountId }) => accountId),
    );
    accounts = accounts.filter(({ accountId }) => !others.has(accountId));
  }
  const found = await Promise.all(
    accounts.map(async account => {
      const { accountId, state } = account;
      const details = await unlessMissing(async () => ({
        ouPath:
          scope.kind === 'organizationalUnit'
            ? await aws.getOuPath(accountId)
            : [],
        tags: scope.kind === 'tag' ? await aws.listAccountTags(accountId) : {},
      }));
      return details && isInScope({ state, ...details }, scope)
        ? [accountId]
        : [];
    }),
  );
  return found.flat().sort();
}
