import { useApi } from '@backstage/frontend-plugin-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { awsAccessApiRef } from '../api';

/** Files the wishes of a request again; pressing twice files once. */
export function useResubmit(id: string) {
  const api = useApi(awsAccessApiRef);
  const client = useQueryClient();
  const [idempotencyKey] = useState(() => `copy-${crypto.randomUUID()}`);
  return useMutation({
    mutationFn: () => api.resubmit(id, idempotencyKey),
    onSuccess: request => {
      client.setQueryData(['request', request.id], request);
      client.invalidateQueries({ queryKey: ['requests'] });
    },
  });
}
