/** What of a record is sealed, with what kind of record it is. */
export type SealedRecord =
  | {
      kind: 'decision';
      requestId: string;
      planVersion: number;
      planDigest: string;
      personId: string;
      entityRef: string;
      verdict: string;
      decidedAt: string;
    }
  | {
      kind: 'authorization';
      id: string;
      organizationId: string;
      requestId: string;
      allows: string;
      planVersion: number;
      planDigest: string;
      lapsesAt: string | null;
      /** Until when what it gives may last; null for removals. */
      endsAt: string | null;
    }
  | { kind: 'lease'; id: string; requestId: string; endsAt: string | null }
  | { kind: 'firstUse'; firstUsedAt: string };

/**
 * Seals records with a key that the database does not have (security rule 24).
 */
export interface Seals {
  /** Whether there is a key. */
  readonly isOn: boolean;
  /** Null where there is no key. */
  seal(record: SealedRecord): string | null;
  /** Whether this product made the record; without a key every record is. */
  isGenuine(record: SealedRecord, seal: string | null): boolean;
}

/** For portals that have configured no key. */
export const NO_SEALS: Seals = {
  isOn: false,
  seal: () => null,
  isGenuine: () => true,
};
