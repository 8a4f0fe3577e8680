/** How far the reading goes that is not done whole at every refresh. */
export interface PairCoverage {
  /** The oldest reading of a pair; null = there are none, or some are unread. */
  asOf: string | null;
  pairs: number;
  unread: number;
}

/** When things that are read in turns were read last. */
export interface InventoryRotation {
  listPermissionSetReads(
    organizationId: string,
  ): Promise<Array<{ arn: string; readAt: string | null }>>;
  /** @param reads - moments of reading, by ARN */
  markPermissionSetsRead(
    organizationId: string,
    reads: Map<string, string>,
  ): Promise<void>;
  getPairCoverage(organizationId: string): Promise<PairCoverage>;
}
