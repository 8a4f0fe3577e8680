import { RequestSummary } from 'backstage-plugin-aws-access-common';
import { useIdentity } from './useIdentity';

/**
 * Whether the reader filed a request, or somebody filed it for them.
 *
 * Taken for theirs as long as it is not known who reads.
 *
 * @param request - undefined = not known yet, and nobody's
 */
export function useIsOwnRequest(
  request: Pick<RequestSummary, 'requester' | 'filer'> | undefined,
): boolean {
  const reader = useIdentity().data?.userEntityRef;
  return (
    request !== undefined &&
    (reader === undefined ||
      [request.requester.entityRef, request.filer?.entityRef].includes(reader))
  );
}
