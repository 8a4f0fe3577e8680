import { appTreeApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Navigate } from 'react-router-dom';

/** Leads to the person's own AWS access, or to the catalog where that page is disabled. */
export function HomeRedirect() {
  const { tree } = useApi(appTreeApiRef).getTree();
  const hasAwsAccess = Boolean(tree.nodes.get('page:aws-access')?.instance);
  return <Navigate to={hasAwsAccess ? '/aws-access' : '/catalog'} replace />;
}
