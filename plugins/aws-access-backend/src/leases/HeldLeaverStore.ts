/** People who seem to have left Entra, more of them at once than go without asking. */
export interface HeldLeavers {
  /** Object ids in Entra, in order. */
  people: string[];
  since: string;
  /** When an operator said go; null = they wait. */
  releasedAt: string | null;
}

/** Whose access waits for an operator's word before it ends. */
export interface HeldLeaverStore {
  get(organizationId: string): Promise<HeldLeavers | undefined>;
  /** These people wait, since then or since now, whatever was released before. */
  hold(organizationId: string, people: string[]): Promise<void>;
  /**
   * An operator has looked.
   *
   * @param people - as many as the operator has seen
   * @returns false when not so many wait
   */
  release(organizationId: string, people: number): Promise<boolean>;
  /** Nobody waits any more. */
  remove(organizationId: string): Promise<void>;
}
