import { useApi } from '@backstage/frontend-plugin-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileRequestInput } from 'backstage-plugin-aws-access-common';
import { awsAccessApiRef } from '../api';

/** Files a request; the same idempotency key again is harmless. */
export function useFileRequest() {
  const api = useApi(awsAccessApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: FileRequestInput) => api.fileRequest(input),
    onSuccess: request => {
      client.setQueryData(['request', request.id], request);
      client.invalidateQueries({ queryKey: ['requests'] });
    },
  });
}
