import type { Quarantine } from '../../scim/quarantine';
import type { ScimExecution, ScimJob } from '../../scim/ScimJob';
import type { GraphCall } from '../protocol/GraphCall';
import { graphTime } from '../protocol/graphTime';
import type { GraphObject } from '../query/GraphType';

/** How Graph writes a time that has not come. */
const NEVER = '0001-01-01T00:00:00Z';

const toError = (error: { code: string; message: string }) => ({
  ...error,
  tenantActionable: true,
});

function executionState({ error, failed }: ScimExecution) {
  if (error) {
    return 'Failed';
  }
  return failed > 0 ? 'EntryLevelErrors' : 'Succeeded';
}

function toExecution(execution: ScimExecution | undefined): GraphObject | null {
  if (!execution) {
    return null;
  }
  const { imported, exported, failed, error } = execution;
  return {
    activityIdentifier: execution.activityIdentifier,
    countEntitled: imported,
    countEntitledForProvisioning: imported,
    countEscrowed: failed,
    countEscrowedRaw: failed,
    countExported: exported,
    countExports: exported,
    countImported: imported,
    countImportedDeltas: 0,
    countImportedReferenceDeltas: 0,
    error: error ? toError(error) : null,
    state: executionState(execution),
    timeBegan: graphTime(execution.startedAt),
    timeEnded: graphTime(execution.endedAt),
  };
}

function toQuarantine(job: ScimJob): GraphObject | null {
  if (!job.quarantine_json) {
    return null;
  }
  const quarantine: Quarantine = JSON.parse(job.quarantine_json);
  return {
    reason: quarantine.reason,
    error: toError(quarantine.error),
    currentBegan: graphTime(quarantine.currentBegan),
    seriesBegan: graphTime(quarantine.seriesBegan),
    seriesCount: quarantine.seriesCount,
    nextAttempt: graphTime(quarantine.nextAttempt),
  };
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

const isRunning = ({ state, next_cycle_at: next }: ScimJob) =>
  state === 'Active' || (state === 'Quarantine' && next !== null);

/** A job as Graph shows it. */
export function toSynchronizationJob(
  call: GraphCall,
  job: ScimJob,
): GraphObject {
  const status: {
    failures?: number;
    lastExecution?: ScimExecution;
    lastSuccessfulExecution?: ScimExecution;
    lastExecutionWithExports?: ScimExecution;
  } = JSON.parse(job.status_json);
  const last = status.lastExecution;
  const good =
    status.lastSuccessfulExecution ?? (last?.error ? undefined : last);
  const steady = good ? graphTime(good.endedAt) : NEVER;
  return {
    id: job.id,
    templateId: job.template_id,
    schedule: {
      expiration: null,
      interval: `PT${Math.round(job.interval_ms / 60_000)}M`,
      state: isRunning(job) ? 'Active' : 'Disabled',
    },
    status: {
      code: job.state,
      countSuccessiveCompleteFailures: status.failures ?? 0,
      escrowsPruned: false,
      lastExecution: toExecution(last),
      lastSuccessfulExecution: toExecution(good),
      lastSuccessfulExecutionWithExports: toExecution(
        status.lastExecutionWithExports,
      ),
      progress: [],
      quarantine: toQuarantine(job),
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
