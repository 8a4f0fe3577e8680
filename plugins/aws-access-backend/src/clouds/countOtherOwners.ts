import { GroupOwners } from './EntraCloud';

/** How many besides our own service principal can fill the group (security rule 15). */
export function countOtherOwners({ count, includeUs }: GroupOwners): number {
  return count - (includeUs ? 1 : 0);
}
