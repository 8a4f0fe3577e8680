import { z } from 'zod';
import {
  checkScimCredentials,
  savedScimCredentials,
} from '../../scim/scimCredentials';
import type { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { parseBody } from '../protocol/parseBody';
import { requireServicePrincipal } from './servicePrincipals';
import {
  recordProvisioning,
  requireJob,
  steerJobs,
} from './synchronizationJobs';

/** The keys that a SCIM application asks for, and those that come along with them. */
const KEYS = [
  'None',
  'BaseAddress',
  'SecretToken',
  'SyncAll',
  'SyncNotificationSettings',
  'AuthenticationType',
  'SkipOutOfScopeDeletions',
  'SynchronizationSchedule',
  'Oauth2AccessToken',
  'Oauth2ClientId',
  'Oauth2ClientSecret',
  'Oauth2TokenExchangeUri',
] as const;

const secret = z.strictObject({
  '@odata.type': z.string().optional(),
  key: z.enum(KEYS),
  value: z.string().nullish(),
});

const secrets = z.strictObject({ value: z.array(secret) });

const acquisition = z.strictObject({
  credentials: z.array(secret).optional(),
});

const validation = z.strictObject({
  applicationIdentifier: z.string().nullish(),
  templateId: z.string().nullish(),
  useSavedCredentials: z.boolean().nullish(),
  credentials: z.array(secret).optional(),
});

/** A null deletes a secret; those that are not named stay. */
function saveSecrets(call: GraphCall): GraphAnswer {
  const { store } = call.context;
  const id = String(requireServicePrincipal(call).id);
  for (const { key, value } of parseBody(secrets, call.body).value) {
    if (value === null || value === undefined) {
      store.run(
        'DELETE FROM entra_synchronization_secrets WHERE service_principal_id = ? AND key = ?',
        [id, key],
      );
    } else {
      store.run(
        `INSERT INTO entra_synchronization_secrets (service_principal_id, key, value) VALUES (?, ?, ?)
         ON CONFLICT (service_principal_id, key) DO UPDATE SET value = excluded.value`,
        [id, key, value],
      );
    }
  }
  // The values stay out of every log and every answer.
  recordProvisioning(
    call,
    'Update provisioning setting or credentials',
    'Update',
  );
  return { status: 204 };
}

function demandCredentials(
  call: GraphCall,
  given: z.infer<typeof secret>[] | undefined,
): void {
  const find = (key: string) =>
    given?.find(entry => entry.key === key)?.value ?? undefined;
  const problem = checkScimCredentials(
    call.context,
    given?.length
      ? { baseAddress: find('BaseAddress'), secretToken: find('SecretToken') }
      : savedScimCredentials(
          call.context,
          String(requireServicePrincipal(call).id),
        ),
  );
  if (problem) {
    throw new GraphError(400, problem.code, problem.message);
  }
}

function validateCredentials(call: GraphCall): GraphAnswer {
  requireJob(call);
  const { credentials, useSavedCredentials } = parseBody(validation, call.body);
  demandCredentials(call, useSavedCredentials ? undefined : credentials);
  return { status: 204 };
}

const root = '/servicePrincipals/{id}/synchronization';

/** The credentials with which a SCIM job reaches the identity store. They can be written and tried, never read. */
export const synchronizationSecretRoutes: GraphRoute[] = [
  {
    method: 'PUT',
    path: `${root}/secrets`,
    permissions: steerJobs,
    handle: saveSecrets,
  },
  {
    method: 'POST',
    path: `${root}/acquireAccessToken`,
    permissions: steerJobs,
    handle: call => {
      demandCredentials(call, parseBody(acquisition, call.body).credentials);
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    path: `${root}/jobs/{jobId}/validateCredentials`,
    permissions: steerJobs,
    handle: validateCredentials,
  },
];
