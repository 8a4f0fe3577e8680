import { SubPageBlueprint } from '@backstage/frontend-plugin-api';

// The first of the tabs is where /aws-access leads.
const pages = { id: 'page:aws-access', input: 'pages' } as const;

/** "My AWS access". */
export const myAccessPage = SubPageBlueprint.make({
  name: 'my-access',
  attachTo: pages,
  params: {
    path: 'my-access',
    title: 'My AWS access',
    loader: () =>
      import('../components/pages/MyAccessPage').then(m => <m.MyAccessPage />),
  },
});

/** The lists of requests, and each request by its id. */
export const requestsPage = SubPageBlueprint.make({
  name: 'requests',
  attachTo: pages,
  params: {
    path: 'requests',
    title: 'Requests',
    loader: () =>
      import('../components/pages/RequestsPage').then(m => <m.RequestsPage />),
  },
});

/** The form that files a request. */
export const requestFormPage = SubPageBlueprint.make({
  name: 'request',
  attachTo: pages,
  params: {
    path: 'request',
    title: 'Request access',
    loader: () =>
      import('../components/pages/RequestFormPage').then(m => (
        <m.RequestFormPage />
      )),
  },
});

/** The list of permission sets, and each of them by its name. */
export const permissionSetsPage = SubPageBlueprint.make({
  name: 'permission-sets',
  attachTo: pages,
  params: {
    path: 'permission-sets',
    title: 'Permission sets',
    loader: () =>
      import('../components/pages/PermissionSetsPage').then(m => (
        <m.PermissionSetsPage />
      )),
  },
});

/** The rules, and what they would say of a request. */
export const policiesPage = SubPageBlueprint.make({
  name: 'policies',
  attachTo: pages,
  params: {
    path: 'policies',
    title: 'Policies',
    loader: () =>
      import('../components/pages/PoliciesPage').then(m => <m.PoliciesPage />),
  },
});

/** The audit log. */
export const auditPage = SubPageBlueprint.make({
  name: 'audit',
  attachTo: pages,
  params: {
    path: 'audit',
    title: 'Audit',
    loader: () =>
      import('../components/pages/AuditPage').then(m => <m.AuditPage />),
  },
});

/** What is stuck or late, and the stops of writes. */
export const operationsPage = SubPageBlueprint.make({
  name: 'operations',
  attachTo: pages,
  params: {
    path: 'operations',
    title: 'Operations',
    loader: () =>
      import('../components/pages/OperationsPage').then(m => (
        <m.OperationsPage />
      )),
  },
});
