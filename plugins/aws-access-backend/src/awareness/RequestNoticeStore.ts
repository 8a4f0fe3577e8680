/** What is said once about a plan version because time has passed. */
export type NoticeKind = 'reminded' | 'expiring';

/** Finds what is due to be said, and remembers that it was. */
export interface RequestNoticeStore {
  /** Pending requests of which nobody was reminded, planned so long ago. */
  listToRemind(
    organizationId: string,
    afterSeconds: number,
    limit: number,
  ): Promise<string[]>;
  /** Active requests whose end is near and of which nobody was warned; the nearest first. */
  listEnding(
    organizationId: string,
    withinSeconds: number,
    limit: number,
  ): Promise<Array<{ id: string; startsAt: string | null; endsAt: string }>>;
  /** @returns false when it has been said before */
  record(
    requestId: string,
    planVersion: number,
    kind: NoticeKind,
  ): Promise<boolean>;
}
