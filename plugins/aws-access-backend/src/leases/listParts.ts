import { Stores } from '../database/Stores';
import { RequestRow } from '../requests/stores/RequestStore';
import { partId } from './partId';

/** The requests as which parts of a request ended, account by account, oldest first. */
export async function listParts(
  stores: { requests: Pick<Stores['requests'], 'get'> },
  requestId: string,
): Promise<RequestRow[]> {
  const parts: RequestRow[] = [];
  for (;;) {
    const id = partId(requestId, parts.length + 1);
    const part = await stores.requests.get(id);
    if (!part) return parts;
    parts.push(part);
  }
}
