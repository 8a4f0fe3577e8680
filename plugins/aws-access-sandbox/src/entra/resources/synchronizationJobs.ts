import { randomUUID } from 'crypto';
import { z } from 'zod';
import type { ScimJob } from '../../scim/ScimJob';
import type { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { parseBody } from '../protocol/parseBody';
import { recordMutation } from '../protocol/recordMutation';
import { answerCollection } from '../query/answerObjects';
import { listSource } from '../query/GraphSource';
import type { GraphType } from '../query/GraphType';
import { requireServicePrincipal } from './servicePrincipals';
import { toSynchronizationJob } from './synchronizationJobObject';
import { templatesOf } from './synchronizationTemplates';

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

/** Entra runs a cycle about every forty minutes, and takes no other interval. */
const INTERVAL_MS = 40 * 60_000;

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

const input = z.strictObject({ templateId: z.string().min(1) });

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

/** Writes what somebody did to provisioning into the audit log. */
export function recordProvisioning(
  call: GraphCall,
  activity: string,
  operation: 'Add' | 'Update' | 'Delete',
): void {
  const { id, displayName } = requireServicePrincipal(call);
  recordMutation(call, {
    activity,
    category: 'ProvisioningManagement',
    operation,
    targets: [{ type: 'ServicePrincipal', id, displayName }],
  });
}

function answerJob(call: GraphCall, job: ScimJob, status = 200): GraphAnswer {
  return {
    status,
    body: {
      '@odata.context': `${call.serviceRoot}/$metadata#${call.path.slice(1)}${
        status === 201 ? '/$entity' : ''
      }`,
      ...toSynchronizationJob(call, job),
    },
  };
}

function createJob(call: GraphCall): GraphAnswer {
  const { store } = call.context;
  const principal = requireServicePrincipal(call);
  const { templateId } = parseBody(input, call.body);
  if (!templatesOf(principal).some(({ id }) => id === templateId)) {
    throw new GraphError(
      404,
      'ResourceNotFound',
      `The synchronization template '${templateId}' does not exist for this application.`,
    );
  }
  const tenant = store.get<{ id: string }>('SELECT id FROM entra_tenant')?.id;
  const jobId = `${templateId}.${tenant?.replace(/-/g, '')}.${randomUUID()}`;
  store.insert('entra_synchronization_jobs', {
    id: jobId,
    service_principal_id: String(principal.id),
    template_id: templateId,
    state: 'NotRun',
    interval_ms: INTERVAL_MS,
  });
  recordProvisioning(call, 'Add provisioning configuration', 'Add');
  const job = requireJob({
    ...call,
    parameters: { ...call.parameters, jobId },
  });
  return answerJob(call, job, 201);
}

function deleteJob(call: GraphCall): GraphAnswer {
  const { store } = call.context;
  const job = requireJob(call);
  store.run('DELETE FROM scim_links WHERE job_id = ?', [job.id]);
  store.run('DELETE FROM entra_synchronization_jobs WHERE id = ?', [job.id]);
  recordProvisioning(call, 'Delete provisioning configuration', 'Delete');
  return { status: 204 };
}

const root = '/servicePrincipals/{id}/synchronization/jobs';

/** The SCIM jobs of an enterprise application. */
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
            .map(job => toSynchronizationJob(call, job)),
        ),
      ),
  },
  {
    method: 'POST',
    path: root,
    permissions: steerJobs,
    handle: createJob,
  },
  {
    method: 'GET',
    path: `${root}/{jobId}`,
    permissions: readJobs,
    handle: call => answerJob(call, requireJob(call)),
  },
  {
    method: 'DELETE',
    path: `${root}/{jobId}`,
    permissions: steerJobs,
    handle: deleteJob,
  },
];
