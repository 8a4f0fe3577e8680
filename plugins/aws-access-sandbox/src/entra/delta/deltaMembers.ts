import type { GraphCall } from '../protocol/GraphCall';
import type { GraphObject } from '../query/GraphType';

type Row = { seq: number; id: string; kind: string };

const typed = ({ id, kind }: Pick<Row, 'id' | 'kind'>): GraphObject => ({
  '@odata.type': `#microsoft.graph.${kind}`,
  id,
});

/**
 * Members of a group from a place on.
 *
 * @param limit - how many fit on the page
 * @returns also the place to go on from, undefined when these were the last
 */
export function readMembers(
  { context }: GraphCall,
  groupId: string,
  after: number | undefined,
  limit: number,
): { members: GraphObject[]; next: number | undefined } {
  const rows = context.store.all<Row>(
    `SELECT seq, member_id AS id, member_type AS kind FROM entra_group_members
     WHERE group_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
    [groupId, after ?? 0, limit + 1],
  );
  const page = rows.slice(0, limit);
  return {
    members: page.map(typed),
    next:
      rows.length > limit
        ? page[page.length - 1]?.seq ?? after ?? 0
        : undefined,
  };
}

/** Members that came or went between two changes, each as it is now. */
export function changedMembers(
  { context }: GraphCall,
  groupId: string,
  after: number,
  until: number,
): GraphObject[] {
  return context.store
    .all<Pick<Row, 'id' | 'kind'> & { here: number }>(
      `SELECT c.member_id AS id, c.member_type AS kind, EXISTS (
         SELECT 1 FROM entra_group_members m WHERE m.group_id = c.object_id AND m.member_id = c.member_id
       ) AS here
       FROM entra_changes c
       WHERE c.object_type = 'group' AND c.object_id = ? AND c.member_id IS NOT NULL AND c.seq > ? AND c.seq <= ?
       GROUP BY c.member_id ORDER BY min(c.seq)`,
      [groupId, after, until],
    )
    .map(row =>
      row.here
        ? typed(row)
        : { ...typed(row), '@removed': { reason: 'deleted' } },
    );
}
