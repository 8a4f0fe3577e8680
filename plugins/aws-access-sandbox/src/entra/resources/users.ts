import type { SqlValue } from '../../store/SandboxStore';
import type { EntraContext, GraphCall } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { graphTime } from '../protocol/graphTime';
import { GraphColumn, GraphSource, tableSource } from '../query/GraphSource';
import type { GraphObject, GraphType } from '../query/GraphType';

/** Permissions that show people. */
export const readUsers = [
  'User.Read.All',
  'User.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];

const defaults = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
] as const;

/** Graph answers eleven properties of a user unless asked for others. */
export const userType: GraphType = {
  name: 'microsoft.graph.user',
  directory: true,
  defaults,
  properties: [
    ...defaults,
    'accountEnabled',
    'assignedLicenses',
    'city',
    'companyName',
    'country',
    'createdDateTime',
    'deletedDateTime',
    'department',
    'employeeId',
    'employeeType',
    'externalUserState',
    'identities',
    'mailNickname',
    'onPremisesImmutableId',
    'onPremisesSamAccountName',
    'onPremisesSyncEnabled',
    'otherMails',
    'postalCode',
    'proxyAddresses',
    'securityIdentifier',
    'state',
    'streetAddress',
    'usageLocation',
    'userType',
  ],
  collections: [
    'assignedLicenses',
    'businessPhones',
    'identities',
    'otherMails',
    'proxyAddresses',
  ],
};

export type UserRow = {
  seq: number;
  id: string;
  user_principal_name: string;
  display_name: string;
  given_name: string | null;
  surname: string | null;
  mail: string | null;
  mail_nickname: string | null;
  job_title: string | null;
  department: string | null;
  mobile_phone: string | null;
  user_type: string;
  account_enabled: number;
  attributes_json: string;
  created_at: number;
  deleted_at: number | null;
};

const columns: Record<string, GraphColumn> = {
  id: { sql: 'id', kind: 'id' },
  userPrincipalName: { sql: 'user_principal_name', kind: 'text' },
  displayName: { sql: 'display_name', kind: 'text' },
  givenName: { sql: 'given_name', kind: 'text' },
  surname: { sql: 'surname', kind: 'text' },
  mail: { sql: 'mail', kind: 'text' },
  mailNickname: { sql: 'mail_nickname', kind: 'text' },
  jobTitle: { sql: 'job_title', kind: 'text' },
  department: { sql: 'department', kind: 'text' },
  userType: { sql: 'user_type', kind: 'text' },
  accountEnabled: { sql: 'account_enabled', kind: 'boolean' },
  createdDateTime: { sql: 'created_at', kind: 'time' },
};

/** A row of the directory as Graph shows it. */
export function toUser(row: UserRow): GraphObject {
  return {
    seq: row.seq,
    proxyAddresses: row.mail ? [`SMTP:${row.mail}`] : [],
    ...JSON.parse(row.attributes_json),
    id: row.id,
    displayName: row.display_name,
    givenName: row.given_name,
    surname: row.surname,
    jobTitle: row.job_title,
    department: row.department,
    mail: row.mail,
    mailNickname: row.mail_nickname,
    mobilePhone: row.mobile_phone,
    userPrincipalName: row.user_principal_name,
    userType: row.user_type,
    accountEnabled: row.account_enabled === 1,
    createdDateTime: graphTime(row.created_at),
    deletedDateTime: row.deleted_at === null ? null : graphTime(row.deleted_at),
  };
}

/** Users that exist and can be seen. */
export function userSource({ store, clock }: EntraContext): GraphSource {
  return tableSource<UserRow>({
    store,
    from: 'entra_users',
    where: {
      // The plus keeps a page on the order of creation; to count, the index on the time is read instead of the rows.
      sql: 'deleted_at IS NULL AND +visible_at <= ?',
      parameters: [clock.now()],
    },
    columns,
    toObject: toUser,
  });
}

/** Users that exist and can be seen, of those that the condition selects. */
export function selectUsers(
  { store, clock }: EntraContext,
  condition: string,
  parameters: SqlValue[] = [],
): GraphObject[] {
  return store
    .all<UserRow>(
      `SELECT * FROM entra_users WHERE deleted_at IS NULL AND visible_at <= ? AND ${condition} ORDER BY seq`,
      [clock.now(), ...parameters],
    )
    .map(toUser);
}

/** @throws GraphError 404, also while a new user has not reached this reader */
export function requireUser(call: GraphCall): GraphObject {
  const idOrName = call.parameters.id;
  const [user] = idOrName.includes('@')
    ? selectUsers(call.context, 'user_principal_name = ?', [idOrName])
    : selectUsers(call.context, 'id = lower(?)', [idOrName]);
  if (!user) {
    throw GraphError.notFound(idOrName);
  }
  return user;
}
