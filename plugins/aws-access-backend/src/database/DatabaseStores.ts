import { Knex } from 'knex';
import { DatabaseAuditStore } from '../audit/DatabaseAuditStore';
import { DatabaseInventoryStore } from '../inventory/DatabaseInventoryStore';
import { DatabaseLeaseStore } from '../leases/DatabaseLeaseStore';
import { DatabaseOrganizationStore } from '../organizations/DatabaseOrganizationStore';
import { DatabaseOutboxStore } from '../outbox/DatabaseOutboxStore';
import { DatabaseProvisioningStore } from '../provisioning/DatabaseProvisioningStore';
import { DatabaseRequestStore } from '../requests/DatabaseRequestStore';
import { readDatabaseNow } from './databaseNow';
import { RootStores, Stores } from './Stores';

/** The stores of the plugin's database. */
export class DatabaseStores implements RootStores {
  readonly organizations: DatabaseOrganizationStore;
  readonly requests: DatabaseRequestStore;
  readonly provisioning: DatabaseProvisioningStore;
  readonly leases: DatabaseLeaseStore;
  readonly inventory: DatabaseInventoryStore;
  readonly audit: DatabaseAuditStore;
  readonly outbox: DatabaseOutboxStore;
  readonly #knex: Knex;

  /** @param knex - a database that `runMigrations` has brought up to date */
  constructor(knex: Knex) {
    this.#knex = knex;
    this.organizations = new DatabaseOrganizationStore(knex);
    this.requests = new DatabaseRequestStore(knex);
    this.provisioning = new DatabaseProvisioningStore(knex);
    this.leases = new DatabaseLeaseStore(knex);
    this.inventory = new DatabaseInventoryStore(knex);
    this.audit = new DatabaseAuditStore(knex);
    this.outbox = new DatabaseOutboxStore(knex);
  }

  now(): Promise<string> {
    return readDatabaseNow(this.#knex);
  }

  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    return this.#knex.transaction(transaction =>
      work(new DatabaseStores(transaction)),
    );
  }
}
