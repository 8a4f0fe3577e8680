import { Knex } from 'knex';
import { databaseNow } from '../../database/databaseNow';
import { inChunks } from '../../database/inChunks';
import { whereClaimIsLive } from '../../database/whereClaimIsLive';
import { FenceLostError } from '../../organizations/FenceLostError';
import { Claim } from '../../organizations/OrganizationStore';
import { IntentRow, IntentStore, NewIntent, PhasedIntent } from './IntentStore';

const INTENTS = 'aws_access_intents';

interface IntentRecord {
  id: string;
  step_id: string;
  organization_id: string;
  object_key: string;
  operation: string;
  input_digest: string;
  nonce: string | null;
  epoch: number | string;
  attempt: number;
  state: IntentRow['state'];
  before: string | null;
  result: string | null;
  intended_at: string;
  confirmed_at: string | null;
}

/** What is about to be written, recorded before it is sent. */
export class DatabaseIntentStore implements IntentStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async listOfStep(stepId: string): Promise<IntentRow[]> {
    const rows = await this.#knex<IntentRecord>(INTENTS)
      .where('step_id', stepId)
      .orderBy('intended_at');
    return rows.map(toIntent);
  }

  async listOfObject(
    organizationId: string,
    objectKey: string,
  ): Promise<PhasedIntent[]> {
    const found = await this.listOfObjects(organizationId, [objectKey]);
    return found.get(objectKey) ?? [];
  }

  async listOfObjects(
    organizationId: string,
    objectKeys: string[],
  ): Promise<Map<string, PhasedIntent[]>> {
    const rows = await inChunks(objectKeys, chunk =>
      this.#knex({ intent: INTENTS })
        .join('aws_access_steps as step', 'step.id', 'intent.step_id')
        .where('intent.organization_id', organizationId)
        .whereIn('intent.object_key', chunk)
        .orderBy('intent.intended_at')
        .select('intent.*', 'step.phase'),
    );
    const found = new Map<string, PhasedIntent[]>();
    for (const row of rows) {
      const of = found.get(row.object_key) ?? [];
      of.push({ ...toIntent(row), phase: row.phase });
      found.set(row.object_key, of);
    }
    return found;
  }

  async insert(claim: Claim, intent: NewIntent): Promise<void> {
    await this.#requireLive(claim);
    await this.#knex(INTENTS).insert({
      id: intent.id,
      step_id: intent.stepId,
      organization_id: claim.organizationId,
      object_key: intent.objectKey,
      operation: intent.operation,
      input_digest: intent.inputDigest,
      nonce: intent.nonce,
      epoch: claim.epoch,
      attempt: 1,
      state: 'intended',
      before: intent.before === null ? null : JSON.stringify(intent.before),
      intended_at: databaseNow(this.#knex),
    });
  }

  async renew(
    claim: Claim,
    { id, result }: Pick<IntentRow, 'id' | 'result'>,
  ): Promise<void> {
    await this.#change(claim, id, {
      epoch: claim.epoch,
      ...(result?.throttled !== true && {
        attempt: this.#knex.raw('attempt + 1'),
      }),
      result: null,
      intended_at: databaseNow(this.#knex),
    });
  }

  async recordSending(claim: Claim, intentId: string): Promise<void> {
    await this.#change(claim, intentId, {
      intended_at: databaseNow(this.#knex),
    });
  }

  async recordAnswer(
    claim: Claim,
    intentId: string,
    result: Record<string, unknown>,
  ): Promise<void> {
    await this.#change(claim, intentId, { result: JSON.stringify(result) });
  }

  async recordOver(
    claim: Claim,
    intents: Array<Pick<IntentRow, 'id' | 'result'>>,
  ): Promise<void> {
    for (const { id, result } of intents) {
      await this.#open(claim, id).update({
        result: JSON.stringify({ ...result, isOver: true }),
      });
    }
  }

  async conclude(
    claim: Claim,
    intentId: string,
    outcome: Parameters<IntentStore['conclude']>[2],
  ): Promise<void> {
    await this.#change(claim, intentId, {
      state: outcome.state,
      ...(outcome.state === 'confirmed' && {
        confirmed_at: databaseNow(this.#knex),
      }),
      ...(outcome.result && { result: JSON.stringify(outcome.result) }),
      ...(outcome.objectKey && { object_key: outcome.objectKey }),
    });
  }

  async listOutstanding(
    organizationId: string,
    operation: string,
  ): Promise<IntentRow[]> {
    // Of steps that somebody works on: an unknown intent of a request that is
    // stuck must not keep a place for ever.
    const rows = await this.#knex({ intent: INTENTS })
      .join('aws_access_steps as step', 'step.id', 'intent.step_id')
      .where({
        'intent.organization_id': organizationId,
        'intent.operation': operation,
        'intent.state': 'intended',
      })
      .whereIn('step.state', ['running', 'waiting'])
      .select('intent.*');
    return rows.map(toIntent);
  }

  /** Guarded by the state: a concluded intent never changes again. */
  async #change(claim: Claim, intentId: string, change: object) {
    const changed = await this.#open(claim, intentId).update(change);
    if (changed !== 1) throw new FenceLostError(`Intent ${intentId}`);
  }

  #open(claim: Claim, intentId: string) {
    return this.#knex(INTENTS)
      .where({ id: intentId, state: 'intended' })
      .where(whereClaimIsLive(this.#knex, claim));
  }

  async #requireLive(claim: Claim) {
    const live = await this.#knex
      .select(this.#knex.raw('1 as live'))
      .where(whereClaimIsLive(this.#knex, claim))
      .first();
    if (!live) throw new FenceLostError(`Organization ${claim.organizationId}`);
  }
}

function toIntent(row: IntentRecord): IntentRow {
  return {
    id: row.id,
    stepId: row.step_id,
    organizationId: row.organization_id,
    objectKey: row.object_key,
    operation: row.operation,
    inputDigest: row.input_digest,
    nonce: row.nonce,
    epoch: Number(row.epoch),
    attempt: row.attempt,
    state: row.state,
    before: row.before === null ? null : JSON.parse(row.before),
    result: row.result === null ? null : JSON.parse(row.result),
    intendedAt: row.intended_at,
    confirmedAt: row.confirmed_at,
  };
}
