import type { GraphRoute } from '../protocol/GraphCall';
import { graphTime } from '../protocol/graphTime';
import { answerCollection } from '../query/answerObjects';
import { GraphColumn, tableSource } from '../query/GraphSource';
import type { GraphObject, GraphType } from '../query/GraphType';
import { loggedAt, logPages, readLogs } from './auditLogs';

const type: GraphType = {
  name: 'microsoft.graph.provisioningObjectSummary',
  ...logPages,
  properties: [
    'id',
    'activityDateTime',
    'tenantId',
    'jobId',
    'cycleId',
    'changeId',
    'provisioningAction',
    'durationInMilliseconds',
    'provisioningStatusInfo',
    'initiatedBy',
    'servicePrincipal',
    'sourceSystem',
    'targetSystem',
    'sourceIdentity',
    'targetIdentity',
    'provisioningSteps',
    'modifiedProperties',
  ],
  collections: ['provisioningSteps', 'modifiedProperties'],
};

type Row = {
  seq: number;
  id: string;
  job_id: string;
  cycle_id: string | null;
  happened_at: number;
  action: string;
  status: string;
  source_id: string | null;
  source_type: string | null;
  source_display_name: string | null;
  target_id: string | null;
  error_code: string | null;
  reason: string | null;
  details_json: string;
  tenant_id: string | null;
  application_id: string | null;
  application_name: string | null;
};

const columns: Record<string, GraphColumn> = {
  id: { sql: 'l.id', kind: 'id' },
  activityDateTime: { sql: 'l.happened_at', kind: 'time' },
  jobId: { sql: 'l.job_id', kind: 'exact' },
  cycleId: { sql: 'l.cycle_id', kind: 'exact' },
  provisioningAction: { sql: 'l.action', kind: 'text' },
  'sourceIdentity/id': { sql: 'l.source_id', kind: 'exact' },
  'targetIdentity/id': { sql: 'l.target_id', kind: 'exact' },
  'provisioningStatusInfo/status': { sql: 'l.status', kind: 'text' },
};

const ENTRA = { displayName: 'Microsoft Entra ID', details: {} };
const AWS = { displayName: 'AWS IAM Identity Center', details: {} };

/** Membership changes, which the log tells as values of one property. */
function modifiedProperties(details: Record<string, unknown>): GraphObject[] {
  const list = (value: unknown) => (Array.isArray(value) ? value : []);
  return [
    ...list(details.membersAdded).map(id => ({
      displayName: 'members',
      oldValue: null,
      newValue: String(id),
    })),
    ...list(details.membersRemoved).map(id => ({
      displayName: 'members',
      oldValue: String(id),
      newValue: null,
    })),
  ];
}

const toSummary = (row: Row): GraphObject => ({
  id: row.id,
  activityDateTime: graphTime(row.happened_at),
  tenantId: row.tenant_id,
  jobId: row.job_id,
  cycleId: row.cycle_id ?? '',
  changeId: row.id,
  provisioningAction: row.action.toLowerCase(),
  durationInMilliseconds: 0,
  provisioningStatusInfo: {
    status: row.status,
    errorInformation: row.error_code
      ? {
          errorCategory: 'failure',
          errorCode: row.error_code,
          reason: row.reason,
          additionalDetails: null,
          recommendedAction: null,
        }
      : null,
  },
  initiatedBy: {
    id: '',
    displayName: 'Azure AD Provisioning Service',
    initiatorType: 'system',
  },
  servicePrincipal: {
    id: row.application_id,
    displayName: row.application_name,
  },
  sourceSystem: { id: row.tenant_id, ...ENTRA },
  targetSystem: { id: row.application_id, ...AWS },
  sourceIdentity: {
    id: row.source_id,
    displayName: row.source_display_name,
    identityType: row.source_type,
    details: {},
  },
  targetIdentity: {
    id: row.target_id ?? '',
    displayName: '',
    identityType: row.source_type,
    details: {},
  },
  provisioningSteps: [
    {
      name: 'EntryExport',
      provisioningStepType: 'export',
      status: row.status,
      description:
        row.reason ?? `${row.source_type} '${row.source_display_name}'`,
      details: {},
    },
  ],
  modifiedProperties: modifiedProperties(JSON.parse(row.details_json)),
});

/** What provisioning did and could not do, the newest first. */
export const provisioningLogRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/auditLogs/provisioning',
    permissions: ['ProvisioningLog.Read.All', ...readLogs],
    handle: call =>
      answerCollection(
        call,
        type,
        tableSource<Row>({
          store: call.context.store,
          select: `l.*, (SELECT id FROM entra_tenant) AS tenant_id,
            p.id AS application_id, p.display_name AS application_name`,
          from: `entra_provisioning_log l
            LEFT JOIN entra_synchronization_jobs j ON j.id = l.job_id
            LEFT JOIN entra_service_principals p ON p.id = j.service_principal_id`,
          where: loggedAt(call, 'l.happened_at'),
          columns,
          seq: 'l.seq',
          newestFirst: true,
          toObject: toSummary,
        }),
      ),
  },
];
