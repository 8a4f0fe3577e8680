import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { awsAccessApiRef } from '../api';
import { useIdentity } from './useIdentity';

/** Access changes when a cloud is read or a request moves: minutes, not seconds. */
const POLL_MS = 30_000;

/** What the signed-in person can reach. */
export function useMyAccess() {
  const api = useApi(awsAccessApiRef);
  const identity = useIdentity();
  const user = identity.data?.userEntityRef;
  return useQuery({
    queryKey: ['access', { user }],
    queryFn: () => api.getAccess({ user }),
    enabled: user !== undefined,
    refetchInterval: POLL_MS,
  });
}

/** What a team can reach, and who in it. */
export function useTeamAccess(team: string | undefined) {
  const api = useApi(awsAccessApiRef);
  return useQuery({
    queryKey: ['access', { team }],
    queryFn: () => api.getAccess({ team }),
    enabled: team !== undefined,
    refetchInterval: POLL_MS,
  });
}
