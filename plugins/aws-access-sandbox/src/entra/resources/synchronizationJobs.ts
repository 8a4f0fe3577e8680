import { runScimCycleNow } from '../../scim/runDueScimCycles';
import type { ScimJob } from '../../scim/ScimJob';
import { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { graphTime } from '../protocol/graphTime';
import { answerCollection } from '../query/answerObjects';
import { listSource } from '../query/GraphSource';
import type { GraphObject, GraphType } from '../query/GraphType';
import { requireServicePrincipal } from './servicePrincipals';
import { synchronizationSchema } from './synchronizationSchema';

/** Permissions that show synchronization jobs. */
export const readJobs = [
  'Synchronization.Read.All',
  'Synchronization.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
];

/** Permissions that steer them. */
export const steerJobs = [
  'Synchronization.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
];

/** How Graph writes a time that has not come. */
const NEVER = '0001-01-01T00:00:00Z';

type Execution = {
  activityIdentifier: string;
  imported: number;
  exported: number;
  failed: number;
  startedAt: number;
  endedAt: number;
};

const type: GraphType = {
  name: 'microsoft.graph.synchronizationJob',
  properties: [
    'id',
    'templateId',
    'schedule',
    'status',
    'synchronizationJobSettings',
  ],
};

function toExecution(execution: Execution | undefined): GraphObject | null {
  return (
    (execution && {
      activityIdentifier: execution.activityIdentifier,
      countEntitled: execution.imported,
      countEntitledForProvisioning: execution.imported,
      countEscrowed: execution.failed,
      countEscrowedRaw: execution.failed,
      countExported: execution.exported,
      countExports: execution.exported,
      countImported: execution.imported,
      countImportedDeltas: 0,
      countImportedReferenceDeltas: 0,
      error: null,
      state: execution.failed > 0 ? 'EntryLevelErrors' : 'Succeeded',
      timeBegan: graphTime(execution.startedAt),
      timeEnded: graphTime(execution.endedAt),
    }) ??
    null
  );
}

function synchronizedCounts(call: GraphCall, job: ScimJob): GraphObject[] {
  return call.context.store
    .all<{ object_type: string; count: number }>(
      'SELECT object_type, count(*) AS count FROM scim_links WHERE job_id = ? GROUP BY object_type',
      [job.id],
    )
    .map(row => ({
      key: row.object_type === 'user' ? 'User to User' : 'Group to Group',
      value: row.count,
    }));
}

function toJob(call: GraphCall, job: ScimJob, index: number): GraphObject {
  const status = JSON.parse(job.status_json);
  const last: Execution | undefined = status.lastExecution;
  const steady = last ? graphTime(last.endedAt) : NEVER;
  return {
    seq: index + 1,
    id: job.id,
    templateId: job.template_id,
    schedule: {
      expiration: null,
      interval: `PT${Math.round(job.interval_ms / 60_000)}M`,
      state: job.state === 'Paused' ? 'Disabled' : 'Active',
    },
    status: {
      code: job.state,
      countSuccessiveCompleteFailures: 0,
      escrowsPruned: false,
      lastExecution: toExecution(last),
      lastSuccessfulExecution: toExecution(last),
      lastSuccessfulExecutionWithExports: toExecution(
        status.lastExecutionWithExports,
      ),
      progress: [],
      quarantine: job.quarantine_json ? JSON.parse(job.quarantine_json) : null,
      steadyStateFirstAchievedTime: steady,
      steadyStateLastAchievedTime: steady,
      synchronizedEntryCountByType: synchronizedCounts(call, job),
      troubleshootingUrl: '',
    },
    synchronizationJobSettings: [
      { name: 'AzureIngestionAttributeOptimization', value: 'False' },
      { name: 'LookaheadQueryEnabled', value: 'False' },
    ],
  };
}

/** @throws GraphError 404 */
export function requireJob(call: GraphCall): ScimJob {
  const job = call.context.store.get<ScimJob>(
    'SELECT * FROM entra_synchronization_jobs WHERE id = ? AND service_principal_id = ?',
    [call.parameters.jobId, String(requireServicePrincipal(call).id)],
  );
  if (!job) {
    throw GraphError.notFound(call.parameters.jobId);
  }
  return job;
}

function setState(call: GraphCall, state: ScimJob['state']): GraphAnswer {
  const { store, clock } = call.context;
  const job = requireJob(call);
  store.run(
    `UPDATE entra_synchronization_jobs SET state = ?, quarantine_json = NULL,
       next_cycle_at = CASE WHEN ? = 'Active' THEN max(coalesce(next_cycle_at, 0), ?) ELSE next_cycle_at END
     WHERE id = ?`,
    [state, state, clock.now(), job.id],
  );
  return { status: 204 };
}

const root = '/servicePrincipals/{id}/synchronization/jobs';

/** The SCIM job of an enterprise application. */
export const synchronizationJobRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: root,
    permissions: readJobs,
    handle: call =>
      answerCollection(
        call,
        type,
        listSource(
          call.context.store
            .all<ScimJob>(
              'SELECT * FROM entra_synchronization_jobs WHERE service_principal_id = ? ORDER BY seq',
              [String(requireServicePrincipal(call).id)],
            )
            .map((job, index) => toJob(call, job, index)),
        ),
      ),
  },
  {
    method: 'GET',
    path: `${root}/{jobId}`,
    permissions: readJobs,
    handle: call => {
      const { seq: _seq, ...job } = toJob(call, requireJob(call), 0);
      return {
        status: 200,
        body: {
          '@odata.context': `${call.serviceRoot}/$metadata#${call.path.slice(
            1,
          )}`,
          ...job,
        },
      };
    },
  },
  {
    method: 'GET',
    path: `${root}/{jobId}/schema`,
    permissions: readJobs,
    handle: call => ({
      status: 200,
      body: {
        '@odata.context': `${call.serviceRoot}/$metadata#${call.path.slice(1)}`,
        ...synchronizationSchema(requireJob(call)),
      },
    }),
  },
  {
    method: 'POST',
    path: `${root}/{jobId}/start`,
    permissions: steerJobs,
    handle: call => setState(call, 'Active'),
  },
  {
    method: 'POST',
    path: `${root}/{jobId}/pause`,
    permissions: steerJobs,
    handle: call => setState(call, 'Paused'),
  },
  {
    method: 'POST',
    path: `${root}/{jobId}/restart`,
    permissions: steerJobs,
    handle: call => {
      const answer = setState(call, 'Active');
      runScimCycleNow(call.context, requireJob(call));
      return answer;
    },
  },
];
