/** The example company's configuration, as a portal's app-config has it. */
export function soakConfig({ sandboxUrl, port, connection }) {
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: connection,
    },
    permission: { enabled: true },
    awsAccess: {
      organizations: {
        parcel: {
          title: 'Example Parcel',
          writes: 'on',
          accessPortalUrl: `${sandboxUrl}/sandbox/start`,
          aws: {
            region: 'eu-central-1',
            endpoint: sandboxUrl,
            credentials: {
              type: 'accessKey',
              accessKeyId: 'AKIASANDBOXPORTAL001',
              secretAccessKey: 'sandbox',
            },
          },
          entra: {
            tenantId: '3f0e9c54-7a55-4a3f-9b0e-6a1d2c3b4e5f',
            graphUrl: sandboxUrl,
            enterpriseApplicationId: 'b9c6cb3e-5f24-4a55-9c8a-7d8e51b5f003',
            servicePrincipalId: '0c6d1a52-95d8-4f0f-8c4e-2f8f4f3f6a01',
            credentials: { type: 'accessToken', token: 'sandbox-portal-token' },
          },
          protected: { permissionSets: ['BreakGlass'] },
        },
      },
      roles: {
        admin: ['user:default/ida'],
        operator: ['user:default/ida'],
        auditor: ['user:default/sia'],
        security: ['user:default/sia'],
      },
      policy: {
        defaultStage: { name: 'account owner', approvers: ['accountOwner'] },
        defaultStageWithoutAccounts: {
          name: 'security',
          approvers: ['user:default/sia'],
        },
        rules: [],
      },
      requests: { maxOpenPerPerson: 1000 },
      worker: { pollSeconds: 0.5, claimSeconds: 5 },
    },
  };
}
