/** Which requests the worker has something to do for. */
export interface WorkStore {
  /** Approved requests, the longest approved first. */
  listApproved(organizationId: string, limit: number): Promise<string[]>;
  /**
   * Requests that waited too long: for a decision, or approved for a start.
   *
   * @param limits - seconds since the last change, and since the approval
   */
  listLapsed(
    organizationId: string,
    limits: { pendingSeconds: number; approvedSeconds: number },
    limit: number,
  ): Promise<string[]>;
}
