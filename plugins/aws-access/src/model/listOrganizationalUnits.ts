import { Account } from 'backstage-plugin-aws-access-common';

/** A unit of the organization, as far as accounts are in it. */
export interface OrganizationalUnitOption {
  id: string;
  /** Names from the root down. */
  path: string[];
  /** How many of the given accounts are in it or below. */
  accounts: number;
}

/** Every unit on the way to one of the accounts, in the order of the tree. */
export function listOrganizationalUnits(
  accounts: readonly Account[],
): OrganizationalUnitOption[] {
  const units = new Map<string, OrganizationalUnitOption>();
  for (const account of accounts) {
    account.ouIds.forEach((id, depth) => {
      const unit = units.get(id) ?? {
        id,
        path: account.ouPath.slice(0, depth + 1),
        accounts: 0,
      };
      units.set(id, { ...unit, accounts: unit.accounts + 1 });
    });
  }
  return [...units.values()].sort((a, b) =>
    a.path.join('/').localeCompare(b.path.join('/')),
  );
}
