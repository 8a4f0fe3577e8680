import { FlatRoutes } from '@backstage/core-app-api';
import { identityApiRef } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ReactNode } from 'react';
import { Route } from 'react-router-dom';
import {
  awsAccessApiRef,
  AwsAccessPage,
  awsAccessPlugin,
  EntityAwsAccessCard,
  EntityAwsAccessContent,
} from './legacy';
import { rootRouteRef } from './routes';
import { catalogEntities, paymentsTeam } from './testing/catalogFixtures';
import { FakeAwsAccessApi } from './testing/FakeAwsAccessApi';
import { requestsInEveryState } from './testing/fixtures';

function renderApp(path: string, element: ReactNode) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [awsAccessApiRef, new FakeAwsAccessApi(requestsInEveryState)],
        [catalogApiRef, catalogApiMock({ entities: catalogEntities })],
        [
          identityApiRef,
          mockApis.identity({
            userEntityRef: 'user:default/ana',
            ownershipEntityRefs: ['user:default/ana', 'group:default/payments'],
          }),
        ],
      ]}
    >
      <FlatRoutes>{element}</FlatRoutes>
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        '/aws-access': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}

describe('the plugin in the legacy frontend system', () => {
  it('provides the API that the page calls', () => {
    expect([...awsAccessPlugin.getApis()].map(({ api }) => api.id)).toEqual([
      'plugin.aws-access.api',
    ]);
  });

  it('has a page with tabs that leads from my access to a request', async () => {
    const user = userEvent.setup();
    await renderApp(
      '/aws-access',
      <Route path="/aws-access" element={<AwsAccessPage />} />,
    );

    expect(
      await screen.findByRole('tab', { name: 'Requests' }),
    ).toHaveAttribute('href', '/aws-access/requests');
    await user.click(
      within(
        await screen.findByRole('region', { name: 'On its way (6)' }),
      ).getAllByRole('link')[0],
    );
    expect(
      await screen.findByRole('heading', { name: /^Request 1030/ }),
    ).toBeInTheDocument();
  });

  it('says so at an address that leads nowhere', async () => {
    await renderApp(
      '/aws-access/nonsense',
      <Route path="/aws-access" element={<AwsAccessPage />} />,
    );
    expect(await screen.findByText('There is no such page')).toBeVisible();
  });

  it('has a tab and a card for the catalog page of a team', async () => {
    await renderApp(
      '/',
      <Route
        path="/"
        element={
          <EntityProvider entity={paymentsTeam}>
            <EntityAwsAccessCard />
            <EntityAwsAccessContent />
          </EntityProvider>
        }
      />,
    );
    expect(
      await screen.findByRole('link', { name: 'Show access' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { name: 'AWS access of Payments' }),
    ).toBeInTheDocument();
  });
});
