import {
  ApiBlueprint,
  createFrontendModule,
  identityApiRef,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RestrictedPage } from 'backstage-plugin-aws-access-common';
import awsAccessPlugin from './index';
import { awsAccessApiRef } from './api';
import { catalogEntities } from './testing/catalogFixtures';
import { FakeAwsAccessApi } from './testing/FakeAwsAccessApi';
import { organization, requestsInEveryState } from './testing/fixtures';

function renderApp(path: string, pages: RestrictedPage[] = []) {
  const api = new FakeAwsAccessApi(requestsInEveryState);
  api.listOrganizations = async () => ({ items: [organization], pages });
  return renderTestApp({
    features: [
      catalogPlugin,
      awsAccessPlugin,
      createFrontendModule({
        pluginId: 'aws-access',
        extensions: [
          ApiBlueprint.make({
            params: defineParams =>
              defineParams({
                api: awsAccessApiRef,
                deps: {},
                factory: () => api,
              }),
          }),
        ],
      }),
    ],
    apis: [
      [catalogApiRef, catalogApiMock({ entities: catalogEntities })],
      [
        identityApiRef,
        mockApis.identity({
          userEntityRef: 'user:default/ana',
          ownershipEntityRefs: ['user:default/ana', 'group:default/payments'],
        }),
      ],
    ],
    initialRouteEntries: [path],
  });
}

describe('the plugin in the new frontend system', () => {
  it('has a page that leads from my access to a request', async () => {
    const user = userEvent.setup();
    renderApp('/aws-access');

    await user.click(
      within(
        await screen.findByRole('region', { name: 'On its way (6)' }),
      ).getAllByRole('link')[0],
    );
    expect(
      await screen.findByRole('heading', { name: /^Request 1030/ }),
    ).toBeInTheDocument();
  });

  it('lists requests under their own address', async () => {
    renderApp('/aws-access/requests?view=mine');
    expect(
      await screen.findByRole('tab', { name: 'Mine', selected: true }),
    ).toBeInTheDocument();
    expect(await screen.findByText('13 shown')).toBeInTheDocument();
  });

  it('has the form under its own address', async () => {
    renderApp('/aws-access/request');
    expect(
      await screen.findByRole('form', { name: 'Request AWS access' }),
    ).toBeInTheDocument();
  });

  it('says so at an address that leads nowhere', async () => {
    renderApp('/aws-access/nonsense');
    expect(await screen.findByText('There is no such page')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Go to my AWS access' }),
    ).toHaveAttribute('href', '/aws-access');
  });

  it('offers only the tabs that the server lets the reader have', async () => {
    renderApp('/aws-access', ['audit']);
    expect(await screen.findByRole('tab', { name: 'Audit' })).toBeVisible();
    expect(screen.getByRole('tab', { name: 'Requests' })).toBeVisible();
    for (const name of ['Policies', 'Operations']) {
      expect(screen.queryByRole('tab', { name })).not.toBeInTheDocument();
    }
  });

  it('has a card and a tab on the catalog page of a team', async () => {
    const user = userEvent.setup();
    renderApp('/catalog/default/group/payments');

    await user.click(await screen.findByRole('link', { name: 'Show access' }));
    expect(
      await screen.findByRole('heading', { name: 'AWS access of Payments' }),
    ).toBeInTheDocument();
  });

  it('has nothing on the catalog page of a person', async () => {
    renderApp('/catalog/default/user/ana');
    expect(
      await screen.findByRole('heading', { name: /ana/i }),
    ).toBeInTheDocument();
    expect(screen.queryByText('Show access')).not.toBeInTheDocument();
  });
});
