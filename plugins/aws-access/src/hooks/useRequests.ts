import { useApi } from '@backstage/frontend-plugin-api';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { RequestsQuery } from 'backstage-plugin-aws-access-common';
import { awsAccessApiRef } from '../api';
import { getPollInterval } from '../model/requestStates';

/** How fresh a list of requests is kept. */
const LIST_POLL_MS = 15_000;

/** How many requests one step of the list loads; the API allows up to 100. */
const PAGE = 25;

/** A list of requests, page after page. */
export function useRequests(query: Omit<RequestsQuery, 'cursor' | 'limit'>) {
  const api = useApi(awsAccessApiRef);
  return useInfiniteQuery({
    queryKey: ['requests', query],
    queryFn: ({ pageParam }) =>
      api.listRequests({ ...query, limit: PAGE, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.nextCursor ?? undefined,
    refetchInterval: LIST_POLL_MS,
  });
}

/** The newest requests of the signed-in person. */
export function useMyRequests() {
  const api = useApi(awsAccessApiRef);
  return useQuery({
    queryKey: ['requests', 'newest-of-mine'],
    queryFn: () => api.listRequests({ view: 'mine', limit: 100 }),
    refetchInterval: query => {
      const intervals = (query.state.data?.items ?? []).map(request =>
        getPollInterval(request.state),
      );
      return Math.min(LIST_POLL_MS, ...intervals);
    },
  });
}

/** One request, looked at more often while it moves. */
export function useRequest(id: string) {
  const api = useApi(awsAccessApiRef);
  return useQuery({
    queryKey: ['request', id],
    queryFn: () => api.getRequest(id),
    refetchInterval: query =>
      query.state.data ? getPollInterval(query.state.data.state) : false,
  });
}
