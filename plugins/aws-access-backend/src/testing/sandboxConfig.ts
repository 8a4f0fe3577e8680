import { exampleClouds } from 'backstage-plugin-aws-access-sandbox';
import { z } from 'zod';
import { awsAccessConfigSchema } from '../config/AwsAccessConfig';

type Input = z.input<typeof awsAccessConfigSchema>;

/**
 * Configuration of the example company against a running sandbox, as app-config
 * holds it.
 *
 * @param url - where the sandbox listens
 * @param changes - replaces settings of the organization
 */
export function sandboxConfig(
  url: string,
  changes: Partial<Input['organizations'][string]> = {},
): Input {
  const { aws, entra, credentials } = exampleClouds;
  return {
    organizations: {
      parcel: {
        title: 'Example Parcel',
        writes: 'on',
        accessPortalUrl: `${url}/sandbox/start`,
        aws: {
          region: aws.region,
          endpoint: url,
          credentials: {
            type: 'accessKey',
            accessKeyId: credentials.awsAccessKeys[0].accessKeyId,
            secretAccessKey: 'sandbox',
          },
        },
        entra: {
          tenantId: entra.tenantId,
          graphUrl: url,
          enterpriseApplicationId:
            entra.enterpriseApplication.servicePrincipalId,
          servicePrincipalId: entra.portal.servicePrincipalId,
          credentials: { type: 'accessToken', token: credentials.portalToken },
        },
        protected: { permissionSets: ['BreakGlass'] },
        // The sandbox's own rates are raised in tests as well.
        limits: { requestsPerSecond: 1000 },
        ...changes,
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
      rules: [],
    },
  };
}
