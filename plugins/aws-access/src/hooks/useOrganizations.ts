import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { awsAccessApiRef } from '../api';

/** The configured organizations, for their access portal address. */
export function useOrganizations() {
  const api = useApi(awsAccessApiRef);
  return useQuery({
    queryKey: ['organizations'],
    queryFn: () => api.listOrganizations(),
    staleTime: 5 * 60_000,
  });
}
