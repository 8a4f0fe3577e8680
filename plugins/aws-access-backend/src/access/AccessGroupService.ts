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
}
