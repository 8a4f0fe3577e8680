import {
  AccessQuery,
  AccessResponse,
} from 'backstage-plugin-aws-access-common';

/** Tells who has what, by which path, until when. */
export interface AccessService {
  /**
   * @param query - one of team, user, account and permission set
   * @param onlyAccounts - accounts outside it are left out of the answer
   * @throws InputError unless exactly one of them is asked for
   * @throws NotFoundError when it does not exist
   */
  getAccess(
    query: AccessQuery,
    onlyAccounts?: ReadonlySet<string>,
  ): Promise<AccessResponse>;
}
