import { AuditEvent } from 'backstage-plugin-aws-access-common';

/** Which rows to read, the newest first; what is left out does not narrow. */
export interface AuditFilter {
  organizationId?: string;
  requestId?: string;
  kind?: string;
  /** Who did it: a ref. */
  actor?: string;
  /** Inclusive, ISO-8601. */
  from?: string;
  /** Exclusive, ISO-8601. */
  to?: string;
  /** Only rows of a smaller sequence: the cursor, newest first. */
  beforeSequence?: number;
  limit: number;
}

/** A row as verification sees it. */
export interface ScannedAuditRow {
  event: AuditEvent;
  canonical: string;
  /** What rows are found by; the text is the truth, and they must agree with it. */
  columns: Pick<AuditEvent, 'at' | 'kind' | 'actor' | 'requestId'>;
}

/** The append-only log; rows are never changed or deleted. */
export interface AuditStore {
  /**
   * Appends to the organization's chain. Call it last in a transaction: it makes
   * appenders of the same organization wait for each other.
   */
  append(
    event: Pick<
      AuditEvent,
      'organizationId' | 'kind' | 'actor' | 'requestId' | 'data'
    >,
  ): Promise<AuditEvent>;
  list(filter: AuditFilter): Promise<AuditEvent[]>;
  head(
    organizationId: string,
  ): Promise<{ sequence: number; hash: string } | undefined>;
  /** Rows in order of the chain, in pages, for verification. */
  scan(organizationId: string): AsyncIterable<ScannedAuditRow[]>;
}
