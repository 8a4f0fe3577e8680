import { ConflictError } from '@backstage/errors';
import {
  FINAL_REQUEST_STATES,
  RequestState,
} from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { databaseNow } from '../../database/databaseNow';
import { insertOnce } from '../../database/insertOnce';
import { lockUntilCommit } from '../../database/lockUntilCommit';
import { insertKeys, setStateOfKeys } from '../../database/requestKeyRows';
import { selectRequests } from '../../database/selectRequests';
import { selectTouching } from '../../database/selectTouching';
import { Seals } from '../../integrity/Seals';
import { DatabaseRequestHistoryStore } from './DatabaseRequestHistoryStore';
import { DatabaseRequestPlanStore } from './DatabaseRequestPlanStore';
import {
  RequestColumns,
  toPatchColumns,
  toRequestColumns,
  toRequestRow,
} from './requestColumns';
import { requestKey } from './requestKeys';
import {
  DecisionRow,
  PlanKey,
  PlanRow,
  RequestFilter,
  RequestPatch,
  RequestRow,
  RequestStore,
  TimelineRow,
} from './RequestStore';

const REQUESTS = 'aws_access_requests';

/** Requests in the plugin's database. */
export class DatabaseRequestStore implements RequestStore {
  readonly #knex: Knex;
  readonly #plans: DatabaseRequestPlanStore;
  readonly #history: DatabaseRequestHistoryStore;

  constructor(knex: Knex, seals: Seals) {
    this.#knex = knex;
    this.#plans = new DatabaseRequestPlanStore(knex);
    this.#history = new DatabaseRequestHistoryStore(knex, seals);
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
    await insertOnce(
      this.#knex,
      REQUESTS,
      columns,
      'A request with this idempotency key has been filed meanwhile',
    );
    await insertKeys(this.#knex, request.id, [
      requestKey.concerns(request.requesterRef),
      requestKey.concerns(request.filerRef ?? request.requesterRef),
      requestKey.reads(request.teamRef),
    ]);
    await this.insertPlan({ ...plan, requestId: request.id });
    return toRequestRow(columns);
  }

  async get(id: string) {
    const columns = await this.#knex<RequestColumns>(REQUESTS)
      .where('id', id)
      .first();
    return columns && toRequestRow(columns);
  }

  async findByIdempotencyKey(filerRef: string, key: string) {
    const columns = await this.#knex<RequestColumns>(REQUESTS)
      .where({ filer_ref: filerRef, idempotency_key: key })
      .first();
    return columns && toRequestRow(columns);
  }

  async list(filter: RequestFilter): Promise<RequestRow[]> {
    return (await selectRequests(this.#knex, filter)).map(toRequestRow);
  }

  async countOpen(filerRef: string): Promise<number> {
    const row = await this.#knex(REQUESTS)
      .where('filer_ref', filerRef)
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
    await setStateOfKeys(this.#knex, request.id, to);
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

  insertPlan(plan: PlanRow) {
    return this.#plans.insertPlan(plan);
  }

  insertAsked(requestId: string, planVersion: number, entityRefs: string[]) {
    return this.#plans.insertAsked(requestId, planVersion, entityRefs);
  }

  listAsked(requestId: string, planVersion: number) {
    return this.#plans.listAsked(requestId, planVersion);
  }

  listAskedOf(plans: PlanKey[]) {
    return this.#plans.listAskedOf(plans);
  }

  setOpenedAt(
    requestId: string,
    version: number,
    openedAt: Record<string, string>,
  ) {
    return this.#plans.setOpenedAt(requestId, version, openedAt);
  }

  listAlternatesDue(organizationId: string, limit: number) {
    return this.#plans.listAlternatesDue(organizationId, limit);
  }

  setAlternatesAt(requestId: string, version: number, at: string | null) {
    return this.#plans.setAlternatesAt(requestId, version, at);
  }

  listGaining(requestId: string, planVersion: number) {
    return this.#plans.listGaining(requestId, planVersion);
  }

  getPlan(requestId: string, version: number) {
    return this.#plans.getPlan(requestId, version);
  }

  getPlans(plans: PlanKey[]) {
    return this.#plans.getPlans(plans);
  }

  insertDecision(decision: DecisionRow) {
    return this.#history.insertDecision(decision);
  }

  listDecisions(requestId: string, planVersion: number, countsFrom?: number) {
    return this.#history.listDecisions(requestId, planVersion, countsFrom);
  }

  listDecisionsOf(requestIds: string[]) {
    return this.#history.listDecisionsOf(requestIds);
  }

  appendTimeline(event: Omit<TimelineRow, 'sequence' | 'at'>) {
    return this.#history.appendTimeline(event);
  }

  listTimeline(requestId: string) {
    return this.#history.listTimeline(requestId);
  }
}
