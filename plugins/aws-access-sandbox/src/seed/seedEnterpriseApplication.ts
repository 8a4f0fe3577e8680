import type { SandboxStore } from '../store/SandboxStore';
import { exampleClouds, exampleFoundedAt } from './exampleConstants';
import { exampleGroups } from './exampleGroups';
import { exampleUuid } from './exampleIds';
import { examplePeople } from './examplePeople';

const { entra, credentials } = exampleClouds;

/** Application permissions that an administrator has granted to the portal. */
const portalPermissions = [
  'Application.Read.All',
  'AppRoleAssignment.ReadWrite.All',
  'Group.Create',
  'GroupMember.ReadWrite.All',
  'Organization.Read.All',
  'Synchronization.ReadWrite.All',
  'User.Read.All',
];

const readerPermissions = [
  'Application.Read.All',
  'GroupMember.Read.All',
  'Organization.Read.All',
  'Synchronization.Read.All',
  'User.Read.All',
];

/** The roles as the gallery template makes them; every instance has ids of its own. */
const appRoles = ['User', 'msiam_access'].map(name => ({
  allowedMemberTypes: ['User'],
  description: name,
  displayName: name,
  id: exampleUuid('app-role', name),
  isEnabled: true,
  origin: 'Application',
  value: null,
}));

/** A cycle ended a quarter of an hour ago, so the next one starts in 25 minutes. */
const LAST_CYCLE_AGE_MS = 15 * 60_000;
const CYCLE_LENGTH_MS = 40_000;
const CYCLE_INTERVAL_MS = 40 * 60_000;

/** Id of the example company's only synchronization job. */
export const exampleJobId = `aws.${exampleUuid(
  'synchronization',
  'tenant',
).replace(/-/g, '')}.${exampleUuid('synchronization', 'job')}`;

function seedServicePrincipals(store: SandboxStore): void {
  for (const application of [
    { ...entra.enterpriseApplication, roles: appRoles },
    { ...entra.portal, templateId: undefined, roles: [] },
  ]) {
    const shared = {
      app_id: application.appId,
      display_name: application.displayName,
      application_template_id: application.templateId,
      app_roles_json: JSON.stringify(application.roles),
      created_at: exampleFoundedAt,
    };
    store.insert('entra_applications', {
      id: exampleUuid('entra-application', application.displayName),
      ...shared,
    });
    store.insert('entra_service_principals', {
      id: application.servicePrincipalId,
      app_role_assignment_required: application.templateId ? 1 : 0,
      ...shared,
    });
  }
}

/** Writes the enterprise application with its assigned groups and SCIM job, and who may call Graph. */
export function seedEnterpriseApplication(
  store: SandboxStore,
  now: number,
): void {
  seedServicePrincipals(store);
  for (const group of exampleGroups.filter(({ assigned }) => assigned)) {
    store.insert('entra_app_role_assignments', {
      id: Buffer.from(
        exampleUuid('app-role-assignment', group.displayName),
      ).toString('base64url'),
      resource_id: entra.enterpriseApplication.servicePrincipalId,
      app_role_id: appRoles[0].id,
      principal_id: group.entraId,
      principal_type: 'Group',
      created_at: exampleFoundedAt,
    });
  }
  const startedAt = now - LAST_CYCLE_AGE_MS - CYCLE_LENGTH_MS;
  store.insert('entra_synchronization_jobs', {
    id: exampleJobId,
    service_principal_id: entra.enterpriseApplication.servicePrincipalId,
    template_id: 'aws',
    interval_ms: CYCLE_INTERVAL_MS,
    last_cycle_started_at: startedAt,
    last_cycle_ended_at: startedAt + CYCLE_LENGTH_MS,
    next_cycle_at: startedAt + CYCLE_INTERVAL_MS,
    cycles: 1,
    status_json: JSON.stringify({
      lastExecution: {
        activityIdentifier: exampleUuid('provisioning-cycle', 'first'),
        imported: examplePeople.length + exampleGroups.length,
        exported: 0,
        failed: examplePeople.filter(({ surname }) => !surname).length,
        startedAt,
        endedAt: startedAt + CYCLE_LENGTH_MS,
      },
    }),
  });
  for (const [token, permissions] of [
    [credentials.portalToken, portalPermissions],
    [credentials.readerToken, readerPermissions],
  ] as const) {
    store.insert('entra_access_tokens', {
      token,
      service_principal_id: entra.portal.servicePrincipalId,
      permissions_json: JSON.stringify(permissions),
    });
  }
  store.insert('entra_client_secrets', {
    app_id: entra.portal.appId,
    secret: credentials.portalClientSecret,
    permissions_json: JSON.stringify(portalPermissions),
  });
}
