import { AuditEvent } from 'backstage-plugin-aws-access-common';

/** Which rows to read, the newest first; what is left out does not narrow. */
export interface AuditFilter {
  organizationId?: string;
  requestId?: string;
  kind?: string;
  /** Only rows of a smaller sequence: the cursor, newest first. */
  beforeSequence?: number;
  limit: number;
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
  scan(
    organizationId: string,
  ): AsyncIterable<Array<{ event: AuditEvent; canonical: string }>>;
}
