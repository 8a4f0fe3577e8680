import { z } from 'zod';
import { runScimCycleNow } from '../../scim/runDueScimCycles';
import type { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { parseBody } from '../protocol/parseBody';
import {
  recordProvisioning,
  requireJob,
  steerJobs,
} from './synchronizationJobs';

/** What a restart may forget. */
const SCOPES = [
  'None',
  'ConnectorDataStore',
  'Escrows',
  'Watermark',
  'QuarantineState',
  'Full',
  'ForceDeletes',
];

const restart = z.strictObject({
  criteria: z
    .strictObject({
      '@odata.type': z.string().optional(),
      resetScope: z.string().nullish(),
    })
    .nullish(),
});

function readScope(call: GraphCall): Set<string> {
  const { criteria } = parseBody(restart, call.body);
  const scope = (criteria?.resetScope ?? 'None').split(/\s*,\s*/);
  const unknown = scope.find(name => !SCOPES.includes(name));
  if (unknown !== undefined) {
    throw GraphError.badRequest(
      `Invalid value specified for property 'resetScope': '${unknown}'.`,
    );
  }
  return new Set(scope);
}

/** Goes on where the job stopped; quarantine is lifted. */
function startJob(call: GraphCall): GraphAnswer {
  const { store, clock } = call.context;
  const job = requireJob(call);
  const now = clock.now();
  const next =
    job.state === 'Active' || job.state === 'Paused'
      ? Math.max(job.next_cycle_at ?? 0, now)
      : now;
  store.run(
    `UPDATE entra_synchronization_jobs SET state = 'Active', quarantine_json = NULL, next_cycle_at = ? WHERE id = ?`,
    [next, job.id],
  );
  recordProvisioning(call, 'Enable/start provisioning', 'Update');
  return { status: 204 };
}

function pauseJob(call: GraphCall): GraphAnswer {
  const job = requireJob(call);
  call.context.store.run(
    `UPDATE entra_synchronization_jobs SET state = 'Paused' WHERE id = ?`,
    [job.id],
  );
  recordProvisioning(call, 'Pause/disable provisioning', 'Update');
  return { status: 204 };
}

/**
 * Runs a cycle over everything at once. A job in quarantine stays there unless
 * the scope says otherwise. `Full` and `ConnectorDataStore` forget which object
 * is tied to which: everything is matched by name again, and what went out of
 * scope before is never removed.
 */
function restartJob(call: GraphCall): GraphAnswer {
  const { store, clock } = call.context;
  const job = requireJob(call);
  const scope = readScope(call);
  if (scope.has('Full') || scope.has('ConnectorDataStore')) {
    store.run('DELETE FROM scim_links WHERE job_id = ?', [job.id]);
  }
  const lifted = scope.has('Full') || scope.has('QuarantineState');
  recordProvisioning(call, 'Restart provisioning', 'Update');
  if (job.state === 'Quarantine' && !lifted) {
    return { status: 204 };
  }
  store.run(
    `UPDATE entra_synchronization_jobs SET state = 'Active', quarantine_json = NULL, next_cycle_at = ? WHERE id = ?`,
    [clock.now(), job.id],
  );
  runScimCycleNow(call.context, requireJob(call));
  return { status: 204 };
}

const root = '/servicePrincipals/{id}/synchronization/jobs/{jobId}';

/** Steering a SCIM job. */
export const synchronizationJobActionRoutes: GraphRoute[] = [
  {
    method: 'POST',
    path: `${root}/start`,
    permissions: steerJobs,
    handle: startJob,
  },
  {
    method: 'POST',
    path: `${root}/pause`,
    permissions: steerJobs,
    handle: pauseJob,
  },
  {
    method: 'POST',
    path: `${root}/restart`,
    permissions: steerJobs,
    handle: restartJob,
  },
];
