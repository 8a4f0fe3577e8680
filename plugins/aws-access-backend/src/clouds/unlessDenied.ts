import { CloudError } from './CloudError';

/** True when AWS said that these credentials may not do it. */
export function isDenied(error: unknown): boolean {
  return (
    error instanceof CloudError &&
    error.cloud === 'aws' &&
    error.code === 'AccessDeniedException'
  );
}

/** What was read, or undefined where the credentials may not know. */
export async function unlessDenied<Output>(
  read: () => Promise<Output>,
): Promise<Output | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isDenied(error)) return undefined;
    throw error;
  }
}
