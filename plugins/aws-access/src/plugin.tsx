import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiKey2Line } from '@remixicon/react';
import { awsAccessApi } from './extensions/api';
import { teamCard, teamContent } from './extensions/entity';
import { page } from './extensions/page';
import {
  myAccessPage,
  requestsPage,
  requestFormPage,
  permissionSetsPage,
  policiesPage,
  auditPage,
  operationsPage,
} from './extensions/subPages';
import { formFieldExtensions } from './formFields/formFieldExtensions';
import { rootRouteRef, teamContentRouteRef } from './routes';
import { searchResults, searchResultTypes } from './search/searchExtensions';

/**
 * AWS access in Backstage: the page `/aws-access`, a card and a tab on teams,
 * fields for software templates, and results of search.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'aws-access',
  title: 'AWS access',
  icon: <RiKey2Line />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, team: teamContentRouteRef },
  extensions: [
    awsAccessApi,
    page,
    myAccessPage,
    requestsPage,
    requestFormPage,
    permissionSetsPage,
    policiesPage,
    auditPage,
    operationsPage,
    teamCard,
    teamContent,
    ...formFieldExtensions,
    ...searchResults,
    ...searchResultTypes,
  ],
});
