import { useApi } from '@backstage/frontend-plugin-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  OperationsResponse,
  ReleaseMandateInput,
  StopWritesInput,
  WriteStopKind,
} from 'backstage-plugin-aws-access-common';
import { awsAccessApiRef } from '../api';

const KEY = ['operations'];

/** A queue moves by itself: whoever watches it should not have to reload. */
const LOOK_AGAIN_MS = 10_000;

/** What waits, is stuck and is overdue. */
export function useOperations() {
  const api = useApi(awsAccessApiRef);
  return useQuery({
    queryKey: KEY,
    queryFn: () => api.getOperations(),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** What an operator can do: stop writes, and let them go on. */
export function useOperatorActions(organizationId: string) {
  const api = useApi(awsAccessApiRef);
  const client = useQueryClient();
  const onSuccess = (answer: OperationsResponse) =>
    client.setQueryData(KEY, answer);
  return {
    stop: useMutation({
      mutationFn: (input: StopWritesInput) =>
        api.stopWrites(organizationId, input),
      onSuccess,
    }),
    goOn: useMutation({
      mutationFn: () => api.goOnWriting(organizationId),
      onSuccess,
    }),
    release: useMutation({
      mutationFn: (input: ReleaseMandateInput) =>
        api.releaseMandate(organizationId, input),
      onSuccess,
    }),
    releaseLeavers: useMutation({
      mutationFn: (people: number) =>
        api.releaseLeavers(organizationId, { people }),
      onSuccess,
    }),
    resume: useMutation({
      mutationFn: (kind: WriteStopKind) =>
        api.resumeWrites(organizationId, kind),
      onSuccess,
    }),
  };
}
