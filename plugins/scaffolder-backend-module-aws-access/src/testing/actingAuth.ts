import {
  AuthService,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';

/**
 * The stand-in for sign-in, which says who acts for a person, too, as the
 * portal's own does: what templates file is marked by it (security rule 11).
 */
export const actingAuth = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory: ({ plugin }) => {
    const pluginId = plugin.getId();
    const auth = mockServices.auth({ pluginId });
    const issue = auth.getPluginRequestToken.bind(auth);
    const getPluginRequestToken: AuthService['getPluginRequestToken'] =
      async options => {
        const { onBehalfOf } = options;
        if (!auth.isPrincipal(onBehalfOf, 'user')) return issue(options);
        const token = mockCredentials.user.token(
          onBehalfOf.principal.userEntityRef,
          { actor: { subject: `plugin:${pluginId}` } },
        );
        return { token };
      };
    return Object.assign(auth, { getPluginRequestToken });
  },
});
