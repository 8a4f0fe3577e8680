import { randomUUID } from 'crypto';
import { z } from 'zod';
import type { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { parseBody } from '../protocol/parseBody';
import { recordMutation, trackChange } from '../protocol/recordMutation';
import { visibleFrom } from '../protocol/visibility';
import { answerCollection, answerObject } from '../query/answerObjects';
import { listSource } from '../query/GraphSource';
import type { GraphType } from '../query/GraphType';
import { pickProperties } from '../query/pickProperties';
import { ownApplication } from './applicationRights';
import { ApplicationRow, applicationType, toApplication } from './applications';
import { galleryTemplates } from './galleryTemplates';
import {
  readServicePrincipal,
  servicePrincipalType,
} from './servicePrincipals';

const type: GraphType = {
  name: 'microsoft.graph.applicationTemplate',
  properties: [
    'id',
    'categories',
    'description',
    'displayName',
    'homePageUrl',
    'logoUrl',
    'publisher',
    'supportedProvisioningTypes',
    'supportedSingleSignOnModes',
  ],
  collections: [
    'categories',
    'supportedProvisioningTypes',
    'supportedSingleSignOnModes',
  ],
};

const input = z.strictObject({
  displayName: z.string().min(1).max(256),
  serviceManagementReference: z.string().nullish(),
});

function requireTemplate({ parameters }: GraphCall) {
  const template = galleryTemplates.find(
    ({ id }) => id === parameters.id.toLowerCase(),
  );
  if (!template) {
    throw new GraphError(
      404,
      'Request_ResourceNotFound',
      `Application template '${parameters.id}' was not found.`,
    );
  }
  return template;
}

/** The two roles that every gallery application comes with; their ids differ between instances. */
const galleryRoles = () =>
  ['User', 'msiam_access'].map(name => ({
    allowedMemberTypes: ['User'],
    description: name,
    displayName: name,
    id: randomUUID(),
    isEnabled: true,
    origin: 'Application',
    value: null,
  }));

/** Makes an application and its instance from the gallery; readers see them after a while only. */
function instantiate(call: GraphCall): GraphAnswer {
  const { store, clock } = call.context;
  const template = requireTemplate(call);
  const { displayName } = parseBody(input, call.body);
  const ids = { application: randomUUID(), servicePrincipal: randomUUID() };
  const shared = {
    app_id: randomUUID(),
    display_name: displayName,
    application_template_id: template.id,
    app_roles_json: JSON.stringify(galleryRoles()),
    created_at: clock.now(),
    visible_at: visibleFrom(call.context),
  };
  store.insert('entra_applications', {
    ...shared,
    id: ids.application,
    attributes_json: JSON.stringify(template.application),
  });
  store.insert('entra_service_principals', {
    ...shared,
    id: ids.servicePrincipal,
    app_role_assignment_required: 1,
    attributes_json: JSON.stringify({
      ...template.servicePrincipal,
      // A new instance has no sign-on yet; choosing SAML is the caller's next step.
      preferredSingleSignOnMode: null,
    }),
  });
  ownApplication(call, shared.app_id);
  trackChange(call, 'application', ids.application);
  trackChange(call, 'servicePrincipal', ids.servicePrincipal);
  for (const [activity, kind, id] of [
    ['Add application', 'Application', ids.application],
    ['Add service principal', 'ServicePrincipal', ids.servicePrincipal],
  ] as const) {
    recordMutation(call, {
      activity,
      category: 'ApplicationManagement',
      operation: 'Add',
      targets: [{ type: kind, id, displayName }],
    });
  }
  const application = store.get<ApplicationRow>(
    'SELECT * FROM entra_applications WHERE id = ?',
    [ids.application],
  )!;
  return {
    status: 201,
    body: {
      '@odata.context': `${call.serviceRoot}/$metadata#microsoft.graph.applicationServicePrincipal`,
      application: pickProperties(
        toApplication(application),
        applicationType,
        undefined,
      ),
      servicePrincipal: pickProperties(
        readServicePrincipal(call.context, ids.servicePrincipal),
        servicePrincipalType,
        undefined,
      ),
    },
  };
}

/** The gallery. Everybody may look; it is not of the tenant. */
export const applicationTemplateRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/applicationTemplates',
    permissions: [],
    handle: call =>
      answerCollection(call, type, listSource(galleryTemplates.map(toObject))),
  },
  {
    method: 'GET',
    path: '/applicationTemplates/{id}',
    permissions: [],
    handle: call => answerObject(call, type, toObject(requireTemplate(call))),
  },
  {
    method: 'POST',
    path: '/applicationTemplates/{id}/instantiate',
    permissions: ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy'],
    handle: instantiate,
  },
];

function toObject({
  application: _,
  servicePrincipal: __,
  ...template
}: (typeof galleryTemplates)[number]) {
  return template;
}
