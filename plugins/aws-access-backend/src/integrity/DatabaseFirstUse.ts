import { Knex } from 'knex';
import { readDatabaseNow } from '../database/databaseNow';
import { decisionRecord } from '../requests/stores/requestColumns';
import { authorizationRecord } from '../provisioning/stores/DatabaseAuthorizationStore';
import { leaseRecord } from '../leases/DatabaseLeaseStore';
import { SealedRecord, Seals } from './Seals';

const INTEGRITY = 'aws_access_integrity';
const SEALED_TABLES = [
  'aws_access_decisions',
  'aws_access_authorizations',
  'aws_access_leases',
];
/** What is made of records in these states could give somebody something. */
const GIVING_STATES = ['pending', 'approved', 'provisioning', 'propagating'];

/**
 * The first use of a key: what is there already is sealed as it is, once, where
 * it can give nothing. Whatever waits for a decision or for its start is decided
 * anew.
 */
export class DatabaseFirstUse {
  readonly #knex: Knex;
  readonly #seals: Seals;

  constructor(knex: Knex, seals: Seals) {
    this.#knex = knex;
    this.#seals = seals;
  }

  /**
   * @returns whether this was the first use
   * @throws Error when the records were sealed with other keys, or when seals are
   *   there and the record of their first use is not; it stops the start
   */
  async begin(): Promise<boolean> {
    return this.#knex.transaction(async transaction => {
      const known = await transaction(INTEGRITY).where('key', 'seals').first();
      if (known) {
        this.#demandGenuine(known.first_used_at, known.seal);
        return false;
      }
      for (const table of SEALED_TABLES) {
        if (await transaction(table).whereNotNull('seal').first('seal')) {
          throw new Error(
            'awsAccess.integrityKey: records have seals, but the record of their first use is gone. Somebody has changed the database: compare it with the audit log and its heads in the log, and restore it from a backup.',
          );
        }
      }
      await this.#sealPresent(transaction);
      const firstUsedAt = await readDatabaseNow(transaction);
      const inserted = await transaction(INTEGRITY)
        .insert({
          key: 'seals',
          first_used_at: firstUsedAt,
          seal: this.#seals.seal({ kind: 'firstUse', firstUsedAt }),
        })
        .onConflict('key')
        .ignore()
        .returning('key');
      return inserted.length === 1;
    });
  }

  #demandGenuine(firstUsedAt: string, seal: string): void {
    if (!this.#seals.isGenuine({ kind: 'firstUse', firstUsedAt }, seal)) {
      throw new Error(
        'awsAccess.integrityKey: none of the keys has sealed the records of this database. Add the former key to the end of the list.',
      );
    }
  }

  async #sealPresent(transaction: Knex.Transaction): Promise<void> {
    const settled = transaction('aws_access_requests')
      .whereNotIn('state', GIVING_STATES)
      .select('id');
    await this.#sealRows(
      transaction,
      'aws_access_decisions',
      await transaction('aws_access_decisions').whereIn('request_id', settled),
      decisionRecord,
    );
    await this.#sealRows(
      transaction,
      'aws_access_authorizations',
      await transaction('aws_access_authorizations').where('kind', 'removal'),
      row => authorizationRecord(row, null),
    );
    await this.#sealRows(
      transaction,
      'aws_access_leases',
      await transaction('aws_access_leases').whereNull('ended_at'),
      leaseRecord,
    );
  }

  async #sealRows<Row extends { id: string }>(
    transaction: Knex.Transaction,
    table: string,
    rows: Row[],
    toRecord: (row: Row) => SealedRecord,
  ): Promise<void> {
    for (const row of rows) {
      await transaction(table)
        .where('id', row.id)
        .update({ seal: this.#seals.seal(toRecord(row)) });
    }
  }
}
