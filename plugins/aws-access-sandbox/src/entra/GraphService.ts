import { batchRoute } from './protocol/batch';
import { GraphAnswer, GraphCall, GraphRoute } from './protocol/GraphCall';
import { GraphError } from './protocol/GraphError';
import { GraphThrottle } from './protocol/GraphThrottle';
import { deltaRoutes } from './delta/deltaRoutes';
import { applicationRoutes } from './resources/applicationRoutes';
import { applicationTemplateRoutes } from './resources/applicationTemplates';
import { appRoleAssignmentRoutes } from './resources/appRoleAssignments';
import { directoryAuditRoutes } from './resources/auditLogs';
import { claimsMappingPolicyRoutes } from './resources/claimsMappingPolicies';
import { conditionalAccessRoutes } from './resources/conditionalAccess';
import { directoryObjectRoutes } from './resources/directoryObjects';
import { groupMemberRoutes } from './resources/groupMembers';
import { groupOwnerRoutes } from './resources/groupOwners';
import { groupRoutes } from './resources/groupRoutes';
import { groupWriteRoutes } from './resources/groupWrites';
import { organizationRoutes } from './resources/organization';
import { provisioningLogRoutes } from './resources/provisioningLogs';
import { provisionOnDemandRoutes } from './resources/provisionOnDemand';
import { servicePrincipalRoutes } from './resources/servicePrincipalRoutes';
import { servicePrincipalWriteRoutes } from './resources/servicePrincipalWrites';
import { signInRoutes } from './resources/signIns';
import { synchronizationJobActionRoutes } from './resources/synchronizationJobActions';
import { synchronizationJobRoutes } from './resources/synchronizationJobs';
import { synchronizationSchemaRoutes } from './resources/synchronizationSchemaRoutes';
import { synchronizationSecretRoutes } from './resources/synchronizationSecrets';
import { synchronizationTemplateRoutes } from './resources/synchronizationTemplates';
import { tokenSigningCertificateRoutes } from './resources/tokenSigningCertificates';
import { userRoutes } from './resources/userRoutes';
import { userWriteRoutes } from './resources/userWrites';

type CompiledRoute = GraphRoute & { pattern: RegExp };

/** Fixed paths go before those with parts, so that `/users/$count` is no user. */
function compile(routes: GraphRoute[]): CompiledRoute[] {
  return routes
    .map(route => ({
      ...route,
      pattern: new RegExp(
        `^${route.path
          .replace(/[$().*+?^|[\]\\]/g, '\\$&')
          .replace(/\{(\w+)\}/g, '(?<$1>[^/()]+)')}$`,
      ),
    }))
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length);
}

/** Single quotes are doubled inside a key such as uniqueName='...'. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part).replace(/''/g, "'");
  } catch {
    throw GraphError.badRequest('Bad Request: the URL is not valid.');
  }
}

/** Everything of Microsoft Graph that the sandbox answers, apart from HTTP itself. */
export class GraphService {
  private readonly throttle = new GraphThrottle();
  private readonly routes = compile([
    ...userRoutes,
    ...userWriteRoutes,
    ...groupRoutes,
    ...groupWriteRoutes,
    ...groupMemberRoutes,
    ...groupOwnerRoutes,
    ...servicePrincipalRoutes,
    ...servicePrincipalWriteRoutes,
    ...tokenSigningCertificateRoutes,
    ...claimsMappingPolicyRoutes,
    ...applicationRoutes,
    ...applicationTemplateRoutes,
    ...deltaRoutes,
    ...conditionalAccessRoutes,
    ...directoryAuditRoutes,
    ...signInRoutes,
    ...provisioningLogRoutes,
    ...appRoleAssignmentRoutes,
    ...synchronizationJobRoutes,
    ...synchronizationJobActionRoutes,
    ...synchronizationSecretRoutes,
    ...synchronizationTemplateRoutes,
    ...synchronizationSchemaRoutes,
    ...provisionOnDemandRoutes,
    ...organizationRoutes,
    ...directoryObjectRoutes,
    batchRoute(call => this.handle(call)),
  ]);

  /**
   * Answers one call, from the network or from a batch.
   *
   * @throws GraphError
   */
  handle(call: GraphCall): GraphAnswer {
    // A batch itself is free; its items are counted and refused one by one, inside a 200.
    const headers = call.path === '/$batch' ? {} : this.throttle.admit(call);
    const route = this.findRoute(call);
    const parts = route.pattern.exec(call.path)?.groups ?? {};
    const run = () =>
      route.handle({
        ...call,
        parameters: Object.fromEntries(
          Object.entries(parts).map(([name, value]) => [
            name,
            decodePart(value),
          ]),
        ),
      });
    // A change is made with its place in the logs, or not at all; the items of a batch are changes of their own.
    const answer =
      call.method === 'GET' || call.path === '/$batch'
        ? run()
        : call.context.store.transaction(run);
    return { ...answer, headers: { ...headers, ...answer.headers } };
  }
  /** @throws GraphError 400 for an unknown path, 405 for a method it does not have, 403 without permission */
  private findRoute(call: GraphCall): CompiledRoute {
    const onPath = this.routes.filter(({ pattern }) => pattern.test(call.path));
    const route = onPath.find(({ method }) => method === call.method);
    if (!route) {
      throw onPath.length
        ? new GraphError(
            405,
            'Request_BadRequest',
            'Specified HTTP method is not allowed for the request target.',
          )
        : GraphError.badRequest(
            `Resource not found for the segment '${
              call.path.split('/')[1] ?? ''
            }'.`,
          );
    }
    if (
      route.permissions.length &&
      !route.permissions.some(name => call.caller.permissions.has(name))
    ) {
      throw GraphError.denied();
    }
    return route;
  }
}
