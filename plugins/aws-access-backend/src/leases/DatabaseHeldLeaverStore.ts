import { Knex } from 'knex';
import { databaseNow } from '../database/databaseNow';
import { HeldLeavers, HeldLeaverStore } from './HeldLeaverStore';

interface HeldLeaverRecord {
  organization_id: string;
  people: string;
  since: string;
  released_at: string | null;
}

/** One row for an organization in which people wait. */
export class DatabaseHeldLeaverStore implements HeldLeaverStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(organizationId: string): Promise<HeldLeavers | undefined> {
    const row = await this.#of(organizationId).first();
    return (
      row && {
        people: JSON.parse(row.people),
        since: row.since,
        releasedAt: row.released_at,
      }
    );
  }

  async hold(organizationId: string, people: string[]): Promise<void> {
    const waiting = {
      people: JSON.stringify([...people].sort()),
      released_at: null,
    };
    await this.#knex('aws_access_held_leavers')
      .insert({
        ...waiting,
        organization_id: organizationId,
        since: databaseNow(this.#knex),
      })
      .onConflict('organization_id')
      .merge(waiting);
  }

  async release(organizationId: string, people: number): Promise<boolean> {
    const held = await this.get(organizationId);
    if (!held || held.releasedAt || held.people.length !== people) return false;
    const released = await this.#of(organizationId)
      .where('people', JSON.stringify(held.people))
      .whereNull('released_at')
      .update({ released_at: databaseNow(this.#knex) } as object);
    return released === 1;
  }

  async remove(organizationId: string): Promise<void> {
    await this.#of(organizationId).delete();
  }

  #of(organizationId: string) {
    return this.#knex<HeldLeaverRecord>('aws_access_held_leavers').where(
      'organization_id',
      organizationId,
    );
  }
}
