import { OrganizationalUnit } from '../clouds/AwsCloud';
import {
  InventoryEntraGroup,
  InventoryPage,
  PageQuery,
} from './InventoryStore';

/** Lists of the inventory that only pages ask for. */
export interface InventoryLists {
  /**
   * Groups that carry access, by name.
   *
   * @param onlyIds - Entra object ids; the others are left out
   */
  pageEntraGroups(
    organizationId: string,
    query: PageQuery,
    onlyIds?: string[],
  ): Promise<InventoryPage<InventoryEntraGroup>>;
  /** How many accounts are where in the tree; no path = directly under the root. */
  countAccountsByPath(
    organizationId: string,
  ): Promise<Array<{ path: OrganizationalUnit[]; accounts: number }>>;
}
