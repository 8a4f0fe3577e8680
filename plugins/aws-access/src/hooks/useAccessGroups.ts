import { useApi } from '@backstage/frontend-plugin-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { AccessGroup } from 'backstage-plugin-aws-access-common';
import { useMemo, useRef } from 'react';
import { awsAccessApiRef } from '../api';

/** The largest page that a picker loads before it lets the server search. */
const CHOICES = 100;

/**
 * Groups that carry access: those of a team first, then what was searched for
 * among all that the reader may see. What was found stays choosable.
 */
export function useAccessGroupChoices(
  team: string | undefined,
  search: string,
) {
  const api = useApi(awsAccessApiRef);
  const seen = useRef(new Map<string, AccessGroup>());
  const own = useQuery({
    queryKey: ['access-groups', { team }],
    queryFn: () => api.listAccessGroups({ team, limit: CHOICES }),
    enabled: team !== undefined,
  });
  const found = useQuery({
    queryKey: ['access-groups', { search }],
    queryFn: () => api.listAccessGroups({ search, limit: CHOICES }),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });
  const items = useMemo(() => {
    for (const group of found.data?.items ?? []) {
      seen.current.set(group.entraGroupId, group);
    }
    const first = own.data?.items ?? [];
    const ids = new Set(first.map(({ entraGroupId }) => entraGroupId));
    const others = [...seen.current.values()].filter(
      ({ entraGroupId }) => !ids.has(entraGroupId),
    );
    return [...first, ...others];
  }, [own.data, found.data]);
  return {
    items,
    loading: own.isLoading,
    error: own.error ?? found.error,
    freshness: own.data?.freshness,
  };
}

/** The tree of units that have accounts in them. */
export function useOrganizationalUnits() {
  const api = useApi(awsAccessApiRef);
  const units = useQuery({
    queryKey: ['organizational-units'],
    queryFn: () => api.listOrganizationalUnits(),
  });
  return {
    items: units.data?.items ?? [],
    loading: units.isLoading,
    error: units.error,
    freshness: units.data?.freshness,
  };
}
