import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiKey2Line } from '@remixicon/react';
import { AwsAccessClient, awsAccessApiRef } from './api';
import { formFieldExtensions } from './formFields/formFieldExtensions';
import { rootRouteRef, teamContentRouteRef } from './routes';

const awsAccessApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: awsAccessApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new AwsAccessClient(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/aws-access',
    title: 'AWS access',
    icon: <RiKey2Line />,
    routeRef: rootRouteRef,
  },
});

// The first of the tabs is where /aws-access leads.
const pages = { id: 'page:aws-access', input: 'pages' } as const;

const myAccessPage = SubPageBlueprint.make({
  name: 'my-access',
  attachTo: pages,
  params: {
    path: 'my-access',
    title: 'My AWS access',
    loader: () =>
      import('./components/pages/MyAccessPage').then(m => <m.MyAccessPage />),
  },
});

const requestsPage = SubPageBlueprint.make({
  name: 'requests',
  attachTo: pages,
  params: {
    path: 'requests',
    title: 'Requests',
    loader: () =>
      import('./components/pages/RequestsPage').then(m => <m.RequestsPage />),
  },
});

const requestFormPage = SubPageBlueprint.make({
  name: 'request',
  attachTo: pages,
  params: {
    path: 'request',
    title: 'Request access',
    loader: () =>
      import('./components/pages/RequestFormPage').then(m => (
        <m.RequestFormPage />
      )),
  },
});

const policiesPage = SubPageBlueprint.make({
  name: 'policies',
  attachTo: pages,
  params: {
    path: 'policies',
    title: 'Policies',
    loader: () =>
      import('./components/pages/PoliciesPage').then(m => <m.PoliciesPage />),
  },
});

const auditPage = SubPageBlueprint.make({
  name: 'audit',
  attachTo: pages,
  params: {
    path: 'audit',
    title: 'Audit',
    loader: () =>
      import('./components/pages/AuditPage').then(m => <m.AuditPage />),
  },
});

const operationsPage = SubPageBlueprint.make({
  name: 'operations',
  attachTo: pages,
  params: {
    path: 'operations',
    title: 'Operations',
    loader: () =>
      import('./components/pages/OperationsPage').then(m => (
        <m.OperationsPage />
      )),
  },
});

const teamCard = EntityCardBlueprint.make({
  name: 'team',
  params: {
    type: 'info',
    filter: { kind: 'group' },
    loader: () =>
      import('./components/pages/TeamAccessCard').then(m => (
        <m.TeamAccessCard />
      )),
  },
});

const teamContent = EntityContentBlueprint.make({
  name: 'team',
  params: {
    path: '/aws-access',
    title: 'AWS access',
    icon: <RiKey2Line />,
    routeRef: teamContentRouteRef,
    filter: { kind: 'group' },
    loader: () =>
      import('./components/pages/TeamAccessContent').then(m => (
        <m.TeamAccessContent />
      )),
  },
});

/**
 * AWS access in Backstage: the page `/aws-access`, a card and a tab on teams,
 * and fields for software templates.
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
    policiesPage,
    auditPage,
    operationsPage,
    teamCard,
    teamContent,
    ...formFieldExtensions,
  ],
});
