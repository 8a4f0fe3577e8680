/** Which requests the worker has something to do for. */
export interface WorkStore {
  /**
   * Approved requests, the longest approved first.
   *
   * @param offset - how many of them to pass over; default: none
   */
  listApproved(
    organizationId: string,
    limit: number,
    offset?: number,
  ): Promise<string[]>;
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
