import { Knex } from 'knex';
import { databaseNow } from '../database/databaseNow';
import { MandateEntry, MandateRow, MandateStore } from './MandateStore';

const MANDATES = 'aws_access_mandates';
const ENTRIES = 'aws_access_mandate_entries';
const REQUESTS = 'aws_access_requests';

interface MandateRecord {
  id: string;
  organization_id: string;
  request_id: string;
  kind: MandateRow['kind'];
  object_key: string;
  document: string;
  owner_ref: string;
  ceiling: number | null;
  approved_at: string;
  starts_at: string;
  ends_at: string | null;
  revoked_at: string | null;
  held_reason: string | null;
}

/** What requests keep true, and what was done for it; by the database's time. */
export class DatabaseMandateStore implements MandateStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async insert(
    mandate: Omit<MandateRow, 'revokedAt' | 'heldReason'>,
    approved: string[],
  ): Promise<void> {
    await this.#knex(MANDATES).insert({
      id: mandate.id,
      organization_id: mandate.organizationId,
      request_id: mandate.requestId,
      kind: mandate.kind,
      object_key: mandate.objectKey,
      document: JSON.stringify(mandate.document),
      owner_ref: mandate.ownerRef,
      ceiling: mandate.ceiling,
      approved_at: mandate.approvedAt,
      starts_at: mandate.startsAt,
      ends_at: mandate.endsAt,
    });
    for (const subject of approved) {
      await this.putEntry({
        mandateId: mandate.id,
        subject,
        verdict: 'approved',
        reason: 'It was part of the approved plan.',
        requestId: null,
      });
    }
  }

  async listOfRequest(requestId: string): Promise<MandateRow[]> {
    const rows = await this.#knex<MandateRecord>(MANDATES)
      .where('request_id', requestId)
      .orderBy('object_key');
    return rows.map(toMandate);
  }

  async lockLive(id: string): Promise<MandateRow | undefined> {
    // Writing a value over itself takes the row's lock on both databases.
    await this.#knex(MANDATES).where({ id }).update({ id });
    const row = await this.#live().andWhere('mandate.id', id).first();
    return row && toMandate(row);
  }

  async listLive(organizationId: string): Promise<MandateRow[]> {
    const rows = await this.#live()
      .andWhere('mandate.organization_id', organizationId)
      .orderBy('mandate.id');
    return rows.map(toMandate);
  }

  async listEntries(mandateId: string): Promise<MandateEntry[]> {
    const rows = await this.#knex(ENTRIES)
      .where('mandate_id', mandateId)
      .orderBy('subject');
    return rows.map(toEntry);
  }

  async putEntry(entry: MandateEntry): Promise<void> {
    await this.#knex(ENTRIES)
      .insert({
        mandate_id: entry.mandateId,
        subject: entry.subject,
        verdict: entry.verdict,
        reason: entry.reason,
        request_id: entry.requestId,
        at: databaseNow(this.#knex),
      })
      .onConflict(['mandate_id', 'subject'])
      .merge();
  }

  async findEntryOf(requestId: string): Promise<MandateEntry | undefined> {
    const row = await this.#knex(ENTRIES)
      .where('request_id', requestId)
      .first();
    return row && toEntry(row);
  }

  async listOrphans(organizationId: string, limit: number): Promise<string[]> {
    const rows = await this.#knex({ entry: ENTRIES })
      .join({ mandate: MANDATES }, 'mandate.id', 'entry.mandate_id')
      .join({ parent: REQUESTS }, 'parent.id', 'mandate.request_id')
      .join({ child: REQUESTS }, 'child.id', 'entry.request_id')
      .where('mandate.organization_id', organizationId)
      .andWhere(over =>
        over
          .whereIn('parent.state', ['ending', 'ended'])
          // Whose removal is stuck gives no reason for anything, either.
          .orWhereExists(this.#removalOf('parent.id')),
      )
      .andWhere(open =>
        open
          .where('child.state', 'pending')
          .orWhere(taken =>
            taken
              .where('entry.verdict', 'takenIn')
              .whereIn('child.state', [
                'approved',
                'provisioning',
                'propagating',
                'active',
                'stuck',
              ])
              .whereNotExists(this.#removalOf('child.id')),
          ),
      )
      .orderBy('child.number')
      .limit(limit)
      .select('child.id');
    return rows.map(row => row.id);
  }

  async hold(id: string, reason: string | null): Promise<void> {
    await this.#knex(MANDATES).where({ id }).update({ held_reason: reason });
  }

  async revoke(id: string): Promise<void> {
    await this.#knex(MANDATES)
      .where({ id })
      .whereNull('revoked_at')
      .update({ revoked_at: databaseNow(this.#knex) });
  }

  #removalOf(requestId: string) {
    return this.#knex('aws_access_authorizations')
      .select(this.#knex.raw('1'))
      .where('kind', 'removal')
      .where('request_id', this.#knex.ref(requestId));
  }

  #live() {
    return this.#knex({ mandate: MANDATES })
      .join({ request: REQUESTS }, 'request.id', 'mandate.request_id')
      .whereNull('mandate.revoked_at')
      .where('request.state', 'active')
      .andWhere(lasting =>
        lasting
          .whereNull('mandate.ends_at')
          .orWhere('mandate.ends_at', '>', databaseNow(this.#knex)),
      )
      .select<MandateRecord[]>('mandate.*');
  }
}

function toMandate(row: MandateRecord): MandateRow {
  return {
    id: row.id,
    organizationId: row.organization_id,
    requestId: row.request_id,
    kind: row.kind,
    objectKey: row.object_key,
    document: JSON.parse(row.document),
    ownerRef: row.owner_ref,
    ceiling: row.ceiling,
    approvedAt: row.approved_at,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    revokedAt: row.revoked_at,
    heldReason: row.held_reason,
  } as MandateRow;
}

function toEntry(row: {
  mandate_id: string;
  subject: string;
  verdict: MandateEntry['verdict'];
  reason: string;
  request_id: string | null;
}): MandateEntry {
  return {
    mandateId: row.mandate_id,
    subject: row.subject,
    verdict: row.verdict,
    reason: row.reason,
    requestId: row.request_id,
  };
}
