import { LeaseRow } from '../../leases/LeaseStore';
import { ProvisioningPace } from '../ProvisioningPace';

/**
 * Whether the object was seen to be gone so long ago that a cloud which shows it
 * does not lag: it was made again.
 *
 * @param now - by the database's time
 */
export function wasGone(
  { removedAt }: Pick<LeaseRow, 'removedAt'>,
  now: string,
  { settleMs }: Pick<ProvisioningPace, 'settleMs'>,
): boolean {
  return (
    removedAt !== null && Date.parse(now) - Date.parse(removedAt) > settleMs
  );
}
