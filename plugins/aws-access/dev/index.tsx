import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import {
  SignInPageBlueprint,
  SignInPageProps,
} from '@backstage/plugin-app-react';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { useEffect } from 'react';
import ReactDOM from 'react-dom/client';
import '@backstage/ui/css/styles.css';
import { awsAccessApiRef } from '../src/api';
import awsAccessPlugin from '../src/plugin';
import { catalogEntities } from '../src/testing/catalogFixtures';
import { FakeAwsAccessApi } from '../src/testing/FakeAwsAccessApi';
import {
  aRequest,
  requestsInEveryState,
  viewers,
} from '../src/testing/fixtures';

// The plugin alone, in front of a backend that is made of the test fixtures:
// every state of a request can be looked at under /aws-access/requests.

const awsAccessModule = createFrontendModule({
  pluginId: 'aws-access',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: awsAccessApiRef,
          deps: {},
          factory: () =>
            new FakeAwsAccessApi([
              ...requestsInEveryState,
              aRequest('pending', viewers.approver, {
                id: 'request-to-decide',
                number: 1099,
              }),
            ]),
        }),
    }),
  ],
});

const catalogModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () => catalogApiMock({ entities: catalogEntities }),
        }),
    }),
  ],
});

function SignInAsAna({ onSignInSuccess }: SignInPageProps) {
  useEffect(() => {
    onSignInSuccess({
      getProfileInfo: async () => ({ displayName: 'Ana Alves' }),
      getBackstageIdentity: async () => ({
        type: 'user',
        userEntityRef: 'user:default/ana',
        ownershipEntityRefs: ['user:default/ana', 'group:default/payments'],
      }),
      getCredentials: async () => ({}),
      signOut: async () => {},
    });
  }, [onSignInSuccess]);
  return null;
}

const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.make({
      params: { loader: async () => SignInAsAna },
    }),
  ],
});

const app = createApp({
  features: [
    catalogPlugin,
    awsAccessPlugin,
    awsAccessModule,
    catalogModule,
    signInModule,
  ],
});

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
