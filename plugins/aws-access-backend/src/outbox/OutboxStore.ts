/** What the world hears after a commit. */
export type OutboxMessage =
  | {
      kind: 'notification';
      recipients: string[];
      excludeRef: string | null;
      requestId: string;
      title: string;
      topic: string;
      severity: 'normal' | 'high';
    }
  /** A nudge to open pages; carries no text (security rule 30). */
  | { kind: 'signal'; requestId: string; state: string };

export interface OutboxRow {
  id: string;
  message: OutboxMessage;
  attempts: number;
}

export interface OutboxStore {
  put(message: OutboxMessage): Promise<void>;
  /** Claims messages for delivery; another replica skips them meanwhile. */
  claim(limit: number): Promise<OutboxRow[]>;
  remove(id: string): Promise<void>;
}
