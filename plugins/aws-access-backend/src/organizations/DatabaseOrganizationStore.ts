import { OrganizationPins } from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../database/databaseNow';
import { FenceLostError } from './FenceLostError';
import { Claim, OrganizationRow, OrganizationStore } from './OrganizationStore';

const ORGANIZATIONS = 'aws_access_organizations';

/** Organizations: their pins, whether writes are held, and who works for them. */
export class DatabaseOrganizationStore implements OrganizationStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(id: string): Promise<OrganizationRow | undefined> {
    const row = await this.#knex(ORGANIZATIONS).where({ id }).first();
    return (
      row && {
        id: row.id,
        pins: row.pins === null ? null : JSON.parse(row.pins),
        pinnedAt: row.pinned_at,
        heldReason: row.held_reason,
      }
    );
  }

  async pin(pins: OrganizationPins): Promise<OrganizationRow> {
    const id = pins.organizationId;
    await this.#ensureRow(id);
    // Guarded, so that whoever comes second compares with the first pins.
    await this.#knex(ORGANIZATIONS)
      .where({ id })
      .whereNull('pins')
      .update({
        pins: JSON.stringify(pins),
        pinned_at: databaseNow(this.#knex),
      });
    return (await this.get(id))!;
  }

  async hold(id: string, reason: string | null): Promise<void> {
    await this.#ensureRow(id);
    await this.#knex(ORGANIZATIONS)
      .where({ id })
      .update({ held_reason: reason });
  }

  async claim(
    id: string,
    owner: string,
    seconds: number,
  ): Promise<Claim | undefined> {
    await this.#ensureRow(id);
    const until = databaseNowPlus(this.#knex, seconds);
    const now = databaseNow(this.#knex);
    const renewed = await this.#knex(ORGANIZATIONS)
      .where({ id, claim_owner: owner })
      .andWhere('claim_until', '>', now)
      .update({ claim_until: until })
      .returning('claim_epoch');
    // A claim of our own that ran out is taken over like anybody else's: work
    // begun under it may have been seen as abandoned.
    const [row] = renewed.length
      ? renewed
      : await this.#knex(ORGANIZATIONS)
          .where({ id })
          .andWhere(free =>
            free.whereNull('claim_until').orWhere('claim_until', '<=', now),
          )
          .update({
            claim_owner: owner,
            claim_until: until,
            claim_epoch: this.#knex.raw('claim_epoch + 1'),
          })
          .returning('claim_epoch');
    return row && { organizationId: id, owner, epoch: Number(row.claim_epoch) };
  }

  async release(claim: Claim): Promise<void> {
    await this.#knex(ORGANIZATIONS)
      .where(claimRow(claim))
      .update({ claim_owner: null, claim_until: null });
  }

  async holds(claim: Claim): Promise<boolean> {
    const row = await this.#knex(ORGANIZATIONS)
      .where(claimRow(claim))
      .andWhere('claim_until', '>', databaseNow(this.#knex))
      .first('id');
    return row !== undefined;
  }

  async fence(claim: Claim): Promise<void> {
    const held = await this.#knex(ORGANIZATIONS)
      .where(claimRow(claim))
      .andWhere('claim_until', '>', databaseNow(this.#knex))
      .update({ claim_epoch: claim.epoch });
    if (held !== 1) {
      throw new FenceLostError(`Organization ${claim.organizationId}`);
    }
  }

  async #ensureRow(id: string): Promise<void> {
    await this.#knex(ORGANIZATIONS).insert({ id }).onConflict('id').ignore();
  }
}

function claimRow(claim: Claim) {
  return {
    id: claim.organizationId,
    claim_owner: claim.owner,
    claim_epoch: claim.epoch,
  };
}
