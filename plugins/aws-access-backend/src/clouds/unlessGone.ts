import { CloudError } from './CloudError';
import { unlessMissing } from './unlessMissing';

/** So often an object is read of which something is missing although it is there. */
const ATTEMPTS = 3;

/**
 * What was read of an object in several calls, or undefined where it is gone.
 * One call that finds nothing does not say which: an account's unit may have been
 * deleted after the account was moved, and Graph's replicas lag behind each other.
 *
 * @param read - undefined, or a CloudError `notFound`, where something is missing
 * @param isThere - asks for the object itself
 * @throws CloudError, also when something stays missing of an object that is there
 */
export async function unlessGone<Output>(
  cloud: CloudError['cloud'],
  read: () => Promise<Output | undefined>,
  isThere: () => Promise<boolean>,
): Promise<Output | undefined> {
  for (let attempt = 1; ; attempt++) {
    let missing: CloudError | undefined;
    try {
      const output = await read();
      if (output !== undefined) return output;
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind !== 'notFound') {
        throw error;
      }
      missing = error;
    }
    if (!(await unlessMissing(isThere))) return undefined;
    if (attempt === ATTEMPTS) {
      throw new CloudError({
        kind: 'retryLater',
        cloud,
        operation: missing?.operation ?? cloud,
        code: missing?.code ?? 'Incomplete',
        cloudMessage: missing?.cloudMessage ?? '',
        plainWords:
          'A part of something that is there could not be found again and again',
        cause: missing,
      });
    }
  }
}
