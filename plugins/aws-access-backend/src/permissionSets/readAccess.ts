import { NotFoundError } from '@backstage/errors';
import { AccessEntry, AccessQuery } from 'backstage-plugin-aws-access-common';
import { AuthorizedAccessService } from '../authorization/AuthorizedAccessService';
import { Caller } from '../authorization/Viewer';

/** Nothing where the caller may not ask; the answer is the same as for nothing. */
export async function readAccess(
  access: Pick<AuthorizedAccessService, 'getAccess'>,
  query: AccessQuery,
  caller: Caller,
): Promise<AccessEntry[]> {
  try {
    return (await access.getAccess(query, caller)).items;
  } catch (error) {
    if (error instanceof NotFoundError) return [];
    throw error;
  }
}
