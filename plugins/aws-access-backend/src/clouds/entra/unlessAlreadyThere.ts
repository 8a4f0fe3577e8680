import { CloudError } from '../CloudError';

/**
 * Graph answers 400 when a member or an assignment is there already. That is
 * what was asked for: a first answer may have been lost, and reads lag behind
 * writes. Whose it is, the intent recorded before the write tells.
 */
export async function unlessAlreadyThere(
  writing: Promise<unknown>,
): Promise<void> {
  try {
    await writing;
  } catch (error) {
    const there =
      error instanceof CloudError &&
      error.code === 'Request_BadRequest' &&
      /already exists?\b/i.test(error.cloudMessage);
    if (!there) throw error;
  }
}
