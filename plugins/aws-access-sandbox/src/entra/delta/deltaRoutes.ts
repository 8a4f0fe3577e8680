import type { GraphRoute } from '../protocol/GraphCall';
import { applicationSource, applicationType } from '../resources/applications';
import { groupSource, groupType, readGroups } from '../resources/groups';
import {
  readApplications,
  servicePrincipalSource,
  servicePrincipalType,
} from '../resources/servicePrincipals';
import { readUsers, userSource, userType } from '../resources/users';
import { answerDelta, DeltaCollection } from './answerDelta';

const route = (
  path: string,
  permissions: readonly string[],
  collection: DeltaCollection,
): GraphRoute => ({
  method: 'GET',
  path,
  permissions,
  handle: call => answerDelta(call, collection),
});

/** What changed since the last time, for those who keep a copy of the directory. */
export const deltaRoutes: GraphRoute[] = [
  route('/groups/delta', readGroups, {
    type: groupType,
    tracked: 'group',
    table: 'entra_groups',
    source: groupSource,
    members: true,
  }),
  route('/users/delta', readUsers, {
    type: userType,
    tracked: 'user',
    table: 'entra_users',
    source: userSource,
  }),
  route('/applications/delta', readApplications, {
    type: applicationType,
    tracked: 'application',
    table: 'entra_applications',
    source: applicationSource,
  }),
  route('/servicePrincipals/delta', readApplications, {
    type: servicePrincipalType,
    tracked: 'servicePrincipal',
    table: 'entra_service_principals',
    source: servicePrincipalSource,
  }),
];
