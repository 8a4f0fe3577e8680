import { useApi } from '@backstage/frontend-plugin-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  AwsAccessApi,
  DecisionInput,
  RequestDetail,
  RequestFlags,
} from 'backstage-plugin-aws-access-common';
import { awsAccessApiRef } from '../api';

/** Everything a person can do with a request. */
export type RequestAction =
  | ({ kind: 'decide' } & DecisionInput)
  | { kind: 'withdraw'; reason?: string }
  | {
      kind: 'return';
      reason?: string;
      /** What the person was told of how much ends. */
      endsOnly: RequestFlags['endsOnly'];
    }
  | { kind: 'retry' }
  | { kind: 'comment'; text: string };

/** Does one of {@link RequestAction} and shows the request as it is after it. */
export function useRequestActions(id: string) {
  const api = useApi(awsAccessApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (action: RequestAction) => perform(api, id, action),
    onSuccess: (request: RequestDetail) => {
      client.setQueryData(['request', id], request);
    },
    // Also after a failure: a conflict means that the page shows the past.
    onSettled: () => client.invalidateQueries(),
  });
}

function perform(
  api: AwsAccessApi,
  id: string,
  action: RequestAction,
): Promise<RequestDetail> {
  switch (action.kind) {
    case 'decide': {
      const { kind: _, ...decision } = action;
      return api.decide(id, decision);
    }
    case 'withdraw':
      return api.withdraw(id, action.reason);
    case 'return':
      return api.returnAccess(
        id,
        action.reason,
        action.endsOnly?.map(account => account.id),
      );
    case 'retry':
      return api.retry(id);
    default:
      return api.comment(id, action.text);
  }
}
