/**
 * The quotas of the services that shape how a client has to behave.
 * @public
 */
export interface SandboxLimits {
  /** Requests a second for all operations and callers of sso-admin together; AWS documents 20. */
  readonly ssoAdminRequestsPerSecond: number;
  /** Requests a second for identitystore; AWS publishes no number, 20 is what clients should plan for. */
  readonly identityStoreRequestsPerSecond: number;
  /** Requests a second for AWS Organizations; AWS throttles it and publishes no number for the whole of it. */
  readonly organizationsRequestsPerSecond: number;
  /** Requests a second for CloudTrail LookupEvents; AWS documents 2. */
  readonly cloudTrailRequestsPerSecond: number;
  /** Account assignments being created at once; AWS documents 10. */
  readonly outstandingAssignmentOperations: number;
}

/** The limits as AWS documents them. */
export const DEFAULT_LIMITS: SandboxLimits = {
  ssoAdminRequestsPerSecond: 20,
  identityStoreRequestsPerSecond: 20,
  organizationsRequestsPerSecond: 20,
  cloudTrailRequestsPerSecond: 2,
  outstandingAssignmentOperations: 10,
};
