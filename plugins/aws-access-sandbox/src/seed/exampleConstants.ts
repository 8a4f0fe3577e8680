/**
 * The fixed names of the two clouds of the example company. The portal's
 * example configuration repeats them.
 *
 * @public
 */
export const exampleClouds = {
  company: 'Example Parcel',
  domain: 'parcel.example',
  aws: {
    region: 'eu-central-1',
    instanceArn: 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33',
    instanceId: 'ssoins-7223aa11bb22cc33',
    identityStoreId: 'd-99670e1a2b',
    organizationId: 'o-exampleparc',
    rootId: 'r-ex01',
    managementAccountId: '100000000001',
    delegatedAdministratorAccountId: '100000000003',
  },
  entra: {
    tenantId: '3f0e9c54-7a55-4a3f-9b0e-6a1d2c3b4e5f',
    /** The portal's own application, as which it calls Microsoft Graph. */
    portal: {
      displayName: 'Backstage AWS access',
      servicePrincipalId: '0c6d1a52-95d8-4f0f-8c4e-2f8f4f3f6a01',
      appId: '6f1cfd51-8c6e-46c4-a2b8-3d5a3b1c9e02',
    },
    /** The enterprise application that feeds IAM Identity Center by SCIM. */
    enterpriseApplication: {
      displayName: 'AWS IAM Identity Center',
      servicePrincipalId: 'b9c6cb3e-5f24-4a55-9c8a-7d8e51b5f003',
      appId: '4f8f2f6a-1d6d-47ad-9c4e-0c9d4a7be004',
      /** Microsoft's gallery template, the same in every tenant. */
      templateId: '21ed01d2-ec13-4e9e-86c1-cd546719ebc4',
    },
  },
  credentials: {
    /** AWS access key ids and the account each one calls from; any secret is taken. */
    awsAccessKeys: [
      { accessKeyId: 'AKIASANDBOXPORTAL001', accountId: '100000000001' },
      { accessKeyId: 'AKIASANDBOXDELEGATE1', accountId: '100000000003' },
    ],
    portalToken: 'sandbox-portal-token',
    readerToken: 'sandbox-reader-token',
    /** Ida's own session with every permission, as the administrator of the tenant who sets things up. */
    administratorToken: 'sandbox-administrator-token',
    /** With which SCIM reaches the identity store. */
    scimToken: 'sandbox-scim-token',
    /** For the token endpoint, with the portal's `appId` as client id. */
    portalClientSecret: 'sandbox-portal-secret',
  },
} as const;

/** When everything that the seed holds was made, in milliseconds since the epoch. */
export const exampleFoundedAt = Date.parse('2024-05-06T08:00:00.000Z');
