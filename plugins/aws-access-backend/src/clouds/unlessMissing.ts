import { CloudError } from './CloudError';

/** What was read, or undefined where the cloud does not know the object. */
export async function unlessMissing<Output>(
  read: () => Promise<Output>,
): Promise<Output | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CloudError && error.kind === 'notFound') {
      return undefined;
    }
    throw error;
  }
}
