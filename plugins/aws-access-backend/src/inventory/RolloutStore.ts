/** Which accounts the latest version of a permission set has not reached. */
export interface RolloutStore {
  /** Account ids; null = it was not read. */
  getOutdatedAccountIds(
    organizationId: string,
    permissionSetArn: string,
  ): Promise<string[] | null>;
  /** @param outdated - account ids by ARN; undefined = the set is not there any more */
  record(
    organizationId: string,
    outdated: ReadonlyMap<string, string[] | undefined>,
  ): Promise<void>;
  /** Forgets all other permission sets. */
  keepOnly(organizationId: string, permissionSetArns: string[]): Promise<void>;
}
