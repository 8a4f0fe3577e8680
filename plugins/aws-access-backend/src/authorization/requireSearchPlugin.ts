import { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';

/**
 * As Backstage names the plugin in tokens of its own. Whoever writes the
 * configuration can give the name to a token of `backend.auth.externalAccess` as
 * well; nothing in the credentials tells the two apart.
 */
const SEARCH_PLUGIN = 'plugin:search';

/**
 * Lets the search plugin read what it indexes. It is the one service that the
 * API answers, and only with what every reader may see; requests are not in it.
 *
 * @throws AuthenticationError or NotAllowedError for everybody else
 */
export async function requireSearchPlugin(
  httpAuth: HttpAuthService,
  request: Parameters<HttpAuthService['credentials']>[0],
): Promise<void> {
  const { principal } = await httpAuth.credentials(request, {
    allow: ['service'],
  });
  if (principal.subject !== SEARCH_PLUGIN) {
    throw new NotAllowedError(
      'Only the search plugin of this portal may index',
    );
  }
}
