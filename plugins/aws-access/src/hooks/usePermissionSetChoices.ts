import { useApi } from '@backstage/frontend-plugin-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { PermissionSet } from 'backstage-plugin-aws-access-common';
import { useMemo, useRef } from 'react';
import { awsAccessApiRef } from '../api';

/** The largest page that a picker loads before it lets the server search. */
const CHOICES = 100;

/** Permission sets to choose from; what was found before stays choosable. */
export function usePermissionSetChoices(
  search: string,
  /** ARN of one that is chosen already, and may be on a later page. */
  chosen?: string,
) {
  const api = useApi(awsAccessApiRef);
  const seen = useRef(new Map<string, PermissionSet>());
  const found = useQuery({
    queryKey: ['permission-sets', search],
    queryFn: () =>
      api.listPermissionSets({ search: search || undefined, limit: CHOICES }),
    placeholderData: keepPreviousData,
  });
  const known = useMemo(() => {
    for (const set of found.data?.items ?? []) seen.current.set(set.arn, set);
    return [...seen.current.values()];
  }, [found.data]);
  const isKnown = known.some(({ arn }) => arn === chosen);
  const missing = useQuery({
    queryKey: ['permission-sets', 'one', chosen, undefined],
    queryFn: () => api.getPermissionSet(chosen!),
    enabled: chosen !== undefined && !found.isLoading && !isKnown,
  });
  const items = useMemo(
    () => (missing.data && !isKnown ? [...known, missing.data] : known),
    [missing.data, known, isKnown],
  );
  return {
    items,
    loading: found.isLoading,
    error: found.error,
    freshness: found.data?.freshness,
  };
}
