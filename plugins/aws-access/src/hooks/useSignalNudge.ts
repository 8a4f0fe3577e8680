import { useSignal } from '@backstage/plugin-signals-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Channel on which the backend says that something changed. */
const CHANNEL = 'aws-access';

/**
 * Loads again what is on the screen as soon as the backend says that something
 * changed. A signal carries no data and may be missing altogether: polling is
 * what keeps a page true, the signal only makes it faster.
 */
export function useSignalNudge() {
  const client = useQueryClient();
  const { lastSignal } = useSignal(CHANNEL);
  useEffect(() => {
    if (lastSignal) client.invalidateQueries();
  }, [client, lastSignal]);
}
