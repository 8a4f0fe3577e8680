import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { AwsAccessApi } from 'backstage-plugin-aws-access-common';

/**
 * Calls the AWS access backend as the person who set something off.
 *
 * @public
 */
export interface AwsAccessService {
  /**
   * The API, on behalf of one person. Make a new one for each piece of work:
   * the token behind it is short-lived, and never longer-lived than the
   * person's own.
   *
   * @param credentials - the person's, for example from
   *   `ctx.getInitiatorCredentials()` in a scaffolder action
   * @throws NotAllowedError when the credentials are not a person's: an access
   *   request has a requester, and a service cannot be one
   */
  forInitiator(credentials: BackstageCredentials): Promise<AwsAccessApi>;
}
