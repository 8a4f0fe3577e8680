import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { exampleClouds, examplePermissionSets } from '../seed';

const [portal, delegate] = exampleClouds.credentials.awsAccessKeys;

/** Unchanged AWS SDK clients that differ from production's only in their endpoint. */
export function awsClients(
  url: string,
  accessKeyId: string = portal.accessKeyId,
) {
  const configuration = {
    endpoint: url,
    region: exampleClouds.aws.region,
    credentials: { accessKeyId, secretAccessKey: 'any secret will do' },
    maxAttempts: 1,
  };
  return {
    ssoAdmin: new SSOAdminClient(configuration),
    identityStore: new IdentitystoreClient(configuration),
    organizations: new OrganizationsClient(configuration),
  };
}

/** The access key of the delegated administrator's account. */
export const delegateAccessKeyId: string = delegate.accessKeyId;

/** Limits out of the way of tests that are not about them. */
export const wideLimits = {
  ssoAdminRequestsPerSecond: 10_000,
  identityStoreRequestsPerSecond: 10_000,
};

/** ARN of a permission set of the example company. */
export function exampleSetArn(name: string): string {
  const set = examplePermissionSets.find(candidate => candidate.name === name);
  if (!set) {
    throw new Error(`The example company has no permission set ${name}`);
  }
  return set.arn;
}
