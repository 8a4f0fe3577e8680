import { Stores } from '../database/Stores';
import { RequestRow } from '../requests/stores/RequestStore';

const DID = {
  approve: 'approved',
  narrow: 'approved less than was asked for in',
  reject: 'rejected',
} as const;

/**
 * Tells the author of a decision that it was made in their name, so that they
 * notice when somebody else did it with their token (security rule 10). It does
 * not say "excluding who did it": it is for exactly them.
 */
export async function confirmDecision(
  stores: Pick<Stores, 'outbox'>,
  row: RequestRow,
  decision: { entityRef: string; verdict: 'approve' | 'narrow' | 'reject' },
): Promise<void> {
  const did = DID[decision.verdict];
  await stores.outbox.put({
    kind: 'notification',
    recipients: [decision.entityRef],
    excludeRef: null,
    requestId: row.id,
    title: `You ${did} request ${row.number}`,
    description: `${row.title}. If this was not you, tell security now and sign out everywhere: somebody acts in your name. The request's page shows how to end the access.`,
    topic: 'own-decision',
    severity: 'normal',
  });
}
