import { useApi } from '@backstage/frontend-plugin-api';
import { useMutation } from '@tanstack/react-query';
import { RequestInput } from 'backstage-plugin-aws-access-common';
import { awsAccessApiRef } from '../api';

/** A request that somebody might file. */
export interface Simulation {
  input: RequestInput;
  /** Ref of the User who would file it. */
  requester: string;
  /** Something, and not the person, would file it. */
  filedByActor: boolean;
}

/** Asks what would come of a request; stores nothing. */
export function useSimulation() {
  const api = useApi(awsAccessApiRef);
  return useMutation({
    mutationFn: ({ input, requester, filedByActor }: Simulation) =>
      api.simulateRequest({ ...input, requester, filedByActor }),
  });
}
