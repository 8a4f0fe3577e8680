import { useApi } from '@backstage/frontend-plugin-api';
import { useQueries } from '@tanstack/react-query';
import { AwsAccessApi } from 'backstage-plugin-aws-access-common';
import { useLocation } from 'react-router-dom';
import { awsAccessApiRef } from '../api';

/** Roles change seldom, and a page asks again when it is opened. */
const FRESH_MS = 10 * 60_000;

/** What only some may read: whoever the server answers. */
const RESTRICTED: Array<[string, (api: AwsAccessApi) => Promise<unknown>]> = [
  ['policies', api => api.getPolicy()],
  ['audit', api => api.listAuditEvents({ limit: 1 })],
  ['operations', api => api.getOperations()],
];

/**
 * Which tabs a reader is offered: those whose content the server gives them.
 * A link to another one still works, and says who can help.
 */
export function useIsTabShown(): (path: string) => boolean {
  const api = useApi(awsAccessApiRef);
  const { pathname } = useLocation();
  const answers = useQueries({
    queries: RESTRICTED.map(([path, ask]) => ({
      queryKey: ['may-read', path],
      queryFn: async () => {
        await ask(api);
        return true;
      },
      staleTime: FRESH_MS,
      refetchOnWindowFocus: false,
    })),
  });
  return path => {
    const index = RESTRICTED.findIndex(([name]) => name === path);
    if (index < 0 || answers[index].data) return true;
    // Whoever is there must see where they are.
    return pathname.split('/').includes(path);
  };
}
