import { useApi } from '@backstage/frontend-plugin-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { awsAccessApiRef } from '../api';

/** Asks for more time; pressing twice files once. */
export function useExtend(id: string) {
  const api = useApi(awsAccessApiRef);
  const client = useQueryClient();
  const [idempotencyKey] = useState(() => `extend-${crypto.randomUUID()}`);
  return useMutation({
    mutationFn: (input: { duration: string; justification: string }) =>
      api.extend(id, { ...input, idempotencyKey }),
    onSuccess: request => {
      client.setQueryData(['request', request.id], request);
      client.invalidateQueries({ queryKey: ['requests'] });
    },
  });
}
