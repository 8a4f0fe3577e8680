import { z } from 'zod';
import type { GraphCall, GraphRoute } from '../protocol/GraphCall';
import { parseBody } from '../protocol/parseBody';
import {
  answerCollection,
  answerCount,
  answerObject,
} from '../query/answerObjects';
import { groupSource, groupType, readGroups, requireGroup } from './groups';
import {
  directoryObjectType,
  memberOfSource,
  transitiveMemberOfSource,
} from './memberships';
import { groupRelations } from './relations';
import { requireUser } from './users';

/** As documented for `checkMemberGroups`. */
const MAXIMUM_CHECKED = 20;

const checked = z.strictObject({
  groupIds: z.array(z.string()).max(MAXIMUM_CHECKED),
});

const checkMemberGroups = (
  path: string,
  find: (call: GraphCall) => { id?: unknown },
): GraphRoute => ({
  method: 'POST',
  path,
  permissions: readGroups,
  handle: call => {
    const { groupIds } = parseBody(checked, call.body);
    const reached = new Set(
      transitiveMemberOfSource(call.context, String(find(call).id))
        .page({ limit: Infinity })
        .map(({ id }) => String(id)),
    );
    return {
      status: 200,
      body: {
        '@odata.context': `${call.serviceRoot}/$metadata#Collection(Edm.String)`,
        value: groupIds.filter(id => reached.has(id.toLowerCase())),
      },
    };
  },
});

/** Groups of the tenant, the reading side. */
export const groupRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/groups',
    permissions: readGroups,
    handle: call =>
      answerCollection(
        call,
        groupType,
        groupSource(call.context),
        groupRelations,
      ),
  },
  {
    method: 'GET',
    path: '/groups/$count',
    permissions: readGroups,
    handle: call => answerCount(call, groupType, groupSource(call.context)),
  },
  ...['/groups/{id}', "/groups(uniqueName='{uniqueName}')"].map(
    (path): GraphRoute => ({
      method: 'GET',
      path,
      permissions: readGroups,
      handle: call =>
        answerObject(call, groupType, requireGroup(call), {
          relations: groupRelations,
        }),
    }),
  ),
  ...(
    [
      ['/groups/{id}/memberOf', memberOfSource],
      ['/groups/{id}/transitiveMemberOf', transitiveMemberOfSource],
    ] as const
  ).map(
    ([path, source]): GraphRoute => ({
      method: 'GET',
      path,
      permissions: readGroups,
      handle: call =>
        answerCollection(
          call,
          directoryObjectType,
          source(call.context, String(requireGroup(call).id)),
        ),
    }),
  ),
  checkMemberGroups('/groups/{id}/checkMemberGroups', requireGroup),
  checkMemberGroups('/users/{id}/checkMemberGroups', requireUser),
];
