import {
  HOLDING_REQUEST_STATES,
  RequestState,
} from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { databaseNow } from '../database/databaseNow';
import { inChunks } from '../database/inChunks';
import { SealedRecord, Seals } from '../integrity/Seals';
import {
  LeaseObject,
  leaseObjectKey,
  LeaseRow,
  LeaseStore,
  NewLease,
} from './LeaseStore';

const LEASES = 'aws_access_leases';
/** States of requests whose way back is under way. */
const ENDING_STATES = ['ending', 'stuck'];

interface LeaseRecord {
  id: string;
  organization_id: string;
  request_id: string;
  object_key: string;
  object_kind: string;
  object: string;
  team_ref: string;
  starts_at: string;
  ends_at: string | null;
  ended_at: string | null;
  removed_at: string | null;
  taken_by_request_id: string | null;
}

type SealedLease = Pick<LeaseRecord, 'id' | 'request_id' | 'ends_at'> & {
  seal: string | null;
  request_ends_at: string | null;
  request_state: RequestState;
};

/** What of a lease is sealed: until when it is a reason, and for which request. */
export function leaseRecord(
  row: Pick<LeaseRecord, 'id' | 'request_id' | 'ends_at'>,
): SealedRecord {
  return {
    kind: 'lease',
    id: row.id,
    requestId: row.request_id,
    endsAt: row.ends_at,
  };
}

/** Why access exists, and until when; ends go by the database's time. */
export class DatabaseLeaseStore implements LeaseStore {
  readonly #knex: Knex;
  readonly #seals: Seals;

  constructor(knex: Knex, seals: Seals) {
    this.#knex = knex;
    this.#seals = seals;
  }

