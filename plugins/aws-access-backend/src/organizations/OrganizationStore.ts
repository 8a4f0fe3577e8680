import { OrganizationPins } from 'backstage-plugin-aws-access-common';

/**
 * An organization that was contacted; `heldReason` says why nothing may be
 * written to it, null = it may.
 */
export interface OrganizationRow {
  id: string;
  pins: OrganizationPins | null;
  pinnedAt: string | null;
  heldReason: string | null;
}

/** A replica's right to work for an organization. */
export interface Claim {
  organizationId: string;
  owner: string;
  /** Raised at each take-over; database fences compare it. */
  epoch: number;
}

/** What is kept of each organization, and which replica works for it. */
export interface OrganizationStore {
  get(id: string): Promise<OrganizationRow | undefined>;
  /** Writes the pins at first contact; later ones are compared, never replaced. */
  pin(pins: OrganizationPins): Promise<OrganizationRow>;
  hold(id: string, reason: string | null): Promise<void>;
  /** Takes or renews the claim; undefined = another replica holds it. */
  claim(id: string, owner: string, seconds: number): Promise<Claim | undefined>;
  release(claim: Claim): Promise<void>;
  /** True while the claim is the live one, by the database's time. */
  holds(claim: Claim): Promise<boolean>;
  /**
   * Proves that the claim is live and, in a transaction, keeps it from being
   * taken over until the commit. Transactions of the same organization that call
   * it follow one another.
   *
   * @throws FenceLostError when another replica may have taken over
   */
  fence(claim: Claim): Promise<void>;
}
