import { randomUUID } from 'crypto';
import { escrowReason, imposeQuarantine, Quarantine } from './quarantine';
import { runScimCycle } from './runScimCycle';
import {
  checkScimCredentials,
  CredentialProblem,
  savedScimCredentials,
} from './scimCredentials';
import type { ScimContext, ScimExecution, ScimJob } from './ScimJob';

const TOO_MANY: CredentialProblem = {
  code: 'EscrowThresholdExceeded',
  message:
    'Provisioning exceeded the escrow threshold: too many objects could not be provisioned.',
};

/** A seed tells only of the last cycle, which was a good one. */
const lastSuccess = (status: {
  lastExecution?: ScimExecution;
  lastSuccessfulExecution?: ScimExecution;
}) =>
  status.lastSuccessfulExecution ??
  (status.lastExecution?.error ? undefined : status.lastExecution);

/** A cycle that somebody forces does not wake a paused job. */
const stateAfter = ({ state }: ScimJob) =>
  state === 'Paused' ? 'Paused' : 'Active';

function saveExecution(
  { store }: ScimContext,
  job: ScimJob,
  execution: ScimExecution,
  quarantine: (Quarantine & { disabled: boolean }) | undefined,
): void {
  const { failures = 0, ...before } = JSON.parse(job.status_json);
  const { disabled = false, ...told } = quarantine ?? {};
  const next = quarantine?.nextAttempt ?? execution.startedAt + job.interval_ms;
  store.run(
    `UPDATE entra_synchronization_jobs
     SET state = ?, quarantine_json = ?, last_cycle_started_at = ?, last_cycle_ended_at = ?,
       next_cycle_at = ?, cycles = cycles + 1, status_json = ?
     WHERE id = ?`,
    [
      quarantine ? 'Quarantine' : stateAfter(job),
      quarantine ? JSON.stringify(told) : null,
      execution.startedAt,
      execution.endedAt,
      disabled ? null : next,
      JSON.stringify({
        ...before,
        failures: execution.error ? failures + 1 : 0,
        lastExecution: execution,
        lastSuccessfulExecution: execution.error
          ? lastSuccess(before)
          : execution,
        ...(execution.exported > 0
          ? { lastExecutionWithExports: execution }
          : {}),
      }),
      job.id,
    ],
  );
}

/**
 * Runs a cycle of the job now and plans the next one. Without credentials that
 * the identity store takes nothing is carried and the job goes into quarantine,
 * as it does when too much of it fails; a good cycle ends the quarantine.
 *
 * @param startedAt - when the cycle began, in milliseconds on the sandbox clock
 */
export function runScimCycleNow(
  context: ScimContext,
  job: ScimJob,
  startedAt: number = context.clock.now(),
): void {
  const { store, clock } = context;
  store.transaction(() => {
    const problem = checkScimCredentials(
      context,
      savedScimCredentials(context, job.service_principal_id),
    );
    if (problem) {
      saveExecution(
        context,
        job,
        {
          activityIdentifier: randomUUID(),
          imported: 0,
          exported: 0,
          failed: 0,
          startedAt,
          endedAt: clock.now(),
          error: problem,
        },
        imposeQuarantine(
          job,
          clock.now(),
          'EncounteredQuarantineException',
          problem,
        ),
      );
      return;
    }
    const { id, ...counts } = runScimCycle(context, job);
    const reason = escrowReason(store, counts);
    saveExecution(
      context,
      job,
      { activityIdentifier: id, ...counts, startedAt, endedAt: clock.now() },
      reason && imposeQuarantine(job, clock.now(), reason, TOO_MANY),
    );
  });
}

/**
 * Runs the cycle of every job whose time has come. When the clock passed
 * several, one cycle does the work of all: the state of the directory is the same.
 * Whoever is about to look at the sandbox calls this first.
 *
 * @returns how many cycles ran
 */
export function runDueScimCycles(context: ScimContext): number {
  const { store, clock } = context;
  const now = clock.now();
  const due = store.all<ScimJob>(
    `SELECT * FROM entra_synchronization_jobs WHERE state IN ('Active', 'Quarantine') AND next_cycle_at <= ?`,
    [now],
  );
  for (const job of due) {
    const passed = Math.floor((now - job.next_cycle_at!) / job.interval_ms);
    runScimCycleNow(
      context,
      job,
      job.next_cycle_at! + passed * job.interval_ms,
    );
  }
  return due.length;
}
