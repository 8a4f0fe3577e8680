import { Holder } from 'backstage-plugin-aws-access-common';

/**
 * What tells people with access apart: names do not, not everybody in AWS is in
 * Entra, and who is on the way to AWS is only there.
 */
export function holderKey({ entraUserId, identityStoreUserId }: Holder) {
  return entraUserId ?? identityStoreUserId;
}
