import { useApi } from '@backstage/frontend-plugin-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { RequestInput } from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { awsAccessApiRef } from '../api';

/** Long enough that typing a word asks once. */
const DEBOUNCE_MS = 400;

/**
 * The plan of a request that is being written, worked out anew a moment after
 * the last change.
 *
 * @param input - undefined while too little is filled in for a plan
 */
export function usePreview(input: RequestInput | undefined) {
  const api = useApi(awsAccessApiRef);
  const text = input && JSON.stringify(input);
  const [settled, setSettled] = useState(text);
  useDebounce(() => setSettled(text), DEBOUNCE_MS, [text]);
  const query = useQuery({
    queryKey: ['preview', settled],
    queryFn: () => api.previewRequest(JSON.parse(settled!) as RequestInput),
    enabled: settled !== undefined,
    placeholderData: settled === undefined ? undefined : keepPreviousData,
    staleTime: 30_000,
  });
  const isBehind = text !== settled;
  return {
    preview: settled === undefined ? undefined : query.data,
    loading: (isBehind && text !== undefined) || query.isFetching,
    error: isBehind ? null : query.error,
    /** The preview shown is that of the input given. */
    isCurrent: !isBehind && !query.isPlaceholderData && query.isSuccess,
  };
}
