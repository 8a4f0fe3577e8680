import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { IAMClient } from '@aws-sdk/client-iam';
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { sessionTokenOf } from '../aws/protocol/callers';
import { exampleClouds, examplePermissionSets } from '../seed';

const [portal, delegate] = exampleClouds.credentials.awsAccessKeys;

/** Configuration of an AWS SDK client that differs from production's only in its endpoint. */
export function awsConfiguration(
  url: string,
  accessKeyId: string = portal.accessKeyId,
  region: string = exampleClouds.aws.region,
) {
  return {
    endpoint: url,
    region,
    credentials: {
      accessKeyId,
      secretAccessKey: 'any secret will do',
      sessionToken: accessKeyId.startsWith('ASIA')
        ? sessionTokenOf(accessKeyId)
        : undefined,
    },
    maxAttempts: 1,
  };
}

/** Unchanged AWS SDK clients. */
export function awsClients(url: string, accessKeyId?: string, region?: string) {
  const configuration = awsConfiguration(url, accessKeyId, region);
  return {
    ssoAdmin: new SSOAdminClient(configuration),
    identityStore: new IdentitystoreClient(configuration),
    organizations: new OrganizationsClient(configuration),
    cloudTrail: new CloudTrailClient(configuration),
    iam: new IAMClient(configuration),
    sts: new STSClient(configuration),
  };
}

/**
 * An access key of an account that is neither the management account nor a delegated administrator, as its own people
 * would have one.
 */
export async function memberAccessKeyId(
  url: string,
  accountId: string = '111122225555',
): Promise<string> {
  const { Credentials } = await awsClients(url).sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${accountId}:role/Developer`,
      RoleSessionName: 'member',
    }),
  );
  return Credentials!.AccessKeyId!;
}

/** The access key of the delegated administrator's account. */
export const delegateAccessKeyId: string = delegate.accessKeyId;

/** Limits out of the way of tests that are not about them. */
export const wideLimits = {
  ssoAdminRequestsPerSecond: 10_000,
  identityStoreRequestsPerSecond: 10_000,
  organizationsRequestsPerSecond: 10_000,
  cloudTrailRequestsPerSecond: 10_000,
};

/** ARN of a permission set of the example company. */
export function exampleSetArn(name: string): string {
  const set = examplePermissionSets.find(candidate => candidate.name === name);
  if (!set) {
    throw new Error(`The example company has no permission set ${name}`);
  }
  return set.arn;
}
