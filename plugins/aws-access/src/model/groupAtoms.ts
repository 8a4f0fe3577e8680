import { Atom, Plan } from 'backstage-plugin-aws-access-common';

/**
 * Effects that differ in nothing but the people and the accounts: each of the
 * people gets the permission set in each of the accounts.
 */
export interface AtomGroup {
  entraUserIds: string[];
  permissionSetArn: string;
  documentDigest: string;
  accountIds: string[];
  /** Null = standing. */
  seconds: number | null;
}

/**
 * Puts effects together without losing one: a hundred people in two hundred
 * accounts are one row with every name, not twenty thousand.
 */
export function groupAtoms(atoms: readonly Atom[]): AtomGroup[] {
  const perPerson = collect(
    atoms,
    atom => [
      atom.entraUserId,
      atom.permissionSetArn,
      atom.documentDigest,
      atom.seconds,
    ],
    ([first], all) => ({
      entraUserIds: [first.entraUserId],
      permissionSetArn: first.permissionSetArn,
      documentDigest: first.documentDigest,
      accountIds: [...new Set(all.map(({ accountId }) => accountId))].sort(),
      seconds: first.seconds,
    }),
  );
  return collect(
    perPerson,
    group => [
      group.permissionSetArn,
      group.documentDigest,
      group.seconds,
      group.accountIds,
    ],
    ([first], all) => ({
      ...first,
      entraUserIds: all.flatMap(({ entraUserIds }) => entraUserIds),
    }),
  );
}

/**
 * Whether everything that the plan speaks of is named in it. One that was cut
 * on its way must not be approved (security rule 32).
 */
export function isWhole(plan: Plan): boolean {
  const people = new Set(plan.people.map(({ entraUserId }) => entraUserId));
  const accounts = new Set(plan.accounts.map(({ id }) => id));
  const sets = new Set(plan.permissionSets.map(({ arn }) => arn));
  return [...plan.gains, ...plan.losses, ...(plan.adopts ?? [])].every(
    atom =>
      people.has(atom.entraUserId) &&
      accounts.has(atom.accountId) &&
      sets.has(atom.permissionSetArn),
  );
}

function collect<Item, Group>(
  items: readonly Item[],
  getKey: (item: Item) => unknown[],
  join: (first: [Item], all: Item[]) => Group,
): Group[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = JSON.stringify(getKey(item));
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()].map(all => join([all[0]], all));
}
