import type { SandboxStore } from '../store/SandboxStore';
import { exampleClouds } from './exampleConstants';
import { examplePeople } from './examplePeople';

const { entra, credentials } = exampleClouds;

/** Application permissions that an administrator has granted to the portal. */
const portalPermissions = [
  'Application.Read.All',
  'AppRoleAssignment.ReadWrite.All',
  'AuditLog.Read.All',
  'Group.Create',
  'GroupMember.ReadWrite.All',
  'Organization.Read.All',
  'Policy.Read.All',
  'Synchronization.ReadWrite.All',
  'User.Read.All',
];

/** What the administrator may do through the API. */
const administratorPermissions = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'AuditLog.Read.All',
  'Directory.ReadWrite.All',
  'Group.ReadWrite.All',
  'Organization.Read.All',
  'Policy.Read.All',
  'Policy.ReadWrite.ApplicationConfiguration',
  'Policy.ReadWrite.ConditionalAccess',
  'ProvisioningLog.Read.All',
  'Synchronization.ReadWrite.All',
  'User.ReadWrite.All',
];

const readerPermissions = [
  'Application.Read.All',
  'GroupMember.Read.All',
  'Organization.Read.All',
  'Synchronization.Read.All',
  'User.Read.All',
];

/** Writes who may call Graph, and what they may do there. */
export function seedGraphCallers(store: SandboxStore): void {
  for (const [token, permissions, user] of [
    [credentials.portalToken, portalPermissions, null],
    [credentials.readerToken, readerPermissions, null],
    [credentials.administratorToken, administratorPermissions, 'ida'],
  ] as const) {
    store.insert('entra_access_tokens', {
      token,
      service_principal_id: entra.portal.servicePrincipalId,
      user_id: examplePeople.find(({ name }) => name === user)?.entraId,
      permissions_json: JSON.stringify(permissions),
    });
  }
  store.insert('entra_client_secrets', {
    app_id: entra.portal.appId,
    secret: credentials.portalClientSecret,
    permissions_json: JSON.stringify(portalPermissions),
  });
}
