import { SqlValue } from '../../store/SandboxStore';
import {
  answerCollection,
  answerCount,
  answerObject,
  GraphType,
} from '../protocol/answerObjects';
import { GraphObject } from '../protocol/compileFilter';
import { EntraContext, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { graphTime } from '../protocol/graphTime';

const readUsers = [
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
  defaults,
  properties: [
    ...defaults,
    'accountEnabled',
    'city',
    'companyName',
    'country',
    'createdDateTime',
    'deletedDateTime',
    'department',
    'employeeId',
    'employeeType',
    'identities',
    'mailNickname',
    'onPremisesImmutableId',
    'onPremisesSamAccountName',
    'onPremisesSyncEnabled',
    'otherMails',
    'proxyAddresses',
    'securityIdentifier',
    'usageLocation',
    'userType',
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
};

/** A row of the directory as Graph shows it. */
export function toUser(row: UserRow): GraphObject {
  return {
    seq: row.seq,
    businessPhones: [],
    otherMails: [],
    proxyAddresses: row.mail ? [`SMTP:${row.mail}`] : [],
    identities: [],
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
  };
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

/** @throws GraphError 404 */
export function requireUser(call: GraphCall, idOrName: string): GraphObject {
  const [user] = selectUsers(
    call.context,
    '(id = lower(?) OR user_principal_name = ?)',
    [idOrName, idOrName],
  );
  if (!user) {
    throw GraphError.notFound(idOrName);
  }
  return user;
}

/** People of the tenant, read only. */
export const userRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/users',
    permissions: readUsers,
    handle: call =>
      answerCollection(call, userType, selectUsers(call.context, '1')),
  },
  {
    method: 'GET',
    path: '/users/$count',
    permissions: readUsers,
    handle: call => answerCount(call, userType, selectUsers(call.context, '1')),
  },
  {
    method: 'GET',
    path: '/users/{id}',
    permissions: readUsers,
    handle: call =>
      answerObject(call, userType, requireUser(call, call.parameters.id)),
  },
];
