import { Knex } from 'knex';
import { databaseNow } from '../database/databaseNow';
import { inChunks } from '../database/inChunks';
import {
  LeaseObject,
  leaseObjectKey,
  LeaseRow,
  LeaseStore,
} from './LeaseStore';

const LEASES = 'aws_access_leases';
const HOLDING_STATES = ['provisioning', 'propagating', 'active', 'stuck'];

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
}

/** Why access exists, and until when; ends go by the database's time. */
export class DatabaseLeaseStore implements LeaseStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async insert(
    lease: Omit<LeaseRow, 'endedAt' | 'removedAt'>,
  ): Promise<boolean> {
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

  async listOfRequest(requestId: string): Promise<LeaseRow[]> {
    const rows = await this.#knex<LeaseRecord>(LEASES)
      .where('request_id', requestId)
      .orderBy('object_key');
    return rows.map(toLease);
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
    const groupIds = objectKeys.flatMap(key =>
      key.startsWith('group/') ? [key.slice('group/'.length)] : [],
    );
    const rows = await this.#live(organizationId)
      .andWhereNot('request_id', requestId)
      .andWhere(within => {
        within.whereIn('object_key', objectKeys);
        for (const id of groupIds) {
          within.orWhere('object', 'like', `%"entraGroupId":"${id}"%`);
        }
      });
    return rows.map(toLease);
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
    const rows = await this.#knex('aws_access_requests')
      .where('organization_id', organizationId)
      .whereIn('state', HOLDING_STATES)
      .andWhere('ends_at', '<=', databaseNow(this.#knex))
      .whereNotExists(
        this.#knex('aws_access_authorizations')
          .select(this.#knex.raw('1'))
          .where('kind', 'removal')
          .where('request_id', this.#knex.ref('aws_access_requests.id')),
      )
      .orderBy('ends_at')
      .limit(limit)
      .select('id');
    return rows.map(row => row.id);
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
  };
}
