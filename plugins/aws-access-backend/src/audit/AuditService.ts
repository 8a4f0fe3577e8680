import {
  AuditEvent,
  AuditResponse,
  AuditVerification,
} from 'backstage-plugin-aws-access-common';
import { Caller } from '../authorization/Viewer';

/** Which rows to read; the newest first. */
export interface AuditQuery {
  /** May be left out where one organization is configured. */
  organizationId?: string;
  requestId?: string;
  kind?: string;
  actor?: string;
  /** Inclusive, ISO-8601. */
  from?: string;
  /** Exclusive, ISO-8601. */
  to?: string;
  cursor?: string;
  /** At most 200. */
  limit: number;
}

/** Reads the audit log. */
export interface AuditService {
  /** @throws InputError when the organization or the cursor is not usable */
  list(query: AuditQuery, caller: Caller): Promise<AuditResponse>;
  /** Everything that passes the filters, newest first, a page at a time. */
  export(
    query: Omit<AuditQuery, 'cursor' | 'limit'>,
    caller: Caller,
  ): Promise<AsyncIterable<AuditEvent[]>>;
  /**
   * Walks the whole chain of the organization.
   *
   * @param known - a head that was said before, which must be in it
   */
  verify(
    organizationId: string | undefined,
    known: { sequence: number; hash: string } | undefined,
    caller: Caller,
  ): Promise<AuditVerification>;
}
