import { useApi } from '@backstage/frontend-plugin-api';
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import {
  Account,
  Freshness,
  InventoryQuery,
  PermissionSet,
} from 'backstage-plugin-aws-access-common';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { awsAccessApiRef } from '../api';

/** While the clouds are read, the age on the screen should follow. */
const READING_MS = 2_000;
const IDLE_MS = 60_000;

/** The largest page that a picker loads before it lets the server search. */
const CHOICES = 100;

/** The largest page that the backend gives. */
const ACCOUNTS_A_PAGE = 200;

/** Accounts come and go by the day. */
const ACCOUNTS_STALE_MS = 60_000;

const getPermissionSetKey = (permissionSet: PermissionSet) => permissionSet.arn;

/** Age of the inventory, and reading it anew. */
export function useInventory() {
  const api = useApi(awsAccessApiRef);
  const client = useQueryClient();
  const status = useQuery({
    queryKey: ['inventory'],
    queryFn: () => api.getInventoryStatus(),
    refetchInterval: query =>
      query.state.data?.items.some(item => item.refresh.running)
        ? READING_MS
        : IDLE_MS,
  });
  const refresh = useMutation({
    mutationFn: () => api.refreshInventory(),
    onSettled: () => client.invalidateQueries(),
  });
  const running = status.data?.items.find(item => item.refresh.running);
  const isRunning = running !== undefined;
  const wasRunning = useRef(false);
  useEffect(() => {
    // What was read should be on the screen as soon as the line says it was.
    if (wasRunning.current && !isRunning) {
      client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'inventory',
      });
    }
    wasRunning.current = isRunning;
  }, [client, isRunning]);
  return {
    /** Undefined where the reader may not have the clouds read anew. */
    refresh: status.data?.canRefresh ? () => refresh.mutate() : undefined,
    refreshError: refresh.error,
    /** How far assignments made directly to people were read. */
    directAssignments: status.data?.items[0]?.directAssignments,
    progress: running?.refresh ?? status.data?.items[0]?.refresh,
  };
}

/** The configured organizations, for their access portal address. */
export function useOrganizations() {
  const api = useApi(awsAccessApiRef);
  return useQuery({
    queryKey: ['organizations'],
    queryFn: () => api.listOrganizations(),
    staleTime: 5 * 60_000,
  });
}

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

/** Permission sets to choose from; what was found before stays choosable. */
export function usePermissionSetChoices(
  search: string,
  /** ARN of one that is chosen already, and may be on a later page. */
  chosen?: string,
) {
  const api = useApi(awsAccessApiRef);
  const choices = useChoices<PermissionSet>(
    'permission-sets',
    search,
    query => api.listPermissionSets(query),
    getPermissionSetKey,
  );
  const isKnown = choices.items.some(({ arn }) => arn === chosen);
  const missing = useQuery({
    queryKey: ['permission-sets', 'one', chosen, undefined],
    queryFn: () => api.getPermissionSet(chosen!),
    enabled: chosen !== undefined && !choices.loading && !isKnown,
  });
  const items = useMemo(
    () =>
      missing.data && !isKnown
        ? [...choices.items, missing.data]
        : choices.items,
    [choices.items, missing.data, isKnown],
  );
  return { ...choices, items };
}

function useChoices<Item>(
  name: string,
  search: string,
  load: (
    query: InventoryQuery,
  ) => Promise<{ items: Item[]; freshness: Freshness }>,
  getKey: (item: Item) => string,
) {
  const seen = useRef(new Map<string, Item>());
  const query = useQuery({
    queryKey: [name, search],
    queryFn: () => load({ search: search || undefined, limit: CHOICES }),
    placeholderData: keepPreviousData,
  });
  const items = useMemo(() => {
    for (const item of query.data?.items ?? []) {
      seen.current.set(getKey(item), item);
    }
    return [...seen.current.values()];
  }, [query.data, getKey]);
  return {
    items,
    loading: query.isLoading,
    error: query.error,
    freshness: query.data?.freshness,
  };
}
