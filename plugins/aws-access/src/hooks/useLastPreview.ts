import {
  PreviewResponse,
  RequestInput,
} from 'backstage-plugin-aws-access-common';
import { useRef } from 'react';

/**
 * The last preview of a request that is being written. It stays known while only
 * parts change that make no difference to what is read from it, and is forgotten
 * with any other: another account has another plan.
 *
 * @param withoutDifference - parts of the input that make no difference
 */
export function useLastPreview(
  input: RequestInput | undefined,
  preview: { preview: PreviewResponse | undefined; isCurrent: boolean },
  withoutDifference: ReadonlyArray<keyof RequestInput>,
): PreviewResponse | undefined {
  const known = useRef<{ about: string; preview?: PreviewResponse }>();
  const about =
    input &&
    JSON.stringify(
      Object.entries(input).filter(
        ([part]) => !withoutDifference.includes(part as keyof RequestInput),
      ),
    );
  if (about !== undefined && preview.isCurrent) {
    known.current = { about, preview: preview.preview };
  }
  return known.current?.about === about ? known.current?.preview : undefined;
}
