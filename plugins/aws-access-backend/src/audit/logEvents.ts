import { LoggerService } from '@backstage/backend-plugin-api';
import { AuditEvent } from 'backstage-plugin-aws-access-common';

/**
 * Says in the log what was committed, so that one finds the life of a request by
 * its id: in `requestId` of each line. Who did it and why is in the audit log and
 * not here (security rule 30). Single writes are many, and said to those who
 * debug.
 */
export function logEvents(logger: LoggerService, events: AuditEvent[]): void {
  for (const { kind, organizationId, requestId, sequence, data } of events) {
    const { from, to, operation } = data as Record<string, unknown>;
    const meta = {
      event: kind,
      organizationId,
      sequence,
      ...(requestId !== null && { requestId }),
      ...(typeof from === 'string' && { from }),
      ...(typeof to === 'string' && { to }),
      ...(typeof operation === 'string' && { operation }),
    };
    const level = kind.startsWith('cloud.') ? 'debug' : 'info';
    logger[level](
      requestId === null ? kind : `${kind} of request ${requestId}`,
      meta,
    );
  }
}
