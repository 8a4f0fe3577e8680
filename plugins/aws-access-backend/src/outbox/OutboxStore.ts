import { AwsAccessRequestEvent } from 'backstage-plugin-aws-access-node';

/** What a notification is about; people may mute one of these in their settings. */
export type NotificationTopic =
  | 'pending'
  | 'reminded'
  | 'decided'
  | 'own-decision'
  | 'usable'
  | 'expiring'
  | 'ended'
  | 'stuck'
  | 'limit'
  | 'stopped';

/** Stands for everybody with the role; resolved when the message is delivered. */
export const OPERATORS = 'role:operator';
/** The same for whoever looks after security. */
export const SECURITY = 'role:security';

/** What the world hears after a commit. */
export type OutboxMessage =
  | {
      kind: 'notification';
      /** Refs of users and groups, `OPERATORS` or `SECURITY`. */
      recipients: string[];
      /** Who did it, and need not be told. */
      excludeRef: string | null;
      /** What it is about: a request, or the writes to an organization. */
      requestId: string | null;
      organizationId?: string;
      title: string;
      description?: string;
      topic: NotificationTopic;
      severity: 'low' | 'normal' | 'high';
    }
  /** A nudge to open pages; carries no text (security rule 30). */
  | { kind: 'signal'; requestId: string; state: string }
  /** For other plugins; refs and ids only (security rule 30). */
  | { kind: 'event'; requestId: string; event: AwsAccessRequestEvent };

/** A message that waits for its delivery, with the attempts made so far. */
export interface OutboxRow {
  id: string;
  message: OutboxMessage;
  attempts: number;
}

/** Messages that were committed with what they tell, and not yet delivered. */
export interface OutboxStore {
  put(message: OutboxMessage): Promise<void>;
  /** Claims messages for delivery; another replica skips them meanwhile. */
  claim(limit: number): Promise<OutboxRow[]>;
  remove(id: string): Promise<void>;
}
