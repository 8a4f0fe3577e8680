/** Whose groups somebody may read (security rule 29). */
export interface AccessGroupReach {
  /** Null = they are nobody in Entra. */
  entraUserId: string | null;
  /** Refs of teams whose access they may read. */
  teams: string[];
  /** Accounts that they own: of other groups they see what these have there. */
  ownedAccounts: ReadonlySet<string>;
}
