/** How patient provisioning is. All in milliseconds. */
export interface ProvisioningPace {
  /** First wait after an error that may pass; doubles up to `maxBackoffMs`. */
  backoffMs: number;
  maxBackoffMs: number;
  /**
   * Between two looks at AWS's asynchronous operations that have learned nothing
   * yet: how long these take is learned (OperationTimes).
   */
  operationMs: number;
  /** Between two looks whether SCIM has arrived; grows up to `maxBackoffMs`. */
  scimMs: number;
  /**
   * How long a write may take to be seen by reads. Until then "absent" is not
   * believed: Entra answers 404 for a while after a creation.
   */
  settleMs: number;
  /** Between two attempts at a removal that a cloud refuses. */
  refusedRemovalMs: number;
  /** Between two looks for people who are disabled or deleted in Entra. */
  leaversMs: number;
  /** Between two looks whether the clouds are those of first contact. */
  contactMs: number;
  /**
   * How long attempts may go on once the backend is told to stop. Platforms kill
   * it after some 30 seconds; what has not finished is as safe as after a kill.
   * Left out = no time at all.
   */
  graceMs?: number;
}

/** The pace of a portal; tests go faster. */
export const DEFAULT_PACE: ProvisioningPace = {
  backoffMs: 1_000,
  maxBackoffMs: 60_000,
  operationMs: 1_000,
  scimMs: 2_000,
  settleMs: 30_000,
  refusedRemovalMs: 300_000,
  leaversMs: 900_000,
  contactMs: 300_000,
  graceMs: 10_000,
};

/** Milliseconds to wait after the n-th attempt, n from 1. */
export function backoff(pace: ProvisioningPace, attempts: number): number {
  return Math.min(
    pace.maxBackoffMs,
    pace.backoffMs * 2 ** Math.min(attempts - 1, 20),
  );
}

/** Milliseconds between two looks at something slow, after n looks. */
export function patience(pace: ProvisioningPace, attempts: number): number {
  return Math.min(
    pace.maxBackoffMs,
    pace.scimMs * 1.3 ** Math.min(attempts, 50),
  );
}
