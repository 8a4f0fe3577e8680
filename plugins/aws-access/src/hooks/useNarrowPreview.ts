import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { Narrowing } from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { awsAccessApiRef } from '../api';

/** Long enough that ticking off a few people asks once. */
const DEBOUNCE_MS = 400;

/**
 * What would be left of a request, worked out anew a moment after the last
 * change.
 *
 * @param narrowing - undefined while there is nothing to work out
 */
export function useNarrowPreview(
  requestId: string,
  narrowing: Narrowing | undefined,
) {
  const api = useApi(awsAccessApiRef);
  const text = narrowing && JSON.stringify(narrowing);
  const [settled, setSettled] = useState(text);
  useDebounce(() => setSettled(text), DEBOUNCE_MS, [text]);
  const isSettled = text !== undefined && text === settled;
  const query = useQuery({
    queryKey: ['narrow-preview', requestId, settled],
    queryFn: () =>
      api.previewNarrowing(requestId, JSON.parse(settled!) as Narrowing),
    enabled: isSettled,
  });
  return {
    /** Only ever that of the narrowing given: it is what will be approved. */
    preview: isSettled ? query.data : undefined,
    loading: text !== undefined && (!isSettled || query.isFetching),
    error: isSettled ? query.error : null,
  };
}
