import type { SqlValue } from '../../store/SandboxStore';
import type { EntraContext, GraphCall } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { graphTime } from '../protocol/graphTime';
import { GraphColumn, GraphSource, tableSource } from '../query/GraphSource';
import type { GraphObject, GraphType } from '../query/GraphType';

/** Permissions that show a group with its members and owners. */
export const readGroups = [
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];

export const groupType: GraphType = {
  name: 'microsoft.graph.group',
  directory: true,
  properties: [
    'id',
    'deletedDateTime',
    'classification',
    'createdDateTime',
    'description',
    'displayName',
    'expirationDateTime',
    'groupTypes',
    'isAssignableToRole',
    'mail',
    'mailEnabled',
    'mailNickname',
    'membershipRule',
    'membershipRuleProcessingState',
    'onPremisesLastSyncDateTime',
    'onPremisesProvisioningErrors',
    'onPremisesSecurityIdentifier',
    'onPremisesSyncEnabled',
    'preferredDataLocation',
    'preferredLanguage',
    'proxyAddresses',
    'renewedDateTime',
    'resourceBehaviorOptions',
    'resourceProvisioningOptions',
    'securityEnabled',
    'securityIdentifier',
    'theme',
    'uniqueName',
    'visibility',
  ],
  collections: [
    'groupTypes',
    'onPremisesProvisioningErrors',
    'proxyAddresses',
    'resourceBehaviorOptions',
    'resourceProvisioningOptions',
  ],
};

export type GroupRow = {
  seq: number;
  id: string;
  display_name: string;
  description: string | null;
  unique_name: string | null;
  mail_nickname: string;
  mail_enabled: number;
  security_enabled: number;
  group_types_json: string;
  is_assignable_to_role: number;
  membership_rule: string | null;
  attributes_json: string;
  created_at: number;
  deleted_at: number | null;
};

const columns: Record<string, GraphColumn> = {
  id: { sql: 'id', kind: 'id' },
  displayName: { sql: 'display_name', kind: 'text' },
  description: { sql: 'description', kind: 'text' },
  uniqueName: { sql: 'unique_name', kind: 'exact' },
  mailNickname: { sql: 'mail_nickname', kind: 'text' },
  mailEnabled: { sql: 'mail_enabled', kind: 'boolean' },
  securityEnabled: { sql: 'security_enabled', kind: 'boolean' },
  createdDateTime: { sql: 'created_at', kind: 'time' },
};

/** The SID that Entra derives from an object id: its four little-endian words. */
function securityIdentifier(id: string): string {
  const [a, b, c, d, e] = id.split('-');
  const swap = (hex: string) => hex.match(/../g)!.reverse().join('');
  const bytes = Buffer.from(swap(a) + swap(b) + swap(c) + d + e, 'hex');
  const words = [0, 4, 8, 12].map(offset => bytes.readUInt32LE(offset));
  return `S-1-12-1-${words.join('-')}`;
}

/** A row of the directory as Graph shows it. */
export function toGroup(row: GroupRow): GraphObject {
  return {
    seq: row.seq,
    ...JSON.parse(row.attributes_json),
    id: row.id,
    createdDateTime: graphTime(row.created_at),
    renewedDateTime: graphTime(row.created_at),
    deletedDateTime: row.deleted_at === null ? null : graphTime(row.deleted_at),
    displayName: row.display_name,
    description: row.description,
    uniqueName: row.unique_name,
    mailNickname: row.mail_nickname,
    mailEnabled: row.mail_enabled === 1,
    securityEnabled: row.security_enabled === 1,
    securityIdentifier: securityIdentifier(row.id),
    groupTypes: JSON.parse(row.group_types_json),
    isAssignableToRole: row.is_assignable_to_role === 1 ? true : null,
    membershipRule: row.membership_rule,
    membershipRuleProcessingState: row.membership_rule ? 'On' : null,
  };
}

/** Groups that exist and can be seen. */
export function groupSource({ store, clock }: EntraContext): GraphSource {
  return tableSource<GroupRow>({
    store,
    from: 'entra_groups',
    where: {
      // The plus keeps a page on the order of creation; to count, the index on the time is read instead of the rows.
      sql: 'deleted_at IS NULL AND +visible_at <= ?',
      parameters: [clock.now()],
    },
    columns,
    toObject: toGroup,
  });
}

/** Groups in the recycle bin. */
export function deletedGroupSource({ store }: EntraContext): GraphSource {
  return tableSource<GroupRow>({
    store,
    from: 'entra_groups',
    where: { sql: 'deleted_at IS NOT NULL', parameters: [] },
    columns,
    toObject: toGroup,
  });
}

/** Groups that exist and can be seen, of those that the condition selects. */
export function selectGroups(
  { store, clock }: EntraContext,
  condition: string,
  parameters: SqlValue[] = [],
): GraphObject[] {
  return store
    .all<GroupRow>(
      `SELECT * FROM entra_groups WHERE deleted_at IS NULL AND visible_at <= ? AND ${condition} ORDER BY seq`,
      [clock.now(), ...parameters],
    )
    .map(toGroup);
}

/**
 * The group that the route names, by `id` or by `uniqueName`.
 *
 * @throws GraphError 404, also while a new group has not reached this reader
 */
export function requireGroup(call: GraphCall): GraphObject {
  const { id, uniqueName } = call.parameters;
  const [group] = uniqueName
    ? selectGroups(call.context, 'unique_name = ?', [uniqueName])
    : selectGroups(call.context, 'id = lower(?)', [id]);
  if (!group) {
    throw GraphError.notFound(uniqueName ?? id);
  }
  return group;
}
