import { useApi } from '@backstage/frontend-plugin-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { awsAccessApiRef } from '../api';

/** While the clouds are read, the age on the screen should follow. */
const READING_MS = 2_000;
const IDLE_MS = 60_000;

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
