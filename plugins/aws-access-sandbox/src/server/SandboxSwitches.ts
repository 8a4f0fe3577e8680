/**
 * Ways in which the real clouds differ from one year, or one organization, to the next.
 * @public
 */
export interface SandboxSwitches {
  /**
   * What Organizations says about an account's state and place: `Status` was retired in September 2026, `Paths` came in
   * March 2026.
   */
  readonly accountFields: readonly ('Status' | 'State' | 'Paths')[];
  /** How long a CloudTrail event takes until it can be looked up, in milliseconds; typically 5 minutes, up to 15. */
  readonly trailDelayMs: number;
  /** Whether permission sets are enabled when the state is made; instances of August 2026 and later begin without. */
  readonly permissionSetsEnabled: boolean;
}

/** As AWS is since September 2026. */
export const DEFAULT_SWITCHES: SandboxSwitches = {
  accountFields: ['State', 'Paths'],
  trailDelayMs: 5 * 60_000,
  permissionSetsEnabled: true,
};
