import {
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
  cursor?: string;
  /** At most 200. */
  limit: number;
}

/** Reads the audit log. */
export interface AuditService {
  /** @throws InputError when the organization or the cursor is not usable */
  list(query: AuditQuery, caller: Caller): Promise<AuditResponse>;
  /** Walks the whole chain of the organization. */
  verify(
    organizationId: string | undefined,
    caller: Caller,
  ): Promise<AuditVerification>;
}
