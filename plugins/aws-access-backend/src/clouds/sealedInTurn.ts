import { CloudError } from './CloudError';
import {
  CloudWrite,
  CloudWriteGate,
  SealTooOldError,
  Sealing,
} from './CloudWriteGate';

/**
 * A write waits no longer than this for a cloud that asks to be left alone: it
 * gives its turn back, so that nothing waits that is on record as sent.
 */
export const WRITE_PATIENCE_MS = 5_000;

/**
 * Sends one write that is sealed when its turn comes. That it was not sealed is
 * for whoever asked for it, who knows the reasons, and is no word of the cloud:
 * the error comes out as it was thrown, whatever the clients make of it.
 */
export async function sealedInTurn<Output>(
  seal: Sealing | undefined,
  send: (seal: Sealing | undefined) => Promise<Output>,
): Promise<Output> {
  let refusal: { error: unknown } | undefined;
  const sealing =
    seal &&
    (async () => {
      try {
        return await seal();
      } catch (error) {
        refusal = { error };
        throw error;
      }
    });
  try {
    return await send(sealing);
  } catch (error) {
    throw refusal ? refusal.error : error;
  }
}

/**
 * The last step before a write leaves: asks for its seal and spends it.
 *
 * @throws CloudError when the seal is not for exactly this write, now; whatever
 *   `seal` throws
 */
export async function redeemNow(
  cloud: CloudError['cloud'],
  gate: CloudWriteGate,
  seal: Sealing | undefined,
  write: CloudWrite,
): Promise<void> {
  const sealed = await seal?.();
  try {
    gate.redeem(sealed, write);
  } catch (error) {
    throw new CloudError({
      kind: error instanceof SealTooOldError ? 'retryLater' : 'permanent',
      cloud,
      operation: write.operation,
      code: 'WriteRefused',
      cloudMessage: '',
      plainWords: (error as Error).message,
      cause: error,
    });
  }
}
