import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { awsAccessApiRef } from '../api';

/** The rules, for those who may read everything. */
export function usePolicy() {
  const api = useApi(awsAccessApiRef);
  return useQuery({ queryKey: ['policy'], queryFn: () => api.getPolicy() });
}
