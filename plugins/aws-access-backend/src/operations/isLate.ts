import { TroubledRequest } from 'backstage-plugin-aws-access-common';

/** Ends are acted on within seconds; this is how long a busy queue may take. */
const LATE_MS = 5 * 60 * 1000;
/**
 * What leaves a group in Entra is seen to leave it in AWS with the next cycle of
 * SCIM, which Entra runs about every 40 minutes.
 */
const SCIM_CYCLE_MS = 40 * 60 * 1000;

/**
 * Whether access that should have ended is later than its end needs. Pure.
 *
 * @param now - by the database's clock, ISO-8601
 */
export function isLate(
  { endsAt, waitsForScim }: Pick<TroubledRequest, 'endsAt' | 'waitsForScim'>,
  now: string,
): boolean {
  if (endsAt === null) return false;
  const allowed = LATE_MS + (waitsForScim ? SCIM_CYCLE_MS : 0);
  return Date.parse(now) - Date.parse(endsAt) > allowed;
}
