import { batchRoute } from './protocol/batch';
import { GraphAnswer, GraphCall, GraphRoute } from './protocol/GraphCall';
import { GraphError } from './protocol/GraphError';
import { throttle } from './protocol/throttle';
import { appRoleAssignmentRoutes } from './resources/appRoleAssignments';
import { directoryObjectRoutes } from './resources/directoryObjects';
import { groupMemberRoutes } from './resources/groupMembers';
import { groupOwnerRoutes } from './resources/groupOwners';
import { groupRoutes } from './resources/groupRoutes';
import { groupWriteRoutes } from './resources/groupWrites';
import { organizationRoutes } from './resources/organization';
import { provisionOnDemandRoutes } from './resources/provisionOnDemand';
import { servicePrincipalRoutes } from './resources/servicePrincipalRoutes';
import { synchronizationJobRoutes } from './resources/synchronizationJobs';
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

/** Everything of Microsoft Graph that the sandbox answers, apart from HTTP itself. */
export class GraphService {
  private readonly routes = compile([
    ...userRoutes,
    ...userWriteRoutes,
    ...groupRoutes,
    ...groupWriteRoutes,
    ...groupMemberRoutes,
    ...groupOwnerRoutes,
    ...servicePrincipalRoutes,
    ...appRoleAssignmentRoutes,
    ...synchronizationJobRoutes,
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
    // The refusals of a batch are those of its items, inside a 200.
    if (call.path !== '/$batch') {
      throttle(call);
    }
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
    const parts = route.pattern.exec(call.path)?.groups ?? {};
    return route.handle({
      ...call,
      parameters: Object.fromEntries(
        // Single quotes are doubled inside a key such as uniqueName='...'.
        Object.entries(parts).map(([name, value]) => [
          name,
          decodeURIComponent(value).replace(/''/g, "'"),
        ]),
      ),
    });
  }
}
