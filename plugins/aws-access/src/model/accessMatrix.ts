import {
  AccessEntry,
  AccountRef,
  Environment,
  Holder,
} from 'backstage-plugin-aws-access-common';

/** What a reader narrows the team's access to; undefined = any. */
export interface AccessFilter {
  environment?: Environment;
  /** Key of a person, see {@link getPersonKey}. */
  person?: string;
  permissionSetArn?: string;
  temporaryOnly?: boolean;
}

/** One person's part of one piece of access. */
export interface Grant {
  entry: AccessEntry;
  holder: Holder;
}

/** A row of the matrix. */
export interface MatrixPerson {
  key: string;
  holder: Holder;
  /** Grants by account id. */
  cells: Map<string, Grant[]>;
}

/** People down, accounts across. */
export interface AccessMatrix {
  accounts: AccountRef[];
  people: MatrixPerson[];
}

const ENVIRONMENT_ORDER: Environment[] = [
  'prod',
  'staging',
  'dev',
  'sandbox',
  'unknown',
];

/** What tells people apart where Entra does not know them. */
export function getPersonKey(holder: Holder): string {
  return holder.entraUserId ?? `store:${holder.identityStoreUserId}`;
}

/** The access that passes a filter, with only the holders that do. */
export function filterAccess(
  entries: readonly AccessEntry[],
  filter: AccessFilter,
): AccessEntry[] {
  return entries
    .filter(
      entry =>
        (!filter.environment ||
          entry.account.environment === filter.environment) &&
        (!filter.permissionSetArn ||
          entry.permissionSet.arn === filter.permissionSetArn) &&
        (!filter.temporaryOnly || entry.standing === 'temporary'),
    )
    .map(entry =>
      filter.person
        ? {
            ...entry,
            holders: entry.holders.filter(
              holder => getPersonKey(holder) === filter.person,
            ),
          }
        : entry,
    )
    .filter(entry => !filter.person || entry.holders.length > 0);
}

/** Who reaches which account: members of the team first, then the others. */
export function buildAccessMatrix(
  entries: readonly AccessEntry[],
): AccessMatrix {
  const accounts = new Map<string, AccountRef>();
  const people = new Map<string, MatrixPerson>();
  for (const entry of entries) {
    accounts.set(entry.account.id, entry.account);
    for (const holder of entry.holders) {
      const key = getPersonKey(holder);
      const person = people.get(key) ?? { key, holder, cells: new Map() };
      const grants = person.cells.get(entry.account.id) ?? [];
      person.cells.set(entry.account.id, [...grants, { entry, holder }]);
      people.set(key, person);
    }
  }
  return {
    accounts: [...accounts.values()].sort(
      (a, b) =>
        ENVIRONMENT_ORDER.indexOf(a.environment) -
          ENVIRONMENT_ORDER.indexOf(b.environment) ||
        a.name.localeCompare(b.name),
    ),
    people: [...people.values()].sort(
      (a, b) =>
        Number(a.holder.inTeam === false) - Number(b.holder.inTeam === false) ||
        a.holder.displayName.localeCompare(b.holder.displayName),
    ),
  };
}
