/** What allows steps to write (security rule 19). */
export interface AuthorizationRow {
  id: string;
  organizationId: string;
  requestId: string;
  kind: 'grant' | 'mandate' | 'removal';
  planVersion: number;
  planDigest: string;
  createdAt: string;
  /** From then on it allows nothing more; null = never lapses. */
  lapsesAt: string | null;
  revokedAt: string | null;
}

/** What lets the worker write, each for one request (see `AuthorizationRow`). */
export interface AuthorizationStore {
  insert(
    authorization: Omit<AuthorizationRow, 'createdAt' | 'revokedAt'> & {
      /** Until when what it gives may last; left out for removals. */
      endsAt?: string | null;
    },
  ): Promise<void>;
  find(
    requestId: string,
    kind: AuthorizationRow['kind'],
  ): Promise<AuthorizationRow | undefined>;
  /** What the request was granted is over: nothing more is written for it. */
  revokeGrants(requestId: string): Promise<void>;
}
