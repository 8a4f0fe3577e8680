import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { SearchResult } from '@backstage/plugin-search-common';
import { SearchResultListItemExtensions } from '@backstage/plugin-search-react';
import { SearchResultListItemBlueprint } from '@backstage/plugin-search-react/alpha';
import { renderInTestApp as renderInLegacyApp } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import { AWS_ACCESS_SEARCH_TYPES } from 'backstage-plugin-aws-access-common';
import { axe } from 'jest-axe';
import { AwsAccessSearchResultListItem } from '../legacy';
import { rootRouteRef } from '../routes';
import { searchResults } from './searchExtensions';

const account: SearchResult = {
  type: AWS_ACCESS_SEARCH_TYPES.account,
  document: {
    title: 'payments-prod',
    text: '111122223333 prod',
    location: '/elsewhere?account=111122223333',
    accountId: '111122223333',
    environment: 'prod',
    organizationalUnit: 'Workloads / Production',
    organizationId: 'parcel',
  } as SearchResult['document'],
};

const permissionSet: SearchResult = {
  type: AWS_ACCESS_SEARCH_TYPES.permissionSet,
  document: {
    title: 'ReadOnly',
    text: 'Reads in all services.',
    location: '/elsewhere',
    accessLevel: 'read',
    organizationId: 'parcel',
  } as SearchResult['document'],
};

const request: SearchResult = {
  type: AWS_ACCESS_SEARCH_TYPES.request,
  document: {
    title: 'Request 1042',
    text: '',
    location: '/elsewhere',
    requestId: 'r-1042',
    number: 1042,
    team: 'group:default/payments',
    state: 'pending',
    isDone: false,
    accounts: [
      { id: '111122223333', name: 'payments-prod', environment: 'prod' },
    ],
    accountCount: 3,
    permissionSets: [{ name: 'ReadOnly', accessLevel: 'read' }],
  } as SearchResult['document'],
};

const results = [account, permissionSet, request];

async function expectResults() {
  const link = async (name: string) => screen.findByRole('link', { name });
  const itemOf = (element: HTMLElement) =>
    within(element.closest('li') as HTMLElement);

  const found = await link('payments-prod');
  expect(found).toHaveAttribute(
    'href',
    '/aws-access/request?account=111122223333',
  );
  const ofAccount = itemOf(found);
  expect(ofAccount.getByText('111122223333')).toBeVisible();
  expect(ofAccount.getByText('production')).toBeVisible();
  expect(
    ofAccount.getByText('AWS account · Workloads / Production'),
  ).toBeVisible();

  const set = await link('ReadOnly');
  expect(set).toHaveAttribute(
    'href',
    '/aws-access/permission-sets/ReadOnly?organization=parcel',
  );
  expect(itemOf(set).getByText('read')).toBeVisible();
  expect(itemOf(set).getByText('Reads in all services.')).toBeVisible();

  const wish = await link('Request 1042');
  expect(wish).toHaveAttribute('href', '/aws-access/requests/r-1042');
  const ofWish = itemOf(wish);
  for (const text of [
    'waiting for approval',
    'ReadOnly',
    'read',
    'payments-prod',
    '111122223333',
    'production',
    'and 2 more accounts',
    'AWS access request of payments',
  ]) {
    expect(ofWish.getByText(text)).toBeVisible();
  }
}

describe('what search finds', () => {
  it('looks like the rest of the plugin, in the new frontend system', async () => {
    const items = searchResults.map(extension =>
      createExtensionTester(extension).get(
        SearchResultListItemBlueprint.dataRefs.item,
      ),
    );
    const { container } = renderInTestApp(
      <ul>
        {results.map(result => {
          const { component: Item } = items.find(item =>
            item.predicate!(result),
          )!;
          return <Item key={result.type} result={result.document} />;
        })}
      </ul>,
      { mountedRoutes: { '/aws-access': rootRouteRef } },
    );
    await expectResults();
    expect((await axe(container)).violations).toEqual([]);
    expect(
      items.filter(({ predicate }) =>
        predicate!({ ...account, type: 'software-catalog' }),
      ),
    ).toEqual([]);
  });

  it('looks the same in the legacy frontend system', async () => {
    const { container } = await renderInLegacyApp(
      <SearchResultListItemExtensions results={results}>
        <AwsAccessSearchResultListItem />
      </SearchResultListItemExtensions>,
      { mountedRoutes: { '/aws-access': rootRouteRef } },
    );
    await expectResults();
    expect((await axe(container)).violations).toEqual([]);
  });
});
