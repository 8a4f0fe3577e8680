import { ScopeDocument } from '../planning/objects/planDocuments';

/** The members of a group are those of a team (security rule 16). */
export interface TeamDocument {
  /** Key of the group in the plan. */
  accessGroup: string;
  team: string;
}

/** What an approved request keeps true as the world changes. */
export type MandateRow = {
  id: string;
  organizationId: string;
  requestId: string;
  /** Key of the object in the plan. */
  objectKey: string;
  ownerRef: string;
  /** Most accounts that it may ever hold; null = it takes nobody in by itself. */
  ceiling: number | null;
  approvedAt: string;
  startsAt: string;
  /** At most twelve months later (security rule 19); null = with its request. */
  endsAt: string | null;
  revokedAt: string | null;
  /** Why it waits until an operator says go; null = it does not. */
  heldReason: string | null;
} & (
  | { kind: 'scope'; document: ScopeDocument }
  | { kind: 'team'; document: TeamDocument }
);

/** An account or a person, as far as the mandate is concerned. */
export interface MandateEntry {
  mandateId: string;
  /** Account id, or Entra object id. */
  subject: string;
  /**
   * `approved` with the request itself; `takenIn` by the mandate; `asked`:
   * people decide on it; `ignored`; `left` what is kept true.
   */
  verdict: 'approved' | 'takenIn' | 'asked' | 'ignored' | 'left';
  /** In plain words. */
  reason: string;
  /** What was filed for it; null = it is part of the mandate's own request. */
  requestId: string | null;
}

/** Mandates, and what each has taken in or let go. */
export interface MandateStore {
  insert(
    mandate: Omit<MandateRow, 'revokedAt' | 'heldReason'>,
    approved: string[],
  ): Promise<void>;
  listOfRequest(requestId: string): Promise<MandateRow[]>;
  /**
   * Reads it and keeps others from changing it until the commit. Undefined = it
   * allows nothing (any more): revoked, ended, or its request is not active.
   */
  lockLive(id: string): Promise<MandateRow | undefined>;
  /** Live ones; those that wait for an operator among them. */
  listLive(organizationId: string): Promise<MandateRow[]>;
  listEntries(mandateId: string): Promise<MandateEntry[]>;
  putEntry(entry: MandateEntry): Promise<void>;
  /** The entry for which a request was filed, whatever became of the mandate. */
  findEntryOf(requestId: string): Promise<MandateEntry | undefined>;
  /**
   * Requests that were filed in the name of requests that give nothing any more:
   * what was taken in, and what nobody has decided on.
   */
  listOrphans(organizationId: string, limit: number): Promise<string[]>;
  /** Makes it wait for an operator, or lets it go on. */
  hold(id: string, reason: string | null): Promise<void>;
  /** It allows nothing from now on; what it made stays with its request. */
  revoke(id: string): Promise<void>;
}
