import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { createDemoAuthenticator } from './demoAuthenticator';
import { readDemoPeople } from './readDemoPeople';
import { refuseOutsideDevelopment } from './refuseOutsideDevelopment';

/**
 * Lets anybody sign in as one of a few configured people, without a password.
 *
 * For a demo on one's own machine only: the backend does not start with it
 * anywhere else.
 */
export const authModuleDemoSignIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-sign-in',
  register(registration) {
    registration.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ providers, config }) {
        refuseOutsideDevelopment(config, process.env.NODE_ENV);
        // Read here, because a mistake inside the provider's factory only
        // makes the auth backend skip the provider with a warning.
        const people = readDemoPeople(config);

        providers.registerProvider({
          providerId: 'demo',
          factory: createProxyAuthProviderFactory({
            authenticator: createDemoAuthenticator(people),
            signInResolver: ({ result: { entityRef } }, context) =>
              context.signInWithCatalogUser({ entityRef }),
          }),
        });
      },
    });
  },
});
