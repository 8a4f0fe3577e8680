import type { EntraContext } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { GraphSource, tableSource } from '../query/GraphSource';
import type { GraphObject, GraphType } from '../query/GraphType';
import { groupType, selectGroups } from './groups';
import {
  selectServicePrincipals,
  servicePrincipalType,
} from './servicePrincipals';
import { selectUsers, userType } from './users';

/** Any object of the directory; each shows the properties of its own type. */
export const directoryObjectType: GraphType = {
  name: 'microsoft.graph.directoryObject',
  directory: true,
  properties: ['id', 'deletedDateTime'],
  kinds: {
    '#microsoft.graph.user': userType,
    '#microsoft.graph.group': groupType,
    '#microsoft.graph.servicePrincipal': servicePrincipalType,
  },
};

/** The kinds that the membership tables store. */
export type MemberKind = 'user' | 'group' | 'servicePrincipal';

/** A directory object with its kind. */
export type Member = { kind: MemberKind; object: GraphObject };

const SELECT = {
  user: selectUsers,
  group: selectGroups,
  servicePrincipal: selectServicePrincipals,
};

const KINDS: MemberKind[] = ['user', 'group', 'servicePrincipal'];

const typed = (kind: MemberKind, object: GraphObject): GraphObject => ({
  ...object,
  '@odata.type': `#microsoft.graph.${kind}`,
});

/** @throws GraphError 404 */
export function requireMember(context: EntraContext, id: string): Member {
  for (const kind of KINDS) {
    const [object] = SELECT[kind](context, 'id = ?', [id]);
    if (object) {
      return { kind, object };
    }
  }
  throw GraphError.notFound(id);
}

/**
 * The objects that a condition selects, of any type.
 *
 * @param condition - SQL on the id of a directory object, with one `?` for the key
 */
export function selectDirectoryObjects(
  context: EntraContext,
  condition: string,
  key: string,
): GraphObject[] {
  return KINDS.flatMap(kind =>
    SELECT[kind](context, condition, [key]).map(
      ({ seq: _seq, ...object }): GraphObject => typed(kind, object),
    ),
  );
}

type Row = { seq: number; id: string; kind: MemberKind };

function relationSource(
  context: EntraContext,
  relation: { id: string; kind: string; from: string; where: string },
  key: string,
): GraphSource {
  return tableSource<Row>({
    store: context.store,
    select: `r.seq, ${relation.id} AS id, ${relation.kind} AS kind`,
    from: relation.from,
    where: { sql: relation.where, parameters: [key] },
    columns: { id: { sql: relation.id, kind: 'id' } },
    seq: 'r.seq',
    toObject: ({ id, kind }) =>
      typed(kind, SELECT[kind](context, 'id = ?', [id])[0] ?? { id }),
  });
}

/** Who is in a group directly, in the order in which they came. */
export const memberSource = (context: EntraContext, groupId: string) =>
  relationSource(
    context,
    {
      id: 'r.member_id',
      kind: 'r.member_type',
      from: 'entra_group_members r',
      where: 'r.group_id = ?',
    },
    groupId,
  );

/** Who may change a group. */
export const ownerSource = (context: EntraContext, groupId: string) =>
  relationSource(
    context,
    {
      id: 'r.owner_id',
      kind: 'r.owner_type',
      from: 'entra_group_owners r',
      where: 'r.group_id = ?',
    },
    groupId,
  );

/** The groups that an object is in directly. */
export const memberOfSource = (context: EntraContext, memberId: string) =>
  relationSource(
    context,
    {
      id: 'r.group_id',
      kind: `'group'`,
      from: 'entra_group_members r JOIN entra_groups g ON g.id = r.group_id',
      where: 'r.member_id = ? AND g.deleted_at IS NULL',
    },
    memberId,
  );

/** Puts groups behind all users, and service principals behind all groups. */
const KIND_STEP = 1_000_000_000_000;

/** Every kind has an order of its own; a step between them makes one order of all. */
function transitiveSource(
  context: EntraContext,
  reached: string,
  key: string,
): GraphSource {
  const { store, clock } = context;
  const kinds = [
    ['user', 'entra_users'],
    ['group', 'entra_groups'],
    ['servicePrincipal', 'entra_service_principals'],
  ].map(
    ([kind, table], index) =>
      `SELECT seq + ${
        index * KIND_STEP
      } AS seq, id, '${kind}' AS kind FROM ${table}
       WHERE id IN (SELECT id FROM reached) AND deleted_at IS NULL AND visible_at <= ?`,
  );
  return tableSource<Row>({
    store,
    from: `(WITH RECURSIVE reached(id) AS (${reached}) ${kinds.join(
      ' UNION ALL ',
    )})`,
    where: { sql: '1', parameters: [key, ...kinds.map(() => clock.now())] },
    columns: { id: { sql: 'id', kind: 'id' } },
    toObject: ({ id, kind }) =>
      typed(kind, SELECT[kind](context, 'id = ?', [id])[0]),
  });
}

/** Who is in a group directly or through groups inside it. */
export const transitiveMemberSource = (
  context: EntraContext,
  groupId: string,
) =>
  transitiveSource(
    context,
    `SELECT member_id FROM entra_group_members WHERE group_id = ?
     UNION SELECT m.member_id FROM entra_group_members m JOIN reached r ON m.group_id = r.id`,
    groupId,
  );

/** The groups that an object is in, also through other groups. */
export const transitiveMemberOfSource = (
  context: EntraContext,
  memberId: string,
) =>
  transitiveSource(
    context,
    `SELECT group_id FROM entra_group_members WHERE member_id = ?
     UNION SELECT m.group_id FROM entra_group_members m JOIN reached r ON m.member_id = r.id`,
    memberId,
  );
