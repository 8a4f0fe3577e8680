import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../../database/databaseNow';
import { whereClaimIsLive } from '../../database/whereClaimIsLive';
import { FenceLostError } from '../../organizations/FenceLostError';
import { Claim } from '../../organizations/OrganizationStore';
import { NewStep, StepChange, StepRow, StepStore } from './StepStore';
import { StepRecord, toStep } from './DatabaseStepRecord';

const STEPS = 'aws_access_steps';
const UNFINISHED = ['pending', 'running', 'waiting', 'failed'];

/** Durable steps; every change of a running one is fenced (security rule 21). */
export class DatabaseStepStore implements StepStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async insert(steps: NewStep[]): Promise<void> {
    const rows = steps.map(step => ({
      id: step.id,
      organization_id: step.organizationId,
      request_id: step.requestId,
      authorization_id: step.authorizationId,
      phase: step.phase,
      position: step.position,
      kind: step.kind,
      title: step.title,
      input: JSON.stringify(step.input),
      state: 'pending',
    }));
    // SQLite limits the variables of one statement.
    await this.#knex.batchInsert(STEPS, rows, 50);
  }

  async get(id: string): Promise<StepRow | undefined> {
    const row = await this.#knex<StepRecord>(STEPS).where({ id }).first();
    return row && toStep(row);
  }

  async listOfRequest(requestId: string): Promise<StepRow[]> {
    const rows = await this.#knex<StepRecord>(STEPS)
      .where('request_id', requestId)
      .orderBy([{ column: 'phase' }, { column: 'position' }]);
    return rows.map(toStep);
  }

  async listResults(requestId: string): Promise<StepRow[]> {
    const rows = await this.#knex<StepRecord>(STEPS)
      .where('request_id', requestId)
      .whereNotNull('result')
      .orderBy([{ column: 'phase' }, { column: 'position' }]);
    return rows.map(toStep);
  }

  async listDue(organizationId: string, limit: number): Promise<StepRow[]> {
    // Each phase for itself: grants never take the places of removals.
    const removals = await this.#listDueOf('removal', organizationId, limit);
    const grants = await this.#listDueOf('grant', organizationId, limit);
    return [...removals, ...grants];
  }

  async #listDueOf(
    phase: StepRow['phase'],
    organizationId: string,
    limit: number,
  ): Promise<StepRow[]> {
    const knex = this.#knex;
    const due = knex({ step: STEPS })
      .join('aws_access_requests as request', 'request.id', 'step.request_id')
      .where('step.organization_id', organizationId)
      .andWhere(timely =>
        timely
          .whereNull('step.not_before')
          .orWhere('step.not_before', '<=', databaseNow(knex)),
      )
      .where('step.phase', phase)
      // Removals are tried for ever, also while a person is asked to look.
      .whereIn(
        'step.state',
        phase === 'removal' ? UNFINISHED : ['pending', 'running', 'waiting'],
      )
      .whereIn(
        'request.state',
        phase === 'removal'
          ? ['ending', 'stuck']
          : ['provisioning', 'propagating'],
      )
      .whereNotExists(
        knex({ earlier: STEPS })
          .select(knex.raw('1'))
          .where('earlier.request_id', knex.ref('step.request_id'))
          .where('earlier.phase', knex.ref('step.phase'))
          .where('earlier.position', '<', knex.ref('step.position'))
          .where('earlier.kind', '<>', knex.ref('step.kind'))
          .whereIn('earlier.state', UNFINISHED)
          // An assignment that AWS does not remove now must not keep people in.
          .whereNot(passable =>
            passable.where('step.kind', 'removeMembers').andWhere(troubled =>
              troubled
                .where('earlier.state', 'failed')
                // With a cloud's own words it waits for more than a result.
                .orWhere(waiting =>
                  waiting
                    .where('earlier.state', 'waiting')
                    .whereNotNull('earlier.cloud_message'),
                ),
            ),
          ),
      )
      .select(
        'step.*',
        'request.number',
        knex.raw('row_number() over (partition by ?? order by ??) as turn', [
          'step.request_id',
          'step.position',
        ]),
      )
      .as('due');
    // In turns, so that a request of one step does not wait behind one of a thousand.
    const rows = await knex
      .from(due)
      .orderBy([{ column: 'turn' }, { column: 'number' }])
      .limit(limit);
    return (rows as StepRecord[]).map(toStep);
  }

  async begin(claim: Claim, stepId: string): Promise<StepRow> {
    const [row] = await this.#knex<StepRecord>(STEPS)
      .where('id', stepId)
      .whereIn('state', UNFINISHED)
      .andWhere(older =>
        older.whereNull('epoch').orWhere('epoch', '<=', claim.epoch),
      )
      .where(whereClaimIsLive(this.#knex, claim))
      .update({
        state: 'running',
        epoch: claim.epoch,
        attempts: this.#knex.raw('attempts + 1'),
        not_before: null,
        started_at: this.#knex.raw('coalesce(started_at, ?)', [
          databaseNow(this.#knex),
        ]),
      } as object)
      .returning('*');
    if (!row) throw new FenceLostError(`Step ${stepId}`);
    return toStep(row as StepRecord);
  }

  async settle(
    claim: Claim,
    stepId: string,
    change: StepChange,
  ): Promise<void> {
    const finished = change.state === 'done' || change.state === 'skipped';
    const changed = await this.#running(claim, stepId).update({
      state: change.state,
      detail: change.detail,
      cloud_message: change.cloudMessage ?? null,
      not_before:
        change.retryInMs === undefined
          ? null
          : databaseNowPlus(this.#knex, change.retryInMs / 1000),
      finished_at: finished ? databaseNow(this.#knex) : null,
      ...(change.result && { result: JSON.stringify(change.result) }),
    });
    if (changed !== 1) throw new FenceLostError(`Step ${stepId}`);
  }

  async fence(claim: Claim, stepId: string): Promise<void> {
    const changed = await this.#running(claim, stepId).update({
      epoch: claim.epoch,
    });
    if (changed !== 1) throw new FenceLostError(`Step ${stepId}`);
  }

  async skipUnfinishedGrants(requestId: string, detail: string) {
    await this.#knex(STEPS)
      .where({ request_id: requestId, phase: 'grant' })
      .whereIn('state', UNFINISHED)
      .update({
        state: 'skipped',
        detail,
        not_before: null,
        finished_at: databaseNow(this.#knex),
      });
  }

  async narrow(
    stepId: string,
    input: Record<string, unknown> | null,
    detail: string,
  ) {
    await this.#knex(STEPS)
      .where({ id: stepId, phase: 'grant' })
      .whereIn('state', UNFINISHED)
      .update(
        input
          ? { input: JSON.stringify(input) }
          : {
              state: 'skipped',
              detail,
              not_before: null,
              finished_at: databaseNow(this.#knex),
            },
      );
  }

  async retryFailed(requestId: string, phase: StepRow['phase']) {
    await this.#knex(STEPS)
      .where({ request_id: requestId, phase, state: 'failed' })
      .update({
        state: 'pending',
        attempts: 0,
        detail: null,
        cloud_message: null,
        not_before: null,
        // What was counted against it counts anew.
        result: null,
      });
  }

  #running(claim: Claim, stepId: string) {
    return this.#knex(STEPS)
      .where({ id: stepId, state: 'running', epoch: claim.epoch })
      .where(whereClaimIsLive(this.#knex, claim));
  }
}
