import { randomUUID } from 'crypto';
import { z } from 'zod';
import type { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { parseBody } from '../protocol/parseBody';
import { recordMutation, trackChange } from '../protocol/recordMutation';
import { visibleFrom } from '../protocol/visibility';
import { answerObject } from '../query/answerObjects';
import type { GraphObject } from '../query/GraphType';
import {
  AppRole,
  appRole,
  demandRoleChange,
  keyCredential,
} from './applicationProperties';
import { mayChangeApplication, ownApplication } from './applicationRights';
import type { ApplicationRow } from './applications';
import {
  readServicePrincipal,
  requireServicePrincipal,
  ServicePrincipalRow,
  servicePrincipalType,
} from './servicePrincipals';

const write = ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy'];

const text = z.string().max(1024).nullish();

const changes = z.strictObject({
  accountEnabled: z.boolean().optional(),
  appRoleAssignmentRequired: z.boolean().optional(),
  appRoles: z.array(appRole).optional(),
  alternativeNames: z.array(z.string()).optional(),
  description: text,
  displayName: z.string().min(1).max(256).optional(),
  homepage: text,
  keyCredentials: z.array(keyCredential).optional(),
  loginUrl: text,
  logoutUrl: text,
  notes: text,
  notificationEmailAddresses: z.array(z.email()).max(5).optional(),
  preferredSingleSignOnMode: z
    .enum(['password', 'saml', 'notSupported', 'oidc'])
    .nullish(),
  preferredTokenSigningKeyThumbprint: z
    .string()
    .regex(/^[0-9A-Fa-f]{40}$/, 'it is not a SHA-1 thumbprint')
    .nullish(),
  replyUrls: z.array(z.string()).optional(),
  samlSingleSignOnSettings: z.strictObject({ relayState: text }).nullish(),
  servicePrincipalNames: z.array(z.string()).optional(),
  tags: z.array(z.string().max(256)).optional(),
});

const creation = z.strictObject({
  ...changes.shape,
  appId: z.guid(),
});

const record = (
  call: GraphCall,
  verb: 'Add' | 'Update' | 'Remove',
  principal: { id: unknown; displayName: unknown },
  changed: Record<string, unknown> = {},
  before: GraphObject = {},
) => {
  trackChange(call, 'servicePrincipal', principal.id);
  recordMutation(call, {
    activity: `${verb} service principal`,
    category: 'ApplicationManagement',
    operation: verb === 'Remove' ? 'Delete' : verb,
    targets: [
      {
        type: 'ServicePrincipal',
        id: principal.id,
        displayName: principal.displayName,
        modified: Object.entries(changed)
          // Keys stay out of the log.
          .filter(([name]) => name !== 'keyCredentials')
          .map(([displayName, newValue]) => ({
            displayName,
            oldValue: before[displayName],
            newValue,
          })),
      },
    ],
  });
};

/** Merges properties into those that have no column of their own. */
export function mergeServicePrincipalAttributes(
  { context }: GraphCall,
  id: string,
  properties: object,
): void {
  const { attributes_json: before } = context.store.get<ServicePrincipalRow>(
    'SELECT * FROM entra_service_principals WHERE id = ?',
    [id],
  )!;
  context.store.run(
    'UPDATE entra_service_principals SET attributes_json = ? WHERE id = ?',
    [JSON.stringify({ ...JSON.parse(before), ...properties }), id],
  );
}

function createServicePrincipal(call: GraphCall): GraphAnswer {
  const { store, clock } = call.context;
  const { appId, appRoles: _, ...input } = parseBody(creation, call.body);
  const application = store.get<ApplicationRow>(
    'SELECT * FROM entra_applications WHERE app_id = lower(?) AND deleted_at IS NULL',
    [appId],
  );
  if (!application) {
    throw new GraphError(
      400,
      'Request_BadRequest',
      `The appId '${appId}' of the service principal does not reference a valid application object.`,
    );
  }
  if (
    store.get(
      'SELECT 1 FROM entra_service_principals WHERE app_id = ? AND deleted_at IS NULL',
      [application.app_id],
    )
  ) {
    throw new GraphError(
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    );
  }
  const id = randomUUID();
  store.insert('entra_service_principals', {
    id,
    app_id: application.app_id,
    display_name: application.display_name,
    application_template_id: application.application_template_id,
    app_roles_json: application.app_roles_json,
    account_enabled: Number(input.accountEnabled ?? true),
    app_role_assignment_required: Number(
      input.appRoleAssignmentRequired ?? false,
    ),
    attributes_json: JSON.stringify(attributesOf(input)),
    created_at: clock.now(),
    visible_at: visibleFrom(call.context),
  });
  ownApplication(call, application.app_id);
  const created = readServicePrincipal(call.context, id);
  record(call, 'Add', { id, displayName: created.displayName });
  return answerObject(call, servicePrincipalType, created, { status: 201 });
}

function attributesOf({
  accountEnabled: _,
  appRoleAssignmentRequired: __,
  displayName: ___,
  appRoles: ____,
  ...attributes
}: z.infer<typeof changes>): object {
  return attributes;
}

function updateServicePrincipal(call: GraphCall): GraphAnswer {
  const { store } = call.context;
  const principal = requireServicePrincipal(call);
  mayChangeApplication(call, principal);
  const input = parseBody(changes, call.body);
  if (input.appRoles) {
    demandRoleChange(principal.appRoles as AppRole[], input.appRoles);
  }
  const flag = (value: boolean | undefined) =>
    value === undefined ? null : Number(value);
  store.run(
    `UPDATE entra_service_principals SET display_name = coalesce(?, display_name),
       account_enabled = coalesce(?, account_enabled),
       app_role_assignment_required = coalesce(?, app_role_assignment_required),
       app_roles_json = coalesce(?, app_roles_json) WHERE id = ?`,
    [
      input.displayName ?? null,
      flag(input.accountEnabled),
      flag(input.appRoleAssignmentRequired),
      input.appRoles ? JSON.stringify(input.appRoles) : null,
      String(principal.id),
    ],
  );
  mergeServicePrincipalAttributes(
    call,
    String(principal.id),
    attributesOf(input),
  );
  record(
    call,
    'Update',
    { id: principal.id, displayName: principal.displayName },
    input,
    principal,
  );
  return { status: 204 };
}

/** Takes an instance away, with who was assigned to it and its provisioning. */
export function deleteServicePrincipal(
  call: GraphCall,
  id: string,
  displayName: unknown,
): void {
  const { store } = call.context;
  store.run('DELETE FROM entra_service_principals WHERE id = ?', [id]);
  store.run(
    'DELETE FROM entra_app_role_assignments WHERE resource_id = ? OR principal_id = ?',
    [id, id],
  );
  store.run(
    'DELETE FROM entra_synchronization_jobs WHERE service_principal_id = ?',
    [id],
  );
  record(call, 'Remove', { id, displayName });
}

/** Instances of applications in the tenant, the writing side. */
export const servicePrincipalWriteRoutes: GraphRoute[] = [
  {
    method: 'POST',
    path: '/servicePrincipals',
    permissions: write,
    handle: createServicePrincipal,
  },
  ...['/servicePrincipals/{id}', "/servicePrincipals(appId='{appId}')"].map(
    (path): GraphRoute => ({
      method: 'PATCH',
      path,
      permissions: write,
      handle: updateServicePrincipal,
    }),
  ),
  {
    method: 'DELETE',
    path: '/servicePrincipals/{id}',
    permissions: write,
    handle: call => {
      const principal = requireServicePrincipal(call);
      mayChangeApplication(call, principal);
      deleteServicePrincipal(call, String(principal.id), principal.displayName);
      return { status: 204 };
    },
  },
];
