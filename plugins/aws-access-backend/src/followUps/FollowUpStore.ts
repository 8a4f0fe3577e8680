/** A follow-up of a request whose access is usable. */
export interface FollowUpRow {
  requestId: string;
  state: 'waiting' | 'starting' | 'started' | 'notStarted';
  taskId: string | null;
  /** Why it was not started, in plain words. */
  detail: string | null;
}

/** Keeps what is to be started, and what was. */
export interface FollowUpStore {
  /** Puts it down to be started; once per request. */
  queue(requestId: string): Promise<void>;
  get(requestId: string): Promise<FollowUpRow | undefined>;
  /** Ids of requests whose follow-ups wait, the oldest first. */
  listWaiting(limit: number): Promise<string[]>;
  /** Ids of requests whose follow-ups were taken so long ago and never settled. */
  listLost(seconds: number): Promise<string[]>;
  /**
   * Takes it for the caller alone.
   *
   * @returns false when another replica was faster
   */
  take(requestId: string): Promise<boolean>;
  /** Says what became of one that the caller has taken. */
  settle(
    requestId: string,
    outcome: Pick<FollowUpRow, 'taskId' | 'detail'> & {
      state: 'started' | 'notStarted';
    },
  ): Promise<void>;
}
