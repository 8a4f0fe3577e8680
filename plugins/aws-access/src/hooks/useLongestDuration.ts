import {
  PreviewResponse,
  RequestInput,
} from 'backstage-plugin-aws-access-common';
import { LongestDuration } from '../model/durationChoice';
import { useLastPreview } from './useLastPreview';

/** The longest that the policy allows for a request that is being written. */
export function useLongestDuration(
  input: RequestInput | undefined,
  preview: { preview: PreviewResponse | undefined; isCurrent: boolean },
): LongestDuration | undefined {
  return useLastPreview(input, preview, ['duration', 'justification', 'ticket'])
    ?.longestDuration;
}
