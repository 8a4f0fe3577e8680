import { Knex } from 'knex';
import { readDatabaseNow } from '../../database/databaseNow';
import { inChunks } from '../../database/inChunks';
import { insertKeys } from '../../database/requestKeyRows';
import { insertOnce } from '../../database/insertOnce';
import { Seals } from '../../integrity/Seals';
import {
  DecisionColumns,
  decisionRecord,
  TimelineColumns,
  toDecisionRow,
  toTimelineRow,
} from './requestColumns';
import { requestKey } from './requestKeys';
import { DecisionRow, RequestHistoryStore, TimelineRow } from './RequestStore';

const REQUESTS = 'aws_access_requests';
const DECISIONS = 'aws_access_decisions';
const TIMELINE = 'aws_access_timeline';

/** What people said and what happened, in the plugin's database. */
export class DatabaseRequestHistoryStore implements RequestHistoryStore {
  readonly #knex: Knex;
  readonly #seals: Seals;

  constructor(knex: Knex, seals: Seals) {
    this.#knex = knex;
    this.#seals = seals;
  }

  async insertDecision(decision: DecisionRow): Promise<void> {
    const columns: DecisionColumns = {
      id: decision.id,
      request_id: decision.requestId,
      plan_version: decision.planVersion,
      plan_digest: decision.planDigest,
      person_id: decision.personId,
      entity_ref: decision.entityRef,
      verdict: decision.verdict,
      reason: decision.reason,
      decided_at: decision.decidedAt,
    };
    await this.#removeForged(columns);
    await insertOnce(
      this.#knex,
      DECISIONS,
      { ...columns, seal: this.#seals.seal(decisionRecord(columns)) },
      'You have decided on this plan already',
    );
    await insertKeys(this.#knex, decision.requestId, [
      requestKey.reads(decision.entityRef),
    ]);
  }

  async listDecisions(
    requestId: string,
    planVersion: number,
    countsFrom: number = planVersion,
  ) {
    const rows = await this.#knex<DecisionColumns>(DECISIONS)
      .where('request_id', requestId)
      .whereBetween('plan_version', [countsFrom, planVersion])
      .orderBy(['decided_at', 'id']);
    return rows.filter(row => this.#isGenuine(row)).map(toDecisionRow);
  }

  async listDecisionsOf(requestIds: string[]) {
    const rows = await inChunks(requestIds, chunk =>
      this.#knex<DecisionColumns>(DECISIONS)
        .whereIn('request_id', chunk)
        .orderBy(['decided_at', 'id']),
    );
    const decisions = new Map<string, DecisionRow[]>();
    for (const row of rows.filter(each => this.#isGenuine(each))) {
      const before = decisions.get(row.request_id) ?? [];
      decisions.set(row.request_id, [...before, toDecisionRow(row)]);
    }
    return decisions;
  }

  async appendTimeline(
    event: Omit<TimelineRow, 'sequence' | 'at'>,
  ): Promise<TimelineRow> {
    // Two writers of one timeline queue at the request's row.
    await this.#knex(REQUESTS)
      .where('id', event.requestId)
      .forNoKeyUpdate()
      .first('id');
    const last = await this.#knex(TIMELINE)
      .where('request_id', event.requestId)
      .max({ sequence: 'sequence' })
      .first();
    const columns: TimelineColumns = {
      request_id: event.requestId,
      sequence: Number(last?.sequence ?? 0) + 1,
      at: await readDatabaseNow(this.#knex),
      kind: event.kind,
      actor_ref: event.actorRef,
      text: event.text,
    };
    await this.#knex(TIMELINE).insert(columns);
    return toTimelineRow(columns);
  }

  async listTimeline(requestId: string): Promise<TimelineRow[]> {
    const rows = await this.#knex<TimelineColumns>(TIMELINE)
      .where('request_id', requestId)
      .orderBy('sequence');
    return rows.map(toTimelineRow);
  }

  /** What was not decided here counts for nobody, wherever decisions are read. */
  #isGenuine(row: DecisionColumns): boolean {
    return this.#seals.isGenuine(decisionRecord(row), row.seal ?? null);
  }

  /** What somebody else has put in a person's place must not keep them out. */
  async #removeForged(decision: DecisionColumns): Promise<void> {
    if (!this.#seals.isOn) return;
    const present = await this.#knex<DecisionColumns>(DECISIONS)
      .where({
        request_id: decision.request_id,
        plan_version: decision.plan_version,
        person_id: decision.person_id,
      })
      .first();
    if (present && !this.#isGenuine(present)) {
      await this.#knex(DECISIONS).where('id', present.id).delete();
    }
  }
}
