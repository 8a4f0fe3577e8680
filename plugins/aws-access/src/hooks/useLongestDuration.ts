import {
  PreviewResponse,
  RequestInput,
} from 'backstage-plugin-aws-access-common';
import { useRef } from 'react';
import { LongestDuration } from '../model/durationChoice';

/**
 * The longest that the policy allows for a request that is being written. It
 * stays known while only the duration or the reason changes, and is forgotten
 * with anything else: another account has another limit.
 */
export function useLongestDuration(
  input: RequestInput | undefined,
  preview: { preview: PreviewResponse | undefined; isCurrent: boolean },
): LongestDuration | undefined {
  const known = useRef<{ about: string; longest?: LongestDuration }>();
  const about =
    input &&
    JSON.stringify([
      input.organizationId,
      input.team,
      input.onBehalfOf,
      input.changes,
    ]);
  if (about !== undefined && preview.isCurrent) {
    known.current = { about, longest: preview.preview?.longestDuration };
  }
  return known.current?.about === about ? known.current?.longest : undefined;
}
