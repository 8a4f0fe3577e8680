import { createSpecializedBackend } from '@backstage/backend-app-api';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { httpRouterServiceFactory } from '@backstage/backend-defaults/httpRouter';
import { lifecycleServiceFactory } from '@backstage/backend-defaults/lifecycle';
import { loggerServiceFactory } from '@backstage/backend-defaults/logger';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { rootHealthServiceFactory } from '@backstage/backend-defaults/rootHealth';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { rootLifecycleServiceFactory } from '@backstage/backend-defaults/rootLifecycle';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createServiceFactory,
  RootLoggerService,
  ServiceRef,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { ConfigReader } from '@backstage/config';
import { AuthenticationError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { JsonObject } from '@backstage/types';
import { awsAccessPlugin } from '../plugin';
import { exampleCatalog } from './exampleCatalog';

/** What tests send as a person's token; see `mockCredentials.user`. */
const USER_TOKEN = /^Bearer mock-user-token:(\{.*\})$/;

/** One thing for the whole backend, in place of a service. */
function given(service: ServiceRef<any, any>, value: any) {
  const deps = {};
  return service.scope === 'root'
    ? createServiceFactory({
        service: service as ServiceRef<any, 'root'>,
        deps,
        factory: () => value,
      })
    : createServiceFactory({
        service: service as ServiceRef<any, 'plugin'>,
        deps,
        factory: () => value,
      });
}

/** Takes every call and answers with more of the same. */
const silent: any = new Proxy(() => silent, {
  get: (_, name) => (name === 'then' ? undefined : silent),
});

function say(level: string) {
  return (message: string, meta?: unknown) =>
    void process.stderr.write(
      `${new Date().toISOString()} ${level} ${message} ${
        meta instanceof Error ? meta.stack : JSON.stringify(meta ?? '')
      }\n`,
    );
}

/** A portal's own reads the schemas of all packages first, for a second and more. */
const logger: RootLoggerService = {
  error: say('error'),
  warn: say('warn'),
  info: () => {},
  debug: () => {},
  child: () => logger,
};

const auth = {
  getOwnServiceCredentials: async () => ({
    $$type: '@backstage/BackstageCredentials',
    principal: { type: 'service', subject: 'plugin:aws-access' },
  }),
  getPluginRequestToken: async () => ({ token: 'of-the-plugin' }),
  isPrincipal: (credentials: any, type: string) =>
    type === 'unknown' || credentials.principal.type === type,
  listPublicServiceKeys: async () => ({ keys: [] }),
};

const httpAuth = {
  credentials: async (request: { headers: { authorization?: string } }) => {
    const [, claims] =
      USER_TOKEN.exec(request.headers.authorization ?? '') ?? [];
    if (!claims) throw new AuthenticationError('Nobody of the example company');
    return {
      $$type: '@backstage/BackstageCredentials',
      principal: { type: 'user', userEntityRef: JSON.parse(claims).sub },
    };
  },
  issueUserCookie: async () => ({ expiresAt: new Date() }),
};

const allow = async (queries: unknown[]) =>
  queries.map(() => ({ result: AuthorizeResult.ALLOW }));
const permissions = { authorize: allow, authorizeConditional: allow };

/**
 * Starts a backend with the real plugin and as few services as it needs, so that
 * a test may start hundreds. Database, scheduler, HTTP and lifecycle are a
 * portal's own; people sign in with the tokens of tests, the catalog is the
 * example company's, and whoever would hear of something does not.
 *
 * @param config - the whole app-config: `backend` and `awsAccess`
 */
export async function startLeanBackend(config: JsonObject): Promise<void> {
  const backend = createSpecializedBackend({
    defaultServiceFactories: [
      databaseServiceFactory,
      httpRouterServiceFactory,
      lifecycleServiceFactory,
      loggerServiceFactory,
      permissionsRegistryServiceFactory,
      rootHealthServiceFactory,
      rootHttpRouterServiceFactory(),
      rootLifecycleServiceFactory,
      schedulerServiceFactory,
      given(coreServices.rootLogger, logger),
      given(coreServices.rootConfig, new ConfigReader(config)),
      given(coreServices.auth, auth),
      given(coreServices.httpAuth, httpAuth),
      given(coreServices.permissions, permissions),
      given(coreServices.auditor, silent),
      given(coreServices.discovery, silent),
      given(actionsRegistryServiceRef, silent),
      given(metricsServiceRef, silent),
      given(eventsServiceRef, silent),
      given(notificationService, silent),
      given(signalsServiceRef, silent),
      given(
        catalogServiceRef,
        new InMemoryCatalogClient({ entities: exampleCatalog() }),
      ),
    ],
  });
  backend.add(awsAccessPlugin);
  await backend.start();
}
