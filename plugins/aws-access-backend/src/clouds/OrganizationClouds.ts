import { AwsCloud } from './AwsCloud';
import { CloudWriteGate } from './CloudWriteGate';
import { AwsCallerAccount } from './CredentialsCheck';
import { EntraCloud } from './EntraCloud';
import { CallPurpose } from './RequestLimiter';

/** The clients of one organization, each with its own credentials and limiter. */
export interface OrganizationClouds {
  readonly aws: AwsCloud;
  readonly entra: EntraCloud;
  readonly gate: CloudWriteGate;
  /** In which account the AWS credentials act, where a look has found it out. */
  readonly callerAccount?: () => AwsCallerAccount | undefined;
}

/** Finds the clients of an organization. */
export interface CloudsProvider {
  /**
   * @param purpose - whose calls go first where the cloud's rate is the limit;
   *   default `provisioning`
   * @throws NotFoundError when no such organization is configured.
   */
  forOrganization(
    organizationId: string,
    purpose?: CallPurpose,
  ): OrganizationClouds;
}
