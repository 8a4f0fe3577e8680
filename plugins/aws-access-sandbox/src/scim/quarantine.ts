import type { SandboxStore } from '../store/SandboxStore';
import type { ScimCycle } from './runScimCycle';
import type { CredentialProblem } from './scimCredentials';
import type { ScimJob } from './ScimJob';

/** Why a job is in quarantine, and for how long; times in milliseconds on the sandbox clock. */
export type Quarantine = {
  reason:
    | 'EncounteredQuarantineException'
    | 'EncounteredEscrowProportionThreshold'
    | 'EncounteredBaseEscrowThreshold';
  error: CredentialProblem;
  currentBegan: number;
  seriesBegan: number;
  seriesCount: number;
  nextAttempt: number;
};

/** From which failures on a whole job counts as failing. */
type EscrowThresholds = {
  /** Below this number nothing happens, whatever the share. */
  minimum: number;
  /** Share of all objects. */
  proportion: number;
  /** At this number the share does not matter. */
  base: number;
};

/** As documented. */
const THRESHOLDS: EscrowThresholds = {
  minimum: 5_000,
  proportion: 0.4,
  base: 40_000,
};

/**
 * A store setting: other thresholds for quarantine than the documented ones, as
 * JSON, such as `{"minimum": 3}`, because the example company has too few people.
 *
 * @public
 */
export const ESCROW_THRESHOLDS_KEY = 'scim.escrowThresholds';

const DAY_MS = 24 * 60 * 60_000;

/** A job that stays in quarantine for longer is switched off. */
const LONGEST_MS = 28 * DAY_MS;

/** Whether so many objects failed that the job is to be looked at. */
export function escrowReason(
  store: SandboxStore,
  { imported, failed }: Pick<ScimCycle, 'imported' | 'failed'>,
): Quarantine['reason'] | undefined {
  const { minimum, proportion, base } = {
    ...THRESHOLDS,
    ...JSON.parse(store.getMeta(ESCROW_THRESHOLDS_KEY) ?? '{}'),
  };
  if (failed >= base) {
    return 'EncounteredBaseEscrowThreshold';
  }
  return failed >= minimum && failed > proportion * imported
    ? 'EncounteredEscrowProportionThreshold'
    : undefined;
}

/**
 * The quarantine after another bad cycle. Attempts become rarer, down to one a
 * day; after four weeks there are none.
 */
export function imposeQuarantine(
  job: ScimJob,
  now: number,
  reason: Quarantine['reason'],
  error: CredentialProblem,
): Quarantine & { disabled: boolean } {
  const before: Quarantine | undefined = job.quarantine_json
    ? JSON.parse(job.quarantine_json)
    : undefined;
  const seriesCount = (before?.seriesCount ?? 0) + 1;
  const seriesBegan = before?.seriesBegan ?? now;
  const pause = Math.min(job.interval_ms * 2 ** (seriesCount - 1), DAY_MS);
  return {
    reason,
    error,
    currentBegan: now,
    seriesBegan,
    seriesCount,
    nextAttempt: now + pause,
    disabled: now - seriesBegan >= LONGEST_MS,
  };
}
