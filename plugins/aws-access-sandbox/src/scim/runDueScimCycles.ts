import type { ScimContext, ScimJob } from './ScimJob';
import { runScimCycle, ScimCycle } from './runScimCycle';

/**
 * Runs a cycle of the job now and plans the next one.
 *
 * @param startedAt - when the cycle began, in milliseconds on the sandbox clock
 */
export function runScimCycleNow(
  context: ScimContext,
  job: ScimJob,
  startedAt: number = context.clock.now(),
): ScimCycle {
  return context.store.transaction(() => {
    const cycle = runScimCycle(context, job);
    const endedAt = context.clock.now();
    const execution = {
      activityIdentifier: cycle.id,
      imported: cycle.imported,
      exported: cycle.exported,
      failed: cycle.failed,
      startedAt,
      endedAt,
    };
    const before = JSON.parse(job.status_json);
    context.store.run(
      `UPDATE entra_synchronization_jobs
       SET last_cycle_started_at = ?, last_cycle_ended_at = ?, next_cycle_at = ?, cycles = cycles + 1, status_json = ?
       WHERE id = ?`,
      [
        startedAt,
        endedAt,
        startedAt + job.interval_ms,
        JSON.stringify({
          ...before,
          lastExecution: execution,
          ...(cycle.exported > 0
            ? { lastExecutionWithExports: execution }
            : {}),
        }),
        job.id,
      ],
    );
    return cycle;
  });
}

/**
 * Runs the cycle of every active job whose time has come. When the clock passed
 * several, one cycle does the work of all: the state of the directory is the same.
 * Whoever is about to look at the sandbox calls this first.
 *
 * @returns how many cycles ran
 */
export function runDueScimCycles(context: ScimContext): number {
  const { store, clock } = context;
  const now = clock.now();
  const due = store.all<ScimJob>(
    `SELECT * FROM entra_synchronization_jobs WHERE state = 'Active' AND next_cycle_at <= ?`,
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
