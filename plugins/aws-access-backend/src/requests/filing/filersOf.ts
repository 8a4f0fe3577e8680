import { RequestRow } from '../stores/RequestStore';

/** For whom the request was filed, and who filed it for them. */
export function filersOf(
  row: Pick<
    RequestRow,
    'requesterRef' | 'requesterPersonId' | 'filerRef' | 'filerPersonId'
  >,
): Array<{ userRef: string; entraUserId: string | null }> {
  return [
    { userRef: row.requesterRef, entraUserId: row.requesterPersonId },
    ...(row.filerRef
      ? [{ userRef: row.filerRef, entraUserId: row.filerPersonId ?? null }]
      : []),
  ];
}

/** True when it is the user's own request: filed by them, or for them. */
export function isOwnRequest(
  row: Pick<RequestRow, 'requesterRef' | 'filerRef'>,
  userRef: string,
): boolean {
  return row.requesterRef === userRef || row.filerRef === userRef;
}
