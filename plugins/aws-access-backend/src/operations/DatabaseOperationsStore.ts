import {
  HeldMandate,
  OrganizationOperations,
  TroubledRequest,
} from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { databaseNow } from '../database/databaseNow';
import { RELEASED } from '../mandates/holdMandate';
import { SCIM_WAIT } from '../wording/scimWait';
import { OperationsStore } from './OperationsStore';

const REQUESTS = 'aws_access_requests';
const STEPS = 'aws_access_steps';

/** How many there are in a state, and for approved requests the first of them. */
interface StateCount {
  state: string;
  count: unknown;
  oldest?: string | null;
}

/** Counts and lists the work that the tables of requests and steps hold. */
export class DatabaseOperationsStore implements OperationsStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async getWorker(
    organizationId: string,
    owner?: string,
  ): Promise<OrganizationOperations['worker']> {
    const row = await this.#knex('aws_access_organizations')
      .where('id', organizationId)
      .andWhere('claim_until', '>', databaseNow(this.#knex))
      .first('claim_epoch', 'claim_until', 'claim_owner');
    return row
      ? {
          epoch: Number(row.claim_epoch),
          claimedUntil: row.claim_until,
          isThisReplica: row.claim_owner === owner,
        }
      : null;
  }

  async countQueue(
    organizationId: string,
  ): Promise<OrganizationOperations['queue']> {
    const [requestRows, stepRows, retried, unconfirmed] = await Promise.all([
      this.#knex(REQUESTS)
        .where('organization_id', organizationId)
        .whereIn('state', ['approved', 'provisioning', 'propagating', 'ending'])
        .groupBy('state')
        .select('state')
        .count({ count: '*' })
        .min({ oldest: 'approved_at' }),
      this.#openSteps(organizationId)
        .groupBy('state')
        .select('state')
        .count({ count: '*' }),
      this.#openSteps(organizationId)
        .where({ state: 'waiting' })
        .whereNotNull('cloud_message')
        .count({ count: '*' })
        .first(),
      this.#knex('aws_access_intents')
        .where({ organization_id: organizationId, state: 'intended' })
        .count({ count: '*' })
        .first(),
    ]);
    const requests = requestRows as unknown as StateCount[];
    const steps = stepRows as unknown as StateCount[];
    const requestsIn = (...states: string[]) =>
      sum(requests.filter(row => states.includes(row.state)));
    return {
      approved: requestsIn('approved'),
      oldestApprovedAt:
        requests.find(row => row.state === 'approved')?.oldest ?? null,
      settingUp: requestsIn('provisioning', 'propagating'),
      takingAway: requestsIn('ending'),
      openSteps: sum(steps),
      waitingSteps: sum(steps.filter(row => row.state === 'waiting')),
      retriedSteps: Number(retried?.count ?? 0),
      unconfirmedWrites: Number(unconfirmed?.count ?? 0),
    };
  }

  async listStuck(
    organizationId: string,
    limit: number,
  ): Promise<TroubledRequest[]> {
    const rows = await this.#knex(REQUESTS)
      .where({ organization_id: organizationId, state: 'stuck' })
      .orderBy('updated_at')
      .limit(limit);
    return this.#describe(rows);
  }

  async listHeld(
    organizationId: string,
    limit: number,
  ): Promise<HeldMandate[]> {
    const rows = await this.#knex('aws_access_mandates as mandate')
      .join(`${REQUESTS} as request`, 'request.id', 'mandate.request_id')
      .where('mandate.organization_id', organizationId)
      .whereNull('mandate.revoked_at')
      .whereNotNull('mandate.held_reason')
      .andWhereNot('mandate.held_reason', RELEASED)
      .orderBy('request.number')
      .limit(limit)
      .select(
        'mandate.id',
        'mandate.request_id',
        'mandate.held_reason',
        'request.number',
        'request.title',
      );
    return rows.map(row => ({
      mandateId: row.id,
      requestId: row.request_id,
      number: row.number,
      title: row.title,
      reason: row.held_reason,
    }));
  }

  async listOverdue(
    organizationId: string,
    limit: number,
  ): Promise<TroubledRequest[]> {
    const knex = this.#knex;
    // What was taken back should have ended then, whatever its time says.
    const due = knex.raw(
      `case when removal.created_at < request.ends_at or request.ends_at is null
        then coalesce(removal.created_at, request.ends_at) else request.ends_at end`,
    );
    const rows = await knex({ request: REQUESTS })
      .leftJoin('aws_access_authorizations as removal', join =>
        join
          .on('removal.request_id', 'request.id')
          .andOnVal('removal.kind', 'removal'),
      )
      .where('request.organization_id', organizationId)
      .whereIn('request.state', [
        'provisioning',
        'propagating',
        'active',
        'ending',
        'stuck',
      ])
      .andWhere(over =>
        over
          .where('request.ends_at', '<=', databaseNow(knex))
          .orWhereNotNull('removal.id'),
      )
      .orderBy('due')
      .limit(limit)
      .select('request.*', { due });
    return this.#describe(rows.map(row => ({ ...row, ends_at: row.due })));
  }

  #openSteps(organizationId: string) {
    return this.#knex(STEPS)
      .where('organization_id', organizationId)
      .whereIn('state', ['pending', 'running', 'waiting']);
  }

  /** Beside each request: the failed step, or the one that is being worked on. */
  async #describe(
    rows: Array<Record<string, any>>,
  ): Promise<TroubledRequest[]> {
    const steps = await this.#knex(STEPS)
      .whereIn(
        'request_id',
        rows.map(row => row.id),
      )
      .whereIn('state', ['failed', 'running', 'waiting'])
      .orderBy('position')
      .select('request_id', 'state', 'title', 'detail', 'cloud_message');
    return rows.map(row => {
      const own = steps.filter(step => step.request_id === row.id);
      const step = own.find(({ state }) => state === 'failed') ?? own[0];
      return {
        id: row.id,
        number: row.number,
        title: row.title,
        state: row.state,
        since: row.updated_at,
        endsAt: row.ends_at,
        step: step?.title ?? null,
        reason: step?.detail ?? row.state_reason,
        cloudMessage: step?.cloud_message ?? null,
        waitsForScim:
          row.state === 'ending' &&
          step?.detail?.startsWith(SCIM_WAIT) === true,
      };
    });
  }
}

function sum(rows: Array<{ count?: unknown }>): number {
  return rows.reduce((total, { count }) => total + Number(count), 0);
}
