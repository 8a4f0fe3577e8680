import { Knex } from 'knex';
import { FootprintKey, FootprintStore } from './FootprintStore';

const FOOTPRINTS = 'aws_access_footprints';
const NAMES = 'aws_access_reserved_names';
/** A request in one of these has objects under way, or is about to. */
const HOLDING_STATES = [
  'approved',
  'provisioning',
  'propagating',
  'ending',
  'stuck',
];

/** Which objects and names started requests hold. */
export class DatabaseFootprintStore implements FootprintStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async take(
    organizationId: string,
    requestId: string,
    keys: FootprintKey[],
  ): Promise<string[]> {
    await this.#dropStale(organizationId);
    const sorted = [...keys].sort((a, b) =>
      a.objectKey < b.objectKey ? -1 : 1,
    );
    const exclusive = sorted.filter(key => key.mode === 'exclusive');
    const others = await this.#knex(FOOTPRINTS)
      .where('organization_id', organizationId)
      .whereIn(
        'object_key',
        sorted.map(key => key.objectKey),
      )
      .andWhereNot('request_id', requestId)
      .andWhere(conflict =>
        conflict.where('mode', 'exclusive').orWhereIn(
          'object_key',
          exclusive.map(key => key.objectKey),
        ),
      )
      .distinct('request_id');
    if (others.length > 0) return others.map(row => row.request_id);
    await this.release(requestId);
    await this.#knex.batchInsert(
      FOOTPRINTS,
      sorted.map(key => ({
        organization_id: organizationId,
        object_key: key.objectKey,
        request_id: requestId,
        mode: key.mode,
      })),
      50,
    );
    return [];
  }

  async release(requestId: string): Promise<void> {
    await this.#knex(FOOTPRINTS).where('request_id', requestId).delete();
  }

  async listHolders(organizationId: string): Promise<Set<string>> {
    const rows = await this.#knex({ footprint: FOOTPRINTS })
      .join(
        'aws_access_requests as request',
        'request.id',
        'footprint.request_id',
      )
      .where('footprint.organization_id', organizationId)
      .whereIn('request.state', HOLDING_STATES)
      .distinct('footprint.request_id');
    return new Set(rows.map(row => row.request_id));
  }

  async listOfRequest(requestId: string): Promise<FootprintKey[]> {
    const rows = await this.#knex(FOOTPRINTS)
      .where('request_id', requestId)
      .orderBy('object_key');
    return rows.map(row => ({ objectKey: row.object_key, mode: row.mode }));
  }

  async reserveNames(
    organizationId: string,
    requestId: string,
    foldedNames: string[],
  ): Promise<string[]> {
    const taken: string[] = [];
    for (const name of [...foldedNames].sort()) {
      await this.#knex(NAMES)
        .insert({
          organization_id: organizationId,
          folded_name: name,
          request_id: requestId,
        })
        .onConflict(['organization_id', 'folded_name'])
        .ignore();
      if (await this.isNameReserved(organizationId, name, requestId)) {
        taken.push(name);
      }
    }
    return taken;
  }

  async isNameReserved(
    organizationId: string,
    foldedName: string,
    requestId: string | undefined,
  ): Promise<boolean> {
    const row = await this.#knex(NAMES)
      .where({ organization_id: organizationId, folded_name: foldedName })
      .first('request_id');
    return row !== undefined && row.request_id !== requestId;
  }

  async releaseNames(requestId: string): Promise<void> {
    await this.#knex(NAMES).where('request_id', requestId).delete();
  }

  /** A request may leave its keys behind when it is withdrawn while it starts. */
  async #dropStale(organizationId: string): Promise<void> {
    await this.#knex(FOOTPRINTS)
      .where('organization_id', organizationId)
      .whereNotIn(
        'request_id',
        this.#knex('aws_access_requests')
          .whereIn('state', HOLDING_STATES)
          .select('id'),
      )
      .delete();
  }
}
