import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  FINAL_REQUEST_STATES,
  RequestState,
} from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { nextAlternatesAt } from '../approvals/nextAlternatesAt';
import { databaseNow, readDatabaseNow } from '../database/databaseNow';
import { isUniqueViolation } from '../database/isUniqueViolation';
import { lockUntilCommit } from '../database/lockUntilCommit';
import {
  DecisionColumns,
  PlanColumns,
  RequestColumns,
  TimelineColumns,
  toDecisionRow,
  toPatchColumns,
  toPlanRow,
  toRequestColumns,
  toRequestRow,
  toTimelineRow,
} from './requestColumns';
import {
  DecisionRow,
  PlanRow,
  RequestFilter,
  RequestPatch,
  RequestRow,
  RequestStore,
  TimelineRow,
} from './RequestStore';
import { selectRequests } from '../database/selectRequests';
import { selectTouching } from '../database/selectTouching';

const REQUESTS = 'aws_access_requests';
const PLANS = 'aws_access_request_plans';
const PEOPLE = 'aws_access_request_people';
const ACCOUNTS = 'aws_access_request_accounts';
const ASKED = 'aws_access_request_asked';
const DECISIONS = 'aws_access_decisions';
const TIMELINE = 'aws_access_timeline';

/** Requests in the plugin's database. */
export class DatabaseRequestStore implements RequestStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async insert(
    request: Omit<RequestRow, 'number' | 'version' | 'updatedAt'>,
    plan: Omit<PlanRow, 'requestId'>,
  ): Promise<RequestRow> {
    await lockUntilCommit(this.#knex, 'aws-access request number');
    const last = await this.#knex(REQUESTS).max({ number: 'number' }).first();
    const columns: RequestColumns = {
      ...toRequestColumns({
        ...request,
        number: Number(last?.number ?? 0) + 1,
        version: 1,
      }),
      updated_at: request.createdAt,
    };
    await this.#insertOnce(
      REQUESTS,
      columns,
      'A request with this idempotency key has been filed meanwhile',
    );
    await this.insertPlan({ ...plan, requestId: request.id });
    return toRequestRow(columns);
  }

  async get(id: string) {
    const columns = await this.#knex<RequestColumns>(REQUESTS)
      .where('id', id)
      .first();
    return columns && toRequestRow(columns);
  }

  async findByIdempotencyKey(requesterRef: string, key: string) {
    const columns = await this.#knex<RequestColumns>(REQUESTS)
      .where({ requester_ref: requesterRef, idempotency_key: key })
      .first();
    return columns && toRequestRow(columns);
  }

  async list(filter: RequestFilter): Promise<RequestRow[]> {
    return (await selectRequests(this.#knex, filter)).map(toRequestRow);
  }

  async countOpen(requesterRef: string): Promise<number> {
    const row = await this.#knex(REQUESTS)
      .where('requester_ref', requesterRef)
      .whereNotIn('state', [...FINAL_REQUEST_STATES])
      .count({ open: '*' })
      .first();
    return Number(row?.open ?? 0);
  }

  async listTouching(filter: {
    organizationId: string;
    entityRefs: string[];
    accountIds: string[];
    limit: number;
  }): Promise<RequestRow[]> {
    return (await selectTouching(this.#knex, filter)).map(toRequestRow);
  }

  async transition(
    request: Pick<
      RequestRow,
      'id' | 'state' | 'version' | 'planVersion' | 'planDigest'
    >,
    to: RequestState,
    patch: RequestPatch = {},
  ): Promise<RequestRow> {
    const changed = await this.#knex(REQUESTS)
      .where({
        id: request.id,
        state: request.state,
        version: request.version,
        plan_version: request.planVersion,
        plan_digest: request.planDigest,
      })
      .update({
        state_reason: null,
        ...toPatchColumns(patch),
        state: to,
        version: request.version + 1,
        updated_at: databaseNow(this.#knex),
      });
    if (changed !== 1) {
      throw new ConflictError(
        'The request has changed meanwhile; load it again to see how',
      );
    }
    return (await this.get(request.id))!;
  }

  async explainState(
    request: Pick<RequestRow, 'id' | 'state'>,
    reason: string,
  ): Promise<void> {
    await this.#knex(REQUESTS)
      .where({ id: request.id, state: request.state })
      .update({ state_reason: reason });
  }

  async insertPlan(plan: PlanRow): Promise<void> {
    await this.#knex(PLANS).insert({
      request_id: plan.requestId,
      version: plan.version,
      digest: plan.digest,
      plan: JSON.stringify(plan.plan),
      policy: JSON.stringify(plan.policy),
      computed_at: plan.computedAt,
      counts_from_version: plan.countsFromVersion ?? null,
      waiting_since: plan.waitingSince ?? null,
      alternates_at: nextAlternatesAt(plan),
    });
    const key = { request_id: plan.requestId, plan_version: plan.version };
    const gaining = new Set(plan.plan.gains.map(atom => atom.entraUserId));
    const refs = new Map(
      plan.plan.people.map(person => [person.entraUserId, person.entityRef]),
    );
    await this.#insertAll(
      PEOPLE,
      [...gaining].map(entraUserId => ({
        ...key,
        entra_user_id: entraUserId,
        entity_ref: refs.get(entraUserId) ?? null,
      })),
    );
    await this.#insertAll(
      ACCOUNTS,
      plan.plan.accounts.map(({ id }) => ({ ...key, account_id: id })),
    );
  }

  async insertAsked(
    requestId: string,
    planVersion: number,
    entityRefs: string[],
  ): Promise<void> {
    await this.#insertAll(
      ASKED,
      [...new Set(entityRefs)].map(entityRef => ({
        request_id: requestId,
        plan_version: planVersion,
        entity_ref: entityRef,
      })),
    );
  }

  async listAsked(requestId: string, planVersion: number): Promise<string[]> {
    return await this.#knex(ASKED)
      .where({ request_id: requestId, plan_version: planVersion })
      .orderBy('entity_ref')
      .pluck('entity_ref');
  }

  async listAlternatesDue(organizationId: string, limit: number) {
    return await this.#knex(`${PLANS} as plan`)
      .join(`${REQUESTS} as request`, join =>
        join
          .on('request.id', 'plan.request_id')
          .andOn('request.plan_version', 'plan.version'),
      )
      .where('plan.alternates_at', '<=', databaseNow(this.#knex))
      .where('request.organization_id', organizationId)
      .where('request.state', 'pending')
      .orderBy('plan.alternates_at')
      .limit(limit)
      .pluck('request.id');
  }

  async setAlternatesAt(requestId: string, version: number, at: string | null) {
    await this.#knex(PLANS)
      .where({ request_id: requestId, version })
      .update({ alternates_at: at });
  }

  async listGaining(requestId: string, planVersion: number) {
    return await this.#knex(PEOPLE)
      .where({ request_id: requestId, plan_version: planVersion })
      .whereNotNull('entity_ref')
      .orderBy('entity_ref')
      .pluck('entity_ref');
  }

  async getPlan(requestId: string, version: number): Promise<PlanRow> {
    const columns = await this.#knex<PlanColumns>(PLANS)
      .where({ request_id: requestId, version })
      .first();
    if (!columns) {
      throw new NotFoundError(`There is no plan ${version} of this request`);
    }
    return toPlanRow(columns);
  }

  async insertDecision(decision: DecisionRow): Promise<void> {
    await this.#insertOnce(
      DECISIONS,
      {
        id: decision.id,
        request_id: decision.requestId,
        plan_version: decision.planVersion,
        plan_digest: decision.planDigest,
        person_id: decision.personId,
        entity_ref: decision.entityRef,
        verdict: decision.verdict,
        reason: decision.reason,
        decided_at: decision.decidedAt,
      },
      'You have decided on this plan already',
    );
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
    return rows.map(toDecisionRow);
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

  async #insertOnce(table: string, row: object, message: string) {
    try {
      await this.#knex(table).insert(row);
    } catch (error) {
      if (isUniqueViolation(error)) throw new ConflictError(message);
      throw error;
    }
  }

  /** SQLite takes a limited number of values in one statement. */
  async #insertAll(table: string, rows: object[]) {
    for (let start = 0; start < rows.length; start += 100) {
      await this.#knex(table).insert(rows.slice(start, start + 100));
    }
  }
}
