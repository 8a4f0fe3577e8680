import type { GraphRoute } from '../protocol/GraphCall';
import {
  answerCollection,
  answerCount,
  answerObject,
} from '../query/answerObjects';
import { readGroups } from './groups';
import {
  directoryObjectType,
  memberOfSource,
  transitiveMemberOfSource,
} from './memberships';
import { userRelations } from './relations';
import { readUsers, requireUser, userSource, userType } from './users';

/** People of the tenant, the reading side. */
export const userRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/users',
    permissions: readUsers,
    handle: call =>
      answerCollection(call, userType, userSource(call.context), userRelations),
  },
  {
    method: 'GET',
    path: '/users/$count',
    permissions: readUsers,
    handle: call => answerCount(call, userType, userSource(call.context)),
  },
  {
    method: 'GET',
    path: '/users/{id}',
    permissions: readUsers,
    handle: call =>
      answerObject(call, userType, requireUser(call), {
        relations: userRelations,
      }),
  },
  ...(
    [
      ['memberOf', memberOfSource],
      ['transitiveMemberOf', transitiveMemberOfSource],
    ] as const
  ).flatMap(([name, source]): GraphRoute[] => [
    {
      method: 'GET',
      path: `/users/{id}/${name}`,
      permissions: readGroups,
      handle: call =>
        answerCollection(
          call,
          directoryObjectType,
          source(call.context, String(requireUser(call).id)),
        ),
    },
    {
      method: 'GET',
      path: `/users/{id}/${name}/$count`,
      permissions: readGroups,
      handle: call =>
        answerCount(
          call,
          directoryObjectType,
          source(call.context, String(requireUser(call).id)),
        ),
    },
  ]),
];
