import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';

/** Who is signed in. */
export function useIdentity() {
  const identityApi = useApi(identityApiRef);
  return useQuery({
    queryKey: ['identity'],
    queryFn: () => identityApi.getBackstageIdentity(),
    staleTime: Infinity,
  });
}
