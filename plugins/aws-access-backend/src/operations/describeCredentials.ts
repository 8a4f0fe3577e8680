import { OrganizationCredentials } from 'backstage-plugin-aws-access-common';
import { CredentialsReport } from '../clouds/CredentialsCheck';
import { OrganizationConfig } from '../config/AwsAccessConfig';

/** What operators are shown of the credentials; nothing that is secret. Pure. */
export function describeCredentials(
  { aws, entra }: OrganizationConfig,
  report: CredentialsReport | undefined,
): OrganizationCredentials {
  return {
    checkedAt: report?.checkedAt ?? null,
    aws: {
      type: aws.credentials.type,
      account: report?.aws.account ?? 'unknown',
      problem: report?.aws.problem?.message ?? null,
      cloudMessage: report?.aws.problem?.cloudMessage ?? null,
    },
    entra: {
      type: entra.credentials.type,
      expiresAt: report?.entra.expiresAt ?? null,
      assignsApplication: entra.applicationAssignment === 'automatic',
      problem: report?.entra.problem?.message ?? null,
      cloudMessage: report?.entra.problem?.cloudMessage ?? null,
    },
  };
}
