import {
  createRouteRef,
  createSubRouteRef,
  useRouteRef,
} from '@backstage/core-plugin-api';

// Route refs of core-plugin-api resolve in both frontend systems; those of
// frontend-plugin-api only in the new one.

/** The plugin's page; its first tab is "My AWS access". @public */
export const rootRouteRef = createRouteRef({ id: 'aws-access' });

/** The list of requests. @public */
export const requestsRouteRef = createSubRouteRef({
  id: 'aws-access/requests',
  parent: rootRouteRef,
  path: '/requests',
});

/** One request. @public */
export const requestRouteRef = createSubRouteRef({
  id: 'aws-access/request',
  parent: rootRouteRef,
  path: '/requests/:id',
});

/** The form that files a request. @public */
export const requestFormRouteRef = createSubRouteRef({
  id: 'aws-access/request-form',
  parent: rootRouteRef,
  path: '/request',
});

/** The list of permission sets. @public */
export const permissionSetsRouteRef = createSubRouteRef({
  id: 'aws-access/permission-sets',
  parent: rootRouteRef,
  path: '/permission-sets',
});

/** One permission set. @public */
export const permissionSetRouteRef = createSubRouteRef({
  id: 'aws-access/permission-set',
  parent: rootRouteRef,
  path: '/permission-sets/:name',
});

/** The tab on a team's catalog page. @public */
export const teamContentRouteRef = createRouteRef({ id: 'aws-access-team' });

/** What a link to the request form fills in beforehand. */
export interface RequestFormPrefill {
  /** Entity ref of the team. */
  team?: string;
  /** Id of an account. */
  account?: string;
  /** ARN of a permission set. */
  permissionSet?: string;
  /** What is asked for: see `WISH_KINDS`. */
  kind?: string;
  /** What is given back or removed: see `REMOVAL_KINDS`. */
  removal?: string;
  /** Entra object id of an access group. */
  accessGroup?: string;
  /** Entity ref of the person whom it is about. */
  person?: string;
}

/** Reads a link to the request form; see {@link useRoutes}. */
export function readRequestFormQuery(
  query: URLSearchParams,
): RequestFormPrefill {
  const names = [
    'team',
    'account',
    'permissionSet',
    'kind',
    'removal',
    'accessGroup',
    'person',
  ] as const;
  return Object.fromEntries(
    names.map(name => [name, query.get(name) ?? undefined]),
  );
}

/** Paths inside the plugin, in both frontend systems. */
export function useRoutes() {
  const home = useRouteRef(rootRouteRef);
  const requests = useRouteRef(requestsRouteRef);
  const request = useRouteRef(requestRouteRef);
  const requestForm = useRouteRef(requestFormRouteRef);
  const permissionSets = useRouteRef(permissionSetsRouteRef);
  const permissionSet = useRouteRef(permissionSetRouteRef);
  return {
    home: () => home(),
    requests: () => requests(),
    request: (id: string) => request({ id }),
    requestForm: (prefill: RequestFormPrefill = {}) => {
      const query = new URLSearchParams(
        Object.entries(prefill).filter(([, value]) => value),
      );
      return query.size > 0 ? `${requestForm()}?${query}` : requestForm();
    },
    permissionSets: () => permissionSets(),
    /** @param organization - where several have one of that name */
    permissionSet: (name: string, organization?: string) => {
      const path = permissionSet({ name });
      return organization
        ? `${path}?${new URLSearchParams({ organization })}`
        : path;
    },
  };
}
