import { AuthenticationError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

/** The request header in which the sign-in page names the chosen person. */
const DEMO_PERSON_HEADER = 'x-demo-person';

/** Takes the caller's word for who they are, as long as it is on the list. */
export function createDemoAuthenticator(people: string[]) {
  return createProxyAuthenticator({
    defaultProfileTransform: async (result: { entityRef: string }) => ({
      profile: { displayName: result.entityRef },
    }),

    initialize: () => ({}),

    async authenticate({ req }) {
      const entityRef = req.header(DEMO_PERSON_HEADER);
      if (!entityRef) {
        throw new AuthenticationError(
          `The header ${DEMO_PERSON_HEADER} does not say who signs in`,
        );
      }
      if (!people.includes(entityRef)) {
        throw new AuthenticationError(
          'Only the people listed in auth.providers.demo.people can sign in',
        );
      }
      return { result: { entityRef } };
    },
  });
}
