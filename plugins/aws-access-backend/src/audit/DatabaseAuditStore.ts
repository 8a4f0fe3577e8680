import { ConflictError } from '@backstage/errors';
import { AuditEvent } from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { readDatabaseNow } from '../database/databaseNow';
import { auditHash, canonicalAuditText, NO_PREVIOUS_HASH } from './auditHash';
import { AuditFilter, AuditStore } from './AuditStore';

const EVENTS = 'aws_access_audit_events';
const HEADS = 'aws_access_audit_heads';
const SCAN_PAGE = 500;

interface EventRow {
  organization_id: string;
  /** PostgreSQL hands out bigints as text. */
  sequence: number | string;
  at: string;
  kind: string;
  actor: string | null;
  request_id: string | null;
  canonical: string;
  previous_hash: string;
  hash: string;
}

/** The audit log in the plugin's database. */
export class DatabaseAuditStore implements AuditStore {
  readonly #knex: Knex;
  readonly #onAppend: (event: AuditEvent) => void;

  constructor(knex: Knex, onAppend: (event: AuditEvent) => void = () => {}) {
    this.#knex = knex;
    this.#onAppend = onAppend;
  }

  async append(
    event: Pick<
      AuditEvent,
      'organizationId' | 'kind' | 'actor' | 'requestId' | 'data'
    >,
  ): Promise<AuditEvent> {
    const { organizationId } = event;
    await this.#knex(HEADS)
      .insert({
        organization_id: organizationId,
        sequence: 0,
        hash: NO_PREVIOUS_HASH,
      })
      .onConflict('organization_id')
      .ignore();
    // The lock makes appenders queue; the guard below proves that it did.
    const head = await this.#knex(HEADS)
      .where({ organization_id: organizationId })
      .forUpdate()
      .first();
    const unchained = {
      organizationId,
      sequence: Number(head.sequence) + 1,
      at: await readDatabaseNow(this.#knex),
      kind: event.kind,
      actor: event.actor,
      requestId: event.requestId,
      // As it will be read back: members that are undefined do not exist.
      data: JSON.parse(JSON.stringify(event.data)),
    };
    const canonical = canonicalAuditText(unchained);
    const hash = auditHash(head.hash, canonical);
    const moved = await this.#knex(HEADS)
      .where({
        organization_id: organizationId,
        sequence: head.sequence,
        hash: head.hash,
      })
      .update({ sequence: unchained.sequence, hash });
    if (moved !== 1) {
      throw new ConflictError('The audit log was written to meanwhile');
    }
    await this.#knex(EVENTS).insert({
      organization_id: organizationId,
      sequence: unchained.sequence,
      at: unchained.at,
      kind: unchained.kind,
      actor: unchained.actor,
      request_id: unchained.requestId,
      canonical,
      previous_hash: head.hash,
      hash,
    });
    const appended = { ...unchained, previousHash: head.hash, hash };
    this.#onAppend(appended);
    return appended;
  }

  async list(filter: AuditFilter): Promise<AuditEvent[]> {
    const query = this.#knex<EventRow>(EVENTS)
      .orderBy('sequence', 'desc')
      .orderBy('organization_id')
      .limit(filter.limit);
    if (filter.organizationId) {
      query.where('organization_id', filter.organizationId);
    }
    if (filter.requestId) query.where('request_id', filter.requestId);
    if (filter.kind) query.where('kind', filter.kind);
    if (filter.actor) query.where('actor', filter.actor);
    if (filter.from) query.where('at', '>=', filter.from);
    if (filter.to) query.where('at', '<', filter.to);
    if (filter.beforeSequence !== undefined) {
      query.where('sequence', '<', filter.beforeSequence);
    }
    return (await query).map(toEvent);
  }

  async head(organizationId: string) {
    const row = await this.#knex(HEADS)
      .where({ organization_id: organizationId })
      .first();
    return row && { sequence: Number(row.sequence), hash: row.hash as string };
  }

  async *scan(organizationId: string) {
    let after = Number.MIN_SAFE_INTEGER;
    for (;;) {
      const rows = await this.#knex<EventRow>(EVENTS)
        .where('organization_id', organizationId)
        .andWhere('sequence', '>', after)
        .orderBy('sequence')
        .limit(SCAN_PAGE);
      if (rows.length === 0) return;
      after = Number(rows[rows.length - 1].sequence);
      yield rows.map(row => ({
        event: toEvent(row),
        canonical: row.canonical,
        columns: {
          at: row.at,
          kind: row.kind,
          actor: row.actor,
          requestId: row.request_id,
        },
      }));
    }
  }
}

/**
 * The text is the truth, because the hash is over it; the columns beside it are
 * for finding rows. A sequence that was tampered with shows in verification.
 */
function toEvent(row: EventRow): AuditEvent {
  return {
    ...JSON.parse(row.canonical),
    sequence: Number(row.sequence),
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