  async insert(lease: NewLease): Promise<boolean> {
    const inserted = await this.#knex(LEASES)
      .insert({
        id: lease.id,
        organization_id: lease.organizationId,
        request_id: lease.requestId,
        object_key: lease.objectKey,
        object_kind: lease.object.kind,
        object: JSON.stringify(lease.object),
        team_ref: lease.teamRef,
        starts_at: lease.startsAt,
        ends_at: lease.endsAt,
        seal: this.#seals.seal(
          leaseRecord({
            id: lease.id,
            request_id: lease.requestId,
            ends_at: lease.endsAt,
          }),
        ),
      })
      .onConflict(['request_id', 'object_key'])
      .ignore()
      .returning('id');
    return inserted.length === 1;
  }

  async identify(
    requestId: string,
    objectKey: string,
    object: LeaseObject,
  ): Promise<void> {
    await this.#knex(LEASES)
      .where({ request_id: requestId, object_key: objectKey })
      .update({
        object_key: leaseObjectKey(object),
        object: JSON.stringify(object),
      });
  }

  async find(
    requestId: string,
    objectKey: string,
  ): Promise<LeaseRow | undefined> {
    const row = await this.#knex<LeaseRecord>(LEASES)
      .where({ request_id: requestId, object_key: objectKey })
      .first();
    return row && toLease(row);
  }

  async listOfRequest(requestId: string): Promise<LeaseRow[]> {
    const rows = await this.#knex<LeaseRecord>(LEASES)
      .where('request_id', requestId)
      .orderBy('object_key');
    return rows.map(toLease);
  }

  async listObjectsOf(
    organizationId: string,
    entraIds: string[],
  ): Promise<LeaseObject[]> {
    if (entraIds.length === 0) return [];
    const rows = await this.#knex<LeaseRecord>(LEASES)
      .where('organization_id', organizationId)
      .andWhere(of => {
        for (const id of entraIds) {
          of.orWhere('object', 'like', `%"entraGroupId":"${id}"%`);
          of.orWhere('object', 'like', `%"entraUserId":"${id}"%`);
        }
      })
      .distinct('object_key', 'object');
    return rows.map(({ object }) => JSON.parse(object));
  }

  async listLive(organizationId: string): Promise<LeaseRow[]> {
    return (await this.#live(organizationId)).map(toLease);
  }

  async isWantedByOthers(
    organizationId: string,
    objectKey: string,
    requestId: string,
  ): Promise<boolean> {
    const holders = await this.listOtherHolders(
      organizationId,
      objectKey,
      requestId,
    );
    return holders.length > 0;
  }

  async listOtherHolders(
    organizationId: string,
    objectKey: string,
    requestId: string,
  ): Promise<LeaseRow[]> {
    const rows = await this.#live(organizationId)
      .andWhere('object_key', objectKey)
      .andWhereNot('request_id', requestId);
    return rows.map(toLease);
  }

  async listOtherHoldersWithin(
    organizationId: string,
    objectKeys: string[],
    requestId: string,
  ): Promise<LeaseRow[]> {
    const rows = await this.#live(organizationId)
      .andWhereNot('request_id', requestId)
      .andWhere(isWithin(objectKeys));
    return rows.map(toLease);
  }

  async listEndingWithin(
    organizationId: string,
    objectKeys: string[],
    requestId: string,
  ): Promise<LeaseRow[]> {
    // By the few requests that end now, and not among all that ever ended.
    const rows = await this.#knex<LeaseRecord>(LEASES)
      .whereNotNull('ended_at')
      .whereNull('removed_at')
      .andWhereNot('request_id', requestId)
      .andWhere(isWithin(objectKeys))
      .whereIn(
        'request_id',
        this.#knex('aws_access_requests')
          .where('organization_id', organizationId)
          .whereIn('state', ['ending', 'stuck'])
          .select('id'),
      );
    return rows.map(toLease);
  }

  async take(leaseIds: string[], byRequestId: string): Promise<void> {
    await this.end(leaseIds);
    await inChunks(leaseIds, async ids => {
      await this.#knex(LEASES)
        .whereIn('id', ids)
        .whereNull('taken_by_request_id')
        .update({ taken_by_request_id: byRequestId });
      return [];
    });
  }

  async markTakenRemoved(
    byRequestId: string,
    objectKey: string,
  ): Promise<LeaseRow[]> {
    const rows = await this.#knex<LeaseRecord>(LEASES)
      .where('taken_by_request_id', byRequestId)
      .whereNull('removed_at')
      .andWhere(gone => {
        gone.where('object_key', objectKey);
        for (const id of groupIdsOf([objectKey])) {
          gone.orWhere(inIt =>
            inIt
              .whereIn('object_kind', ['membership', 'applicationAssignment'])
              .andWhere('object', 'like', `%"entraGroupId":"${id}"%`),
          );
        }
      })
      .update({ removed_at: databaseNow(this.#knex) } as object)
      .returning('*');
    return (rows as LeaseRecord[]).map(toLease);
  }

  async end(leaseIds: string[]): Promise<void> {
    await inChunks(leaseIds, async ids => {
      await this.#knex(LEASES)
        .whereIn('id', ids)
        .whereNull('ended_at')
        .update({ ended_at: databaseNow(this.#knex) });
      return [];
    });
  }

  async endOfRequest(requestId: string): Promise<void> {
    await this.#knex(LEASES)
      .where({ request_id: requestId })
      .whereNull('ended_at')
      .update({ ended_at: databaseNow(this.#knex) });
  }

  async markRemoved(requestId: string, objectKey: string): Promise<boolean> {
    const changed = await this.#knex(LEASES)
      .where({ request_id: requestId, object_key: objectKey })
      .whereNull('removed_at')
      .update({ removed_at: databaseNow(this.#knex) });
    return changed === 1;
  }

  async listExpiredRequestIds(
    organizationId: string,
    limit: number,
  ): Promise<string[]> {
    // By the request and not by its leases: a request that is stuck before its
    // first write has no lease yet, and its end counts all the same.
    const due = await this.#knex('aws_access_requests as request')
      .where('organization_id', organizationId)
      .whereIn('state', HOLDING_REQUEST_STATES)
      .andWhere('ends_at', '<=', databaseNow(this.#knex))
      .whereNotExists(this.#removalOf('request.id'))
      .orderBy('ends_at')
      .limit(limit)
      .select('id');
    // Whatever state the record of its request is in: a live lease is access.
    const hidden = await this.#knex(`${LEASES} as lease`)
      .join('aws_access_requests as request', 'request.id', 'lease.request_id')
      .where('lease.organization_id', organizationId)
      .whereNull('lease.ended_at')
      .andWhere('lease.ends_at', '<=', databaseNow(this.#knex))
      .whereNotIn('request.state', HOLDING_REQUEST_STATES)
      .whereNotExists(this.#removalOf('request.id'))
      .groupBy('request.id')
      .select('request.id')
      .min('lease.ends_at as due_at')
      .orderBy('due_at')
      .limit(limit);
    return [...due, ...hidden].map(row => row.id);
  }

  async listForgedRequestIds(organizationId: string): Promise<string[]> {
    const rows = await this.#knex(`${LEASES} as lease`)
      .join('aws_access_requests as request', 'request.id', 'lease.request_id')
      .where('lease.organization_id', organizationId)
      .whereNull('lease.ended_at')
      .select<SealedLease[]>(
        'lease.id',
        'lease.request_id',
        'lease.ends_at',
        'lease.seal',
        'request.ends_at as request_ends_at',
        'request.state as request_state',
      );
    const forged = rows.filter(
      row =>
        !HOLDING_REQUEST_STATES.includes(row.request_state) ||
        row.ends_at !== row.request_ends_at ||
        // Without a key every seal passes; the rest counts all the same.
        !this.#seals.isGenuine(leaseRecord(row), row.seal),
    );
    // The steps of the way back run in these states only.
    const stopped = await this.#knex('aws_access_steps as step')
      .join('aws_access_requests as request', 'request.id', 'step.request_id')
      .where({ 'step.organization_id': organizationId, phase: 'removal' })
      .whereNotIn('step.state', ['done', 'skipped'])
      .whereNotIn('request.state', ENDING_STATES)
      .distinct('step.request_id');
    return [
      ...new Set([...forged, ...stopped].map(({ request_id }) => request_id)),
    ];
  }

  #removalOf(requestId: string) {
    return this.#knex('aws_access_authorizations')
      .select(this.#knex.raw('1'))
      .where('kind', 'removal')
      .where('request_id', this.#knex.ref(requestId));
  }

  #live(organizationId: string) {
    return this.#knex<LeaseRecord>(LEASES)
      .where('organization_id', organizationId)
      .whereNull('ended_at')
      .andWhere(lasting =>
        lasting
          .whereNull('ends_at')
          .orWhere('ends_at', '>', databaseNow(this.#knex)),
      );
  }
}

function toLease(row: LeaseRecord): LeaseRow {
  return {
    id: row.id,
    organizationId: row.organization_id,
    requestId: row.request_id,
    objectKey: row.object_key,
    object: JSON.parse(row.object),
    teamRef: row.team_ref,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    endedAt: row.ended_at,
    removedAt: row.removed_at,
    takenByRequestId: row.taken_by_request_id,
  };
}

function groupIdsOf(objectKeys: string[]): string[] {
  return objectKeys.flatMap(key =>
    key.startsWith('group/') ? [key.slice('group/'.length)] : [],
  );
}

/** Leases on any of the objects, and on whatever is of a group among them. */
function isWithin(objectKeys: string[]) {
  return (within: Knex.QueryBuilder) => {
    within.whereIn('object_key', objectKeys);
    for (const id of groupIdsOf(objectKeys)) {
      within.orWhere('object', 'like', `%"entraGroupId":"${id}"%`);
    }
  };
}
