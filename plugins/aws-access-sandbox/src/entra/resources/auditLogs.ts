import type { GraphCall, GraphRoute } from '../protocol/GraphCall';
import { graphTime } from '../protocol/graphTime';
import { answerCollection } from '../query/answerObjects';
import { tableSource } from '../query/GraphSource';
import type { GraphType } from '../query/GraphType';

/**
 * A store setting: how long an event takes to appear in the logs, in
 * milliseconds; none by default. Entra takes some minutes.
 *
 * @public
 */
export const LOG_DELAY_KEY = 'graph.logDelayMs';

/** As documented for the logs of tenants with a premium licence. */
const RETENTION_MS = 30 * 24 * 60 * 60_000;

/** Pages of logs, as documented. */
export const logPages = { defaultPage: 1000, maximumPage: 1000 };

/** Events that have appeared and are still kept. */
export function loggedAt({ context }: GraphCall, column = 'happened_at') {
  const { store, clock } = context;
  const now = clock.now();
  return {
    sql: `${column} > ? AND ${column} <= ?`,
    parameters: [
      now - RETENTION_MS,
      now - Number(store.getMeta(LOG_DELAY_KEY) ?? 0),
    ],
  };
}

const type: GraphType = {
  name: 'microsoft.graph.directoryAudit',
  ...logPages,
  properties: [
    'id',
    'category',
    'correlationId',
    'result',
    'resultReason',
    'activityDisplayName',
    'activityDateTime',
    'loggedByService',
    'operationType',
    'initiatedBy',
    'targetResources',
    'additionalDetails',
  ],
  collections: ['targetResources', 'additionalDetails'],
};

type Row = {
  seq: number;
  id: string;
  happened_at: number;
  activity: string;
  category: string;
  operation_type: string;
  correlation_id: string;
  initiated_by_json: string;
  targets_json: string;
};

/** Permissions that show the logs of the tenant. */
export const readLogs = ['AuditLog.Read.All', 'Directory.Read.All'];

/** Who changed what in the directory, the newest first. */
export const directoryAuditRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/auditLogs/directoryAudits',
    permissions: readLogs,
    handle: call =>
      answerCollection(
        call,
        type,
        tableSource<Row>({
          store: call.context.store,
          from: 'entra_directory_audits',
          where: loggedAt(call),
          columns: {
            id: { sql: 'id', kind: 'exact' },
            activityDateTime: { sql: 'happened_at', kind: 'time' },
            activityDisplayName: { sql: 'activity', kind: 'text' },
            category: { sql: 'category', kind: 'text' },
            correlationId: { sql: 'correlation_id', kind: 'id' },
            operationType: { sql: 'operation_type', kind: 'text' },
          },
          newestFirst: true,
          toObject: row => ({
            id: row.id,
            category: row.category,
            correlationId: row.correlation_id,
            result: 'success',
            resultReason: '',
            activityDisplayName: row.activity,
            activityDateTime: graphTime(row.happened_at),
            loggedByService:
              row.category === 'ProvisioningManagement'
                ? 'Account Provisioning'
                : 'Core Directory',
            operationType: row.operation_type,
            initiatedBy: JSON.parse(row.initiated_by_json),
            targetResources: JSON.parse(row.targets_json),
          }),
        }),
      ),
  },
];
