import { InventoryAccount } from '../inventory/InventoryStore';
import { KeptScope } from './FactsSource';

/**
 * Whether the scope holds the account. Only active accounts are in one: AWS
 * assigns nothing in accounts that are suspended or being closed.
 */
export function isInScope(
  account: Pick<InventoryAccount, 'state' | 'ouPath' | 'tags'>,
  scope: KeptScope,
): boolean {
  if (account.state !== 'ACTIVE') return false;
  switch (scope.kind) {
    case 'organizationalUnit':
      // An organization has one root, and every account is under it.
      return (
        scope.id.startsWith('r-') ||
        account.ouPath.some(({ id }) => id === scope.id)
      );
    case 'tag':
      return account.tags[scope.key] === scope.value;
    default:
      return true;
  }
}
