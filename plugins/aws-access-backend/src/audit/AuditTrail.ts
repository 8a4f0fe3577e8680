import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { AuditEvent } from 'backstage-plugin-aws-access-common';
import { Stores } from '../database/Stores';

const REVIEWS = ['request.approved', 'request.rejected', 'request.narrowed'];

/** The portal's auditor knows groups of events; which one it is, `actionType` says. */
function groupOf(kind: string) {
  if (REVIEWS.includes(kind)) {
    return { eventId: 'request-review', severityLevel: 'high' } as const;
  }
  if (kind.startsWith('cloud.')) {
    return { eventId: 'assignment-provision', severityLevel: 'high' } as const;
  }
  if (kind.startsWith('operations.')) {
    return { eventId: 'writes-stop', severityLevel: 'critical' } as const;
  }
  if (kind.startsWith('organization.')) {
    return { eventId: 'organization-hold', severityLevel: 'critical' } as const;
  }
  return { eventId: 'request-mutate', severityLevel: 'medium' } as const;
}

/**
 * Carries the audit log out of the plugin's database: every row to the portal's
 * auditor once it is committed, and the heads of the chains to the log, so that
 * a tail that is cut off shows against what was said before (security rule 28).
 */
export class AuditTrail {
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;

  constructor(options: { auditor: AuditorService; logger: LoggerService }) {
    this.#auditor = options.auditor;
    this.#logger = options.logger;
  }

  /** Called after the commit; never fails what was committed. */
  async follow(events: AuditEvent[]): Promise<void> {
    for (const event of events) {
      try {
        const { eventId, severityLevel } = groupOf(event.kind);
        const entry = await this.#auditor.createEvent({
          eventId,
          severityLevel,
          meta: {
            actionType: event.kind
              .replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
              .replace('.', '-'),
            organizationId: event.organizationId,
            sequence: event.sequence,
            actor: event.actor,
            requestId: event.requestId,
            data: event.data as JsonObject,
            hash: event.hash,
          },
        });
        await entry.success();
      } catch (error) {
        this.#logger.warn(
          `The auditor did not take row ${event.sequence} of ${event.organizationId}: ${error}`,
        );
      }
    }
  }

  /** Says the heads: `GET /audit/verify?sequence=&hash=` checks against one. */
  async sayHeads(
    stores: Pick<Stores, 'audit'>,
    organizationIds: string[],
  ): Promise<void> {
    for (const id of organizationIds) {
      const head = await stores.audit.head(id);
      if (head && head.sequence > 0) {
        this.#logger.info(
          `The audit log of ${id} has ${head.sequence} rows; its head is ${head.hash}`,
          { organizationId: id, sequence: head.sequence, hash: head.hash },
        );
      }
    }
  }
}
