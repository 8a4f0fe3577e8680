import { AccessEntry, Holder } from 'backstage-plugin-aws-access-common';
import { EntityOption } from './EntityOption';

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
