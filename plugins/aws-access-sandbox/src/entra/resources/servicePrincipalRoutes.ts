import type { GraphRoute } from '../protocol/GraphCall';
import {
  answerCollection,
  answerCount,
  answerObject,
} from '../query/answerObjects';
import {
  readApplications,
  requireServicePrincipal,
  servicePrincipalSource,
  servicePrincipalType,
} from './servicePrincipals';

/** Instances of applications in the tenant, the reading side. */
export const servicePrincipalRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/servicePrincipals',
    permissions: readApplications,
    handle: call =>
      answerCollection(
        call,
        servicePrincipalType,
        servicePrincipalSource(call.context),
      ),
  },
  {
    method: 'GET',
    path: '/servicePrincipals/$count',
    permissions: readApplications,
    handle: call =>
      answerCount(
        call,
        servicePrincipalType,
        servicePrincipalSource(call.context),
      ),
  },
  ...['/servicePrincipals/{id}', "/servicePrincipals(appId='{appId}')"].map(
    (path): GraphRoute => ({
      method: 'GET',
      path,
      permissions: readApplications,
      handle: call =>
        answerObject(call, servicePrincipalType, requireServicePrincipal(call)),
    }),
  ),
];
