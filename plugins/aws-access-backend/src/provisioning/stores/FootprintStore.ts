/** An object that a started request changes, or only relies on. */
export interface FootprintKey {
  objectKey: string;
  mode: 'exclusive' | 'shared';
}

/**
 * Which objects started requests hold, so that two harmless requests never
 * compose into an effect that nobody approved (security rule 1), and which group
 * names are taken (rule 13).
 */
export interface FootprintStore {
  /**
   * Takes all keys or none; keys of requests that have nothing under way any
   * more are dropped first. Call it in a transaction after
   * `organizations.fence`, which makes takers queue.
   *
   * @returns ids of the requests in the way; empty = taken
   */
  take(
    organizationId: string,
    requestId: string,
    keys: FootprintKey[],
  ): Promise<string[]>;
  release(requestId: string): Promise<void>;
  /** Requests that hold keys and have something under way, or are about to. */
  listHolders(organizationId: string): Promise<Set<string>>;
  listOfRequest(requestId: string): Promise<FootprintKey[]>;
  /**
   * Reserves names for the request: folded ones of groups, and of permission sets
   * as `reservedSetName` has them.
   *
   * @returns the names that another request has; empty = reserved
   */
  reserveNames(
    organizationId: string,
    requestId: string,
    foldedNames: string[],
  ): Promise<string[]>;
  /** True when another request than the given one has the folded name. */
  isNameReserved(
    organizationId: string,
    foldedName: string,
    requestId: string | undefined,
  ): Promise<boolean>;
  releaseNames(requestId: string): Promise<void>;
}
