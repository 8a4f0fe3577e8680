import type { GraphRoute } from '../protocol/GraphCall';
import { graphTime } from '../protocol/graphTime';
import { answerCollection } from '../query/answerObjects';
import { GraphColumn, tableSource } from '../query/GraphSource';
import type { GraphType } from '../query/GraphType';
import { loggedAt, logPages, readLogs } from './auditLogs';

const type: GraphType = {
  name: 'microsoft.graph.signIn',
  ...logPages,
  properties: [
    'id',
    'createdDateTime',
    'userDisplayName',
    'userPrincipalName',
    'userId',
    'appId',
    'appDisplayName',
    'ipAddress',
    'clientAppUsed',
    'correlationId',
    'conditionalAccessStatus',
    'isInteractive',
    'riskDetail',
    'riskLevelAggregated',
    'riskLevelDuringSignIn',
    'riskState',
    'riskEventTypes',
    'riskEventTypes_v2',
    'resourceDisplayName',
    'resourceId',
    'status',
    'deviceDetail',
    'location',
    'appliedConditionalAccessPolicies',
  ],
  collections: [
    'riskEventTypes',
    'riskEventTypes_v2',
    'appliedConditionalAccessPolicies',
  ],
};

type Row = {
  seq: number;
  id: string;
  happened_at: number;
  user_id: string;
  user_name: string | null;
  user_principal_name: string | null;
  app_id: string;
  app_name: string | null;
  app_object_id: string | null;
  ip_address: string;
  error_code: number;
  failure_reason: string | null;
};

const columns: Record<string, GraphColumn> = {
  id: { sql: 's.id', kind: 'id' },
  createdDateTime: { sql: 's.happened_at', kind: 'time' },
  userId: { sql: 's.user_id', kind: 'id' },
  userPrincipalName: { sql: 'u.user_principal_name', kind: 'text' },
  appId: { sql: 's.app_id', kind: 'id' },
  appDisplayName: { sql: 'p.display_name', kind: 'text' },
  ipAddress: { sql: 's.ip_address', kind: 'text' },
};

const noRisk = {
  riskDetail: 'none',
  riskLevelAggregated: 'none',
  riskLevelDuringSignIn: 'none',
  riskState: 'none',
};

const toSignIn = (row: Row) => ({
  ...noRisk,
  id: row.id,
  createdDateTime: graphTime(row.happened_at),
  userDisplayName: row.user_name,
  userPrincipalName: row.user_principal_name,
  userId: row.user_id,
  appId: row.app_id,
  appDisplayName: row.app_name,
  resourceDisplayName: row.app_name,
  resourceId: row.app_id,
  ipAddress: row.ip_address,
  clientAppUsed: 'Browser',
  correlationId: row.id,
  conditionalAccessStatus: row.error_code === 53003 ? 'failure' : 'success',
  isInteractive: true,
  status: {
    errorCode: row.error_code,
    failureReason: row.failure_reason ?? 'Other.',
    additionalDetails: null,
  },
  deviceDetail: {
    deviceId: '',
    displayName: '',
    operatingSystem: 'Linux',
    browser: 'Firefox 140.0',
    isCompliant: false,
    isManaged: false,
    trustType: '',
  },
  location: {
    city: 'Berlin',
    state: 'Berlin',
    countryOrRegion: 'DE',
    geoCoordinates: { altitude: null, latitude: 52.52, longitude: 13.405 },
  },
});

/** Who signed in where, the newest first. */
export const signInRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/auditLogs/signIns',
    permissions: readLogs,
    handle: call =>
      answerCollection(
        call,
        type,
        tableSource<Row>({
          store: call.context.store,
          select: `s.*, u.display_name AS user_name, u.user_principal_name,
            p.display_name AS app_name, p.id AS app_object_id`,
          from: `entra_sign_ins s
            LEFT JOIN entra_users u ON u.id = s.user_id
            LEFT JOIN entra_service_principals p ON p.app_id = s.app_id`,
          where: loggedAt(call, 's.happened_at'),
          columns,
          seq: 's.seq',
          newestFirst: true,
          toObject: toSignIn,
        }),
      ),
  },
];
