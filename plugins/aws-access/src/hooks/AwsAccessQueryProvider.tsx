import { useApi } from '@backstage/frontend-plugin-api';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { AwsAccessApi } from 'backstage-plugin-aws-access-common';
import { ReactNode } from 'react';
import { awsAccessApiRef } from '../api';
import { isRefusal } from '../model/describeError';
import { useSignalNudge } from './useSignalNudge';

/**
 * One client per API instance: the page, the card and the tab are separate
 * extensions, and what one of them has loaded the others show at once.
 */
const clients = new WeakMap<AwsAccessApi, QueryClient>();

function getQueryClient(api: AwsAccessApi): QueryClient {
  let client = clients.get(api);
  if (!client) {
    client = new QueryClient({
      defaultOptions: {
        queries: {
          staleTime: 5_000,
          // A refusal does not go away by asking again.
          retry: (count, error) => !isRefusal(error) && count < 1,
          retryDelay: 1_000,
        },
      },
    });
    clients.set(api, client);
  }
  return client;
}

/** Wraps every extension of the plugin, so that they share what they load. */
export function AwsAccessQueryProvider(props: { children: ReactNode }) {
  const api = useApi(awsAccessApiRef);
  return (
    <QueryClientProvider client={getQueryClient(api)}>
      <SignalNudge />
      {props.children}
    </QueryClientProvider>
  );
}

function SignalNudge() {
  useSignalNudge();
  return null;
}
