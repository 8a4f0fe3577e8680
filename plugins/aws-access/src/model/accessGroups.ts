import { AccessEntry, Holder } from 'backstage-plugin-aws-access-common';
import { EntityOption } from './EntityOption';

/** An access group that exists, and what it carries. */
export interface AccessGroupOption {
  entraGroupId: string;
  name: string;
  /** What it gives, in a line. */
  description: string;
  entries: AccessEntry[];
}

/** The access groups behind some access, by name. */
export function listAccessGroups(
  entries: readonly AccessEntry[],
): AccessGroupOption[] {
  const groups = new Map<string, { name: string; entries: AccessEntry[] }>();
  for (const entry of entries) {
    if (entry.path.via !== 'group' || entry.path.entraGroupId === null) {
      continue;
    }
    const { entraGroupId, groupName } = entry.path;
    const group = groups.get(entraGroupId) ?? { name: groupName, entries: [] };
    group.entries.push(entry);
    groups.set(entraGroupId, group);
  }
  return [...groups]
    .map(([entraGroupId, group]) => ({
      entraGroupId,
      ...group,
      description: group.entries
        .map(({ permissionSet, account }) =>
          [permissionSet.name, account.name].join(' · '),
        )
        .join(', '),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** The people of the catalog who hold some access. */
export function listHolders(entries: readonly AccessEntry[]): EntityOption[] {
  const people = new Map<string, Holder>();
  for (const holder of entries.flatMap(entry => entry.holders)) {
    if (holder.entityRef) people.set(holder.entityRef, holder);
  }
  return [...people]
    .map(([entityRef, { displayName }]) => ({
      entityRef,
      title: displayName,
      description: entityRef,
    }))
    .sort((a, b) => a.title.localeCompare(b.title));
}

/**
 * The access that a removal could be about: of a group where one is chosen,
 * otherwise what people have directly.
 */
export function entriesOf(
  entries: readonly AccessEntry[],
  accessGroup: string | undefined,
): AccessEntry[] {
  return entries.filter(({ path }) =>
    accessGroup
      ? path.via === 'group' && path.entraGroupId === accessGroup
      : path.via === 'direct',
  );
}
