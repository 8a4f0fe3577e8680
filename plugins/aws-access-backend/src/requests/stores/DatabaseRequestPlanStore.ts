import { NotFoundError } from '@backstage/errors';
import { Plan } from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { nextAlternatesAt } from '../../approvals/nextAlternatesAt';
import { databaseNow } from '../../database/databaseNow';
import { inChunks } from '../../database/inChunks';
import { insertAll } from '../../database/insertAll';
import { insertKeys, readRequest } from '../../database/requestKeyRows';
import { insertWords } from '../../database/requestWordRows';
import { permissionSetDocumentSchema } from '../../planning/objects/planDocuments';
import { PlanColumns, toPlanRow } from './requestColumns';
import { keysOfStages, requestKey } from './requestKeys';
import { requestWords } from './requestWords';
import { PlanKey, PlanRow, RequestPlanStore } from './RequestStore';

const REQUESTS = 'aws_access_requests';
const PLANS = 'aws_access_request_plans';
const PEOPLE = 'aws_access_request_people';
const ACCOUNTS = 'aws_access_request_accounts';
const ASKED = 'aws_access_request_asked';

/** Plans of requests, and who has to do with them, in the plugin's database. */
export class DatabaseRequestPlanStore implements RequestPlanStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
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
      // A narrower plan waits since the wider one did.
      opened_at: isNarrower(plan)
        ? this.#knex(PLANS)
            .where({ request_id: plan.requestId, version: plan.version - 1 })
            .select('opened_at')
        : null,
    });
    const key = { request_id: plan.requestId, plan_version: plan.version };
    const gaining = new Set(plan.plan.gains.map(atom => atom.entraUserId));
    const refs = new Map(
      plan.plan.people.map(person => [person.entraUserId, person.entityRef]),
    );
    await insertAll(
      this.#knex,
      PEOPLE,
      [...gaining].map(entraUserId => ({
        ...key,
        entra_user_id: entraUserId,
        entity_ref: refs.get(entraUserId) ?? null,
      })),
    );
    await insertAll(
      this.#knex,
      ACCOUNTS,
      plan.plan.accounts.map(({ id }) => ({ ...key, account_id: id })),
    );
    const request = await readRequest(this.#knex, plan.requestId);
    await insertKeys(this.#knex, plan.requestId, [
      ...[...gaining].flatMap(id => {
        const ref = refs.get(id);
        return ref ? [requestKey.concerns(ref)] : [];
      }),
      ...plan.plan.accounts.map(({ id }) => requestKey.readsAccount(id)),
      ...changedPermissionSets(plan.plan).map(requestKey.changesPermissionSet),
      ...keysOfStages(plan.policy.stages, request.teamRef),
    ]);
    await insertWords(
      this.#knex,
      plan.requestId,
      requestWords(request, plan.plan),
    );
  }

  async insertAsked(
    requestId: string,
    planVersion: number,
    entityRefs: string[],
  ): Promise<void> {
    await insertAll(
      this.#knex,
      ASKED,
      [...new Set(entityRefs)].map(entityRef => ({
        request_id: requestId,
        plan_version: planVersion,
        entity_ref: entityRef,
      })),
    );
    await insertKeys(this.#knex, requestId, entityRefs.map(requestKey.decides));
  }

  async listAsked(requestId: string, planVersion: number): Promise<string[]> {
    return await this.#knex(ASKED)
      .where({ request_id: requestId, plan_version: planVersion })
      .orderBy('entity_ref')
      .pluck('entity_ref');
  }

  async listAskedOf(plans: PlanKey[]) {
    const rows = await inChunks(plans, chunk =>
      this.#knex(ASKED)
        .whereIn(['request_id', 'plan_version'], toPairs(chunk))
        .orderBy('entity_ref')
        .select({ id: 'request_id', ref: 'entity_ref' }),
    );
    const asked = new Map<string, string[]>();
    for (const { id, ref } of rows) {
      asked.set(id, [...(asked.get(id) ?? []), ref]);
    }
    return asked;
  }

  async setOpenedAt(
    requestId: string,
    version: number,
    openedAt: Record<string, string>,
  ) {
    await this.#knex(PLANS)
      .where({ request_id: requestId, version })
      .update({ opened_at: JSON.stringify(openedAt) });
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
    return (await this.getPlans([{ requestId, version }])).get(requestId)!;
  }

  async getPlans(plans: PlanKey[]): Promise<Map<string, PlanRow>> {
    const rows = await inChunks(plans, chunk =>
      this.#knex<PlanColumns>(PLANS).whereIn(
        ['request_id', 'version'],
        toPairs(chunk),
      ),
    );
    const found = new Map(rows.map(row => [row.request_id, toPlanRow(row)]));
    for (const { requestId, version } of plans) {
      if (!found.has(requestId)) {
        throw new NotFoundError(`There is no plan ${version} of this request`);
      }
    }
    return found;
  }
}

function isNarrower({ version, countsFromVersion = version }: PlanRow) {
  return countsFromVersion < version;
}

function toPairs(plans: PlanKey[]): Array<[string, number]> {
  return plans.map(({ requestId, version }) => [requestId, version]);
}

/** Names of the permission sets that the plan makes, changes or removes. */
function changedPermissionSets({ objects }: Plan): string[] {
  return objects
    .filter(
      ({ kind, action }) => kind === 'permissionSet' && action !== 'untouched',
    )
    .map(
      ({ before, after }) =>
        permissionSetDocumentSchema.parse(after ?? before).name,
    );
}
