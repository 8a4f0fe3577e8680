import { Freshness, InventoryPart } from 'backstage-plugin-aws-access-common';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { freshnessOf } from './freshnessOf';
import { Inventory } from './Inventory';

/** Where the age and completeness of answers is found. */
export interface FreshnessSources {
  inventory: Pick<Inventory, 'store' | 'rotation'>;
  organizations: Record<string, OrganizationConfig>;
  /** The database's present moment. */
  now: () => Promise<string>;
}

/**
 * The age and completeness of an answer about some organizations. What rests on
 * assignments rests on those made directly to people too, which are read in turns.
 */
export async function readFreshness(
  { inventory, organizations, now }: FreshnessSources,
  organizationIds: string[],
  needed: readonly InventoryPart[],
): Promise<Freshness> {
  const known = await Promise.all(
    organizationIds.map(async id => {
      const [parts, directAssignments] = await Promise.all([
        inventory.store.getParts(id),
        needed.includes('assignments')
          ? inventory.rotation.getPairCoverage(id)
          : undefined,
      ]);
      const { staleAfter } = organizations[id].inventory;
      return { parts, directAssignments, staleAfter };
    }),
  );
  return freshnessOf(known, needed, await now());
}
