import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { Account } from 'backstage-plugin-aws-access-common';
import { useCallback, useMemo, useState } from 'react';
import { awsAccessApiRef } from '../api';

/** The largest page that the backend gives. */
const ACCOUNTS_A_PAGE = 200;

/** Accounts come and go by the day. */
const ACCOUNTS_STALE_MS = 60_000;

/**
 * Accounts to choose from: the first page, and the others once somebody looks
 * for more. Filters by tree, environment and owner are then the reader's own.
 */
export function useAccountChoices() {
  const api = useApi(awsAccessApiRef);
  const [wantsAll, setWantsAll] = useState(false);
  const first = useQuery({
    queryKey: ['accounts', 'first page'],
    queryFn: () => api.listAccounts({ limit: ACCOUNTS_A_PAGE }),
    staleTime: ACCOUNTS_STALE_MS,
  });
  const cursor = first.data?.nextCursor;
  const rest = useQuery({
    queryKey: ['accounts', 'after', cursor],
    enabled: wantsAll && Boolean(cursor),
    staleTime: ACCOUNTS_STALE_MS,
    // One answer, not one for each page: drawing them all would take longer.
    queryFn: async () => {
      const items: Account[] = [];
      let next = cursor;
      while (next) {
        const page = await api.listAccounts({
          limit: ACCOUNTS_A_PAGE,
          cursor: next,
        });
        items.push(...page.items);
        next = page.nextCursor;
      }
      return items;
    },
  });
  const items = useMemo(
    () => [...(first.data?.items ?? []), ...(rest.data ?? [])],
    [first.data, rest.data],
  );
  return {
    items,
    totalItems: first.data?.totalItems,
    loadAll: useCallback(() => setWantsAll(true), []),
    loading: first.isLoading,
    error: first.error ?? rest.error,
    freshness: first.data?.freshness,
  };
}
