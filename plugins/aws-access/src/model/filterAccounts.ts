import { Account, Environment } from 'backstage-plugin-aws-access-common';

/** What accounts are looked for; undefined = any. */
export interface AccountFilter {
  /** Part of a name, an id or the name of a unit. */
  search: string;
  /** Id of a unit; those below it count. */
  unit: string | undefined;
  environment: Environment | undefined;
  /** Ref of the owner. */
  owner: string | undefined;
}

/** No filter at all. */
export const anyAccount: AccountFilter = {
  search: '',
  unit: undefined,
  environment: undefined,
  owner: undefined,
};

/** The accounts that pass a filter, by name. */
export function filterAccounts(
  accounts: readonly Account[],
  filter: AccountFilter,
): Account[] {
  const words = filter.search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return accounts
    .filter(
      account =>
        (!filter.unit || account.ouIds.includes(filter.unit)) &&
        (!filter.environment || account.environment === filter.environment) &&
        (!filter.owner || account.ownerRefs?.includes(filter.owner)) &&
        words.every(word => textOf(account).includes(word)),
    )
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}

function textOf({ name, id, ouPath }: Account): string {
  return [name, id, ...ouPath].join(' ').toLocaleLowerCase();
}
