import { randomUUID } from 'crypto';
import type { z } from 'zod';
import type { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { parseBody } from '../protocol/parseBody';
import { recordMutation, trackChange } from '../protocol/recordMutation';
import { visibleFrom } from '../protocol/visibility';
import {
  answerCollection,
  answerCount,
  answerObject,
} from '../query/answerObjects';
import type { GraphObject } from '../query/GraphType';
import {
  AppRole,
  applicationChanges,
  demandRoleChange,
} from './applicationProperties';
import {
  demandIdentifierUris,
  mayChangeApplication,
  ownApplication,
} from './applicationRights';
import {
  ApplicationRow,
  applicationSource,
  applicationType,
  requireApplication,
  toApplication,
} from './applications';
import { readApplications } from './servicePrincipals';
import { deleteServicePrincipal } from './servicePrincipalWrites';

type Changes = z.infer<typeof applicationChanges>;

const creation = applicationChanges.required({ displayName: true });

const record = (
  call: GraphCall,
  verb: 'Add' | 'Update' | 'Delete',
  application: GraphObject,
  changed: Changes = {},
) => {
  trackChange(call, 'application', application.id);
  recordMutation(call, {
    activity: `${verb} application`,
    category: 'ApplicationManagement',
    operation: verb,
    targets: [
      {
        type: 'Application',
        id: application.id,
        displayName: application.displayName,
        modified: Object.entries(changed).map(([displayName, newValue]) => ({
          displayName,
          oldValue: application[displayName],
          newValue,
        })),
      },
    ],
  });
};

function createApplication(call: GraphCall): GraphAnswer {
  const { store, clock } = call.context;
  const {
    displayName,
    appRoles = [],
    ...attributes
  } = parseBody(creation, call.body);
  demandRoleChange([], appRoles);
  demandIdentifierUris(call, attributes.identifierUris);
  const id = randomUUID();
  store.insert('entra_applications', {
    id,
    app_id: randomUUID(),
    display_name: displayName,
    app_roles_json: JSON.stringify(appRoles),
    attributes_json: JSON.stringify(attributes),
    created_at: clock.now(),
    visible_at: visibleFrom(call.context),
  });
  const application = toApplication(
    store.get<ApplicationRow>('SELECT * FROM entra_applications WHERE id = ?', [
      id,
    ])!,
  );
  ownApplication(call, String(application.appId));
  record(call, 'Add', application);
  return answerObject(call, applicationType, application, { status: 201 });
}

/** What an application says of itself, its instance in the tenant repeats. */
function updateInstance(
  call: GraphCall,
  application: GraphObject,
  { displayName, appRoles, identifierUris, web }: Changes,
): void {
  const { store } = call.context;
  const row = store.get<{ id: string; attributes_json: string }>(
    'SELECT id, attributes_json FROM entra_service_principals WHERE app_id = ? AND deleted_at IS NULL',
    [String(application.appId)],
  );
  if (!row) {
    return;
  }
  const attributes = JSON.parse(row.attributes_json);
  store.run(
    `UPDATE entra_service_principals SET display_name = coalesce(?, display_name),
       app_roles_json = coalesce(?, app_roles_json), attributes_json = ? WHERE id = ?`,
    [
      displayName ?? null,
      appRoles ? JSON.stringify(appRoles) : null,
      JSON.stringify({
        ...attributes,
        ...(web?.redirectUris ? { replyUrls: web.redirectUris } : {}),
        ...(identifierUris
          ? { servicePrincipalNames: [...identifierUris, application.appId] }
          : {}),
      }),
      row.id,
    ],
  );
  trackChange(call, 'servicePrincipal', row.id);
}

function updateApplication(call: GraphCall): GraphAnswer {
  const { store } = call.context;
  const application = requireApplication(call);
  mayChangeApplication(call, application);
  const input = parseBody(applicationChanges, call.body);
  const { displayName, appRoles, web, ...others } = input;
  if (appRoles) {
    demandRoleChange(application.appRoles as AppRole[], appRoles);
  }
  demandIdentifierUris(call, others.identifierUris, application.id);
  const { attributes_json: before } = store.get<ApplicationRow>(
    'SELECT * FROM entra_applications WHERE id = ?',
    [String(application.id)],
  )!;
  const attributes = JSON.parse(before);
  store.run(
    `UPDATE entra_applications SET display_name = coalesce(?, display_name),
       app_roles_json = coalesce(?, app_roles_json), attributes_json = ? WHERE id = ?`,
    [
      displayName ?? null,
      appRoles ? JSON.stringify(appRoles) : null,
      JSON.stringify({
        ...attributes,
        ...others,
        ...(web ? { web: { ...attributes.web, ...web } } : {}),
      }),
      String(application.id),
    ],
  );
  updateInstance(call, application, input);
  record(call, 'Update', application, input);
  return { status: 204 };
}

function deleteApplication(call: GraphCall): GraphAnswer {
  const { store, clock } = call.context;
  const application = requireApplication(call);
  mayChangeApplication(call, application);
  store.run('UPDATE entra_applications SET deleted_at = ? WHERE id = ?', [
    clock.now(),
    String(application.id),
  ]);
  const instance = store.get<{ id: string }>(
    'SELECT id FROM entra_service_principals WHERE app_id = ?',
    [String(application.appId)],
  );
  if (instance) {
    deleteServicePrincipal(call, instance.id, application.displayName);
  }
  record(call, 'Delete', application);
  return { status: 204 };
}

const writeApplications = [
  'Application.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
];

/** Applications: the side of sign-on that the publisher describes. */
export const applicationRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/applications',
    permissions: readApplications,
    handle: call =>
      answerCollection(call, applicationType, applicationSource(call.context)),
  },
  {
    method: 'GET',
    path: '/applications/$count',
    permissions: readApplications,
    handle: call =>
      answerCount(call, applicationType, applicationSource(call.context)),
  },
  {
    method: 'POST',
    path: '/applications',
    permissions: writeApplications,
    handle: createApplication,
  },
  ...['/applications/{id}', "/applications(appId='{appId}')"].flatMap(
    (path): GraphRoute[] => [
      {
        method: 'GET',
        path,
        permissions: readApplications,
        handle: call =>
          answerObject(call, applicationType, requireApplication(call)),
      },
      {
        method: 'PATCH',
        path,
        permissions: writeApplications,
        handle: updateApplication,
      },
      {
        method: 'DELETE',
        path,
        permissions: writeApplications,
        handle: deleteApplication,
      },
    ],
  ),
];
