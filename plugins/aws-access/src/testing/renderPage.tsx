import { identityApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AwsAccessApi } from 'backstage-plugin-aws-access-common';
import { Route, Routes } from 'react-router-dom';
import { awsAccessApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { catalogEntities } from './catalogFixtures';

/** Renders a page of the plugin as Ana sees it, in front of a given backend. */
export function renderPage(
  element: JSX.Element,
  api: AwsAccessApi,
  /** Path below the page, and the pattern it is mounted at. */
  options: { path?: string; pattern?: string; signals?: SignalApi } = {},
) {
  const { path = '/', pattern, signals } = options;
  return renderInTestApp(
    pattern ? (
      <Routes>
        <Route path={pattern} element={element} />
        <Route path="*" element={<p>elsewhere</p>} />
      </Routes>
    ) : (
      element
    ),
    {
      initialRouteEntries: [path],
      mountedRoutes: {
        '/aws-access': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      apis: [
        ...(signals ? [[signalApiRef, signals] as const] : []),
        [awsAccessApiRef, api],
        [catalogApiRef, catalogApiMock({ entities: catalogEntities })],
        [
          identityApiRef,
          mockApis.identity({
            userEntityRef: 'user:default/ana',
            ownershipEntityRefs: ['user:default/ana', 'group:default/payments'],
          }),
        ],
      ],
    },
  );
}
