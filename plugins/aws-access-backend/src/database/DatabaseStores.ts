import { Knex } from 'knex';
import { DatabaseAuditStore } from '../audit/DatabaseAuditStore';
import { DatabaseOutboxStore } from '../outbox/DatabaseOutboxStore';
import { DatabaseRequestStore } from '../requests/DatabaseRequestStore';
import { readDatabaseNow } from './databaseNow';
import { Stores } from './Stores';

type ComposedStores = Pick<Stores, 'requests' | 'audit' | 'outbox' | 'now'>;

/** The stores of the plugin's database. */
export class DatabaseStores implements ComposedStores {
  readonly requests: DatabaseRequestStore;
  readonly audit: DatabaseAuditStore;
  readonly outbox: DatabaseOutboxStore;
  readonly #knex: Knex;

  /** @param knex - a database that `runMigrations` has brought up to date */
  constructor(knex: Knex) {
    this.#knex = knex;
    this.requests = new DatabaseRequestStore(knex);
    this.audit = new DatabaseAuditStore(knex);
    this.outbox = new DatabaseOutboxStore(knex);
  }

  now(): Promise<string> {
    return readDatabaseNow(this.#knex);
  }

  transaction<T>(work: (stores: ComposedStores) => Promise<T>): Promise<T> {
    return this.#knex.transaction(transaction =>
      work(new DatabaseStores(transaction)),
    );
  }
}
