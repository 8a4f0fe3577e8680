import {
  AccessGroupsQuery,
  AccessGroupsResponse,
} from 'backstage-plugin-aws-access-common';
import { AccessGroupReach } from './AccessGroupReach';

/** Lists the groups through which access runs. */
export interface AccessGroupService {
  /**
   * @param reach - whose groups are listed; undefined = everybody's
   * @throws NotFoundError when there is no such organization or team
   */
  list(
    query: AccessGroupsQuery,
    reach?: AccessGroupReach,
  ): Promise<AccessGroupsResponse>;
  /**
   * Entra object ids of the groups that may be read; `whole` is false where only
   * what a group has in the reader's own accounts is.
   *
   * @returns undefined = every group
   */
  findReadable(
    organizationId: string,
    reach?: AccessGroupReach,
  ): Promise<ReadonlyMap<string, { whole: boolean }> | undefined>;
}
