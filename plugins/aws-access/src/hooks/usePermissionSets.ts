import { useApi } from '@backstage/frontend-plugin-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import {
  AwsAccessApi,
  CheckPermissionSetInput,
  PermissionSet,
} from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { awsAccessApiRef } from '../api';

/** The largest page that the server gives. */
const PAGE = 200;

/** Checks are counted by the minute, so that writing asks between sentences. */
const CHECK_DEBOUNCE_MS = 1_000;

/** Every permission set: few enough to sort and filter where they are shown. */
export function usePermissionSetList() {
  const api = useApi(awsAccessApiRef);
  return useQuery({
    queryKey: ['permission-sets', 'all'],
    queryFn: () => readAll(api),
  });
}

/** Where each is used, as far as the reader may know, and its findings. */
export function usePermissionSetUses() {
  const api = useApi(awsAccessApiRef);
  return useQuery({
    queryKey: ['permission-sets', 'uses'],
    queryFn: () => api.listPermissionSetUses(),
  });
}

/**
 * One permission set with all that is known about it.
 *
 * @param name - its name or its ARN; undefined = none is asked for
 */
export function usePermissionSet(
  name: string | undefined,
  organizationId?: string,
) {
  const api = useApi(awsAccessApiRef);
  return useQuery({
    queryKey: ['permission-sets', 'one', name, organizationId],
    queryFn: () => api.getPermissionSet(name!, organizationId),
    enabled: name !== undefined,
  });
}

/**
 * What there is to say about a permission set that is being written, a moment
 * after the last change.
 *
 * @param document - undefined = nothing is asked
 */
export function usePermissionSetCheck(
  document: CheckPermissionSetInput['document'] | undefined,
) {
  const api = useApi(awsAccessApiRef);
  const text = document && JSON.stringify(document);
  const [settled, setSettled] = useState(text);
  useDebounce(() => setSettled(text), CHECK_DEBOUNCE_MS, [text]);
  const query = useQuery({
    queryKey: ['permission-set-check', settled],
    queryFn: () => api.checkPermissionSet({ document: JSON.parse(settled!) }),
    enabled: settled !== undefined,
    placeholderData: settled === undefined ? undefined : keepPreviousData,
    staleTime: Infinity,
  });
  const isBehind = text !== settled;
  return {
    check: text === undefined ? undefined : query.data,
    loading: text !== undefined && (isBehind || query.isFetching),
    error: isBehind ? null : query.error,
  };
}

async function readAll(api: AwsAccessApi) {
  const items: PermissionSet[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await api.listPermissionSets({ limit: PAGE, cursor });
    items.push(...page.items);
    if (!page.nextCursor) return { items, freshness: page.freshness };
    cursor = page.nextCursor;
  }
}
