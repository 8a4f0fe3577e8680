import { randomUUID } from 'crypto';
import type { ScimContext, ScimJob, ScimOutcome } from './ScimJob';

/** One line for the provisioning log. */
export type ProvisioningEvent = {
  cycleId: string | null;
  action: 'Create' | 'Update' | 'Disable' | 'Delete' | 'Other';
  source: { id: string; type: 'User' | 'Group'; displayName: string };
  outcome: ScimOutcome;
  details?: Record<string, unknown>;
};

const statuses: Record<ScimOutcome['status'], string> = {
  created: 'success',
  updated: 'success',
  unchanged: 'skipped',
  skipped: 'skipped',
  failed: 'failure',
};

/** Appends to the provisioning log of the job. */
export function logProvisioning(
  { store, clock }: ScimContext,
  job: ScimJob,
  event: ProvisioningEvent,
): void {
  store.insert('entra_provisioning_log', {
    id: randomUUID(),
    job_id: job.id,
    cycle_id: event.cycleId,
    happened_at: clock.now(),
    action: event.action,
    status: statuses[event.outcome.status],
    source_id: event.source.id,
    source_type: event.source.type,
    source_display_name: event.source.displayName,
    target_id: event.outcome.targetId,
    error_code: event.outcome.errorCode,
    reason: event.outcome.reason,
    details_json: JSON.stringify(event.details ?? {}),
  });
}
