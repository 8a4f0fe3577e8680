import type { SandboxStore } from '../store/SandboxStore';
import { exampleClouds, exampleFoundedAt } from './exampleConstants';
import { exampleGroups } from './exampleGroups';
import { exampleUuid } from './exampleIds';
import { examplePeople } from './examplePeople';

const { aws, domain, entra, credentials } = exampleClouds;

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

/** The certificate that signs SAML tokens; Graph answers it without its key. */
const signingCertificate = {
  customKeyIdentifier: 'H0cyGT3bnKyPqWtdHM8v1ZkJ7hM=',
  displayName: 'CN=Microsoft Azure Federated SSO Certificate',
  startDateTime: '2024-05-06T08:00:00Z',
  endDateTime: '2027-05-06T08:00:00Z',
  key: null,
};

const instance = `https://${aws.region}.signin.aws.amazon.com/platform/saml`;
const identifierUris = [`${instance}/${aws.identityStoreId}`];
const replyUrls = [`${instance}/acs/${aws.identityStoreId}`];
const galleryTags = [
  'WindowsAzureActiveDirectoryGalleryApplicationNonPrimaryV1',
  'WindowsAzureActiveDirectoryIntegratedApp',
];

/** How the enterprise application signs people on. */
const signOn = {
  application: {
    identifierUris,
    web: { redirectUris: replyUrls },
    tags: galleryTags,
  },
  servicePrincipal: {
    preferredSingleSignOnMode: 'saml',
    preferredTokenSigningKeyThumbprint:
      '1F4732193DDB9CAC8FA96B5D1CCF2FD59909EE13',
    samlSingleSignOnSettings: { relayState: null },
    loginUrl: `https://${aws.identityStoreId}.awsapps.com/start`,
    notificationEmailAddresses: [`cloud-platform@${domain}`],
    servicePrincipalNames: [
      ...identifierUris,
      entra.enterpriseApplication.appId,
    ],
    replyUrls,
    tags: galleryTags,
    keyCredentials: ['Sign', 'Verify'].map(usage => ({
      ...signingCertificate,
      keyId: exampleUuid('key-credential', usage),
      type: usage === 'Sign' ? 'X509CertAndPassword' : 'AsymmetricX509Cert',
      usage,
    })),
  },
};

/** A cycle ended a quarter of an hour ago, so the next one starts in 25 minutes. */
const LAST_CYCLE_AGE_MS = 15 * 60_000;
const CYCLE_LENGTH_MS = 40_000;
const CYCLE_INTERVAL_MS = 40 * 60_000;
const TOKEN_LIFETIME_MS = 365 * 24 * 60 * 60_000;

/** Id of the example company's only synchronization job. */
export const exampleJobId = `aws.${exampleUuid(
  'synchronization',
  'tenant',
).replace(/-/g, '')}.${exampleUuid('synchronization', 'job')}`;

function seedServicePrincipals(store: SandboxStore): void {
  for (const application of [
    { ...entra.enterpriseApplication, roles: appRoles, ...signOn },
    {
      ...entra.portal,
      templateId: undefined,
      roles: [],
      application: {},
      servicePrincipal: {},
    },
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
      attributes_json: JSON.stringify(application.application),
    });
    store.insert('entra_service_principals', {
      id: application.servicePrincipalId,
      app_role_assignment_required: application.templateId ? 1 : 0,
      ...shared,
      attributes_json: JSON.stringify(application.servicePrincipal),
    });
  }
}

/** Provisioning is set up, with a token that was made just now: AWS lets it live for a year. */
function seedScimCredentials(store: SandboxStore, now: number): void {
  store.insert('scim_tokens', {
    token: credentials.scimToken,
    created_at: now,
    expires_at: now + TOKEN_LIFETIME_MS,
  });
  for (const [key, value] of [
    [
      'BaseAddress',
      `https://scim.${aws.region}.amazonaws.com/${aws.identityStoreId}/scim/v2`,
    ],
    ['SecretToken', credentials.scimToken],
  ]) {
    store.insert('entra_synchronization_secrets', {
      service_principal_id: entra.enterpriseApplication.servicePrincipalId,
      key,
      value,
    });
  }
}

/** Writes the enterprise application with its assigned groups and SCIM job. */
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
  seedScimCredentials(store, now);
}
