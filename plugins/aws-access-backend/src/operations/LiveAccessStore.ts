/** Access of one organization that the portal gave and has not taken away. */
export interface LiveAccess {
  organizationId: string;
  leases: number;
  /** Requests that hold them. */
  requests: number;
  /** Those of the requests that should hold nothing any more. */
  overdueRequests: number;
}

/** What is still given, also in organizations that are not configured any more. */
export interface LiveAccessStore {
  /** Organizations with any, by their ids. */
  list(): Promise<LiveAccess[]>;
}
