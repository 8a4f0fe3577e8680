/** Writes of the last hour, or since an operator last said go. */
export interface WriteCounts {
  writes: number;
  /** Those of them that take something away. */
  removals: number;
}

/** How much was written to an organization of late. */
export interface WriteLimitStore {
  count(organizationId: string): Promise<WriteCounts>;
  /** An operator has looked: counting begins anew. */
  startAnew(organizationId: string): Promise<void>;
  /**
   * Notes that operators are told of a limit that is reached.
   *
   * @returns false when they were, within the hour, and none has said go since
   */
  recordTold(organizationId: string): Promise<boolean>;
}
