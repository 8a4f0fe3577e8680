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
}
