import { AuditEvent } from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { DatabaseAuditStore } from '../audit/DatabaseAuditStore';
import { DatabaseRequestNoticeStore } from '../awareness/DatabaseRequestNoticeStore';
import { DatabaseFollowUpStore } from '../followUps/DatabaseFollowUpStore';
import { Seals } from '../integrity/Seals';
import { DatabaseInventoryStore } from '../inventory/DatabaseInventoryStore';
import { DatabaseHeldLeaverStore } from '../leases/DatabaseHeldLeaverStore';
import { DatabaseLeaseStore } from '../leases/DatabaseLeaseStore';
import { DatabaseMandateStore } from '../mandates/DatabaseMandateStore';
import { DatabaseWriteLimitStore } from '../operations/DatabaseWriteLimitStore';
import { DatabaseWriteStopStore } from '../operations/DatabaseWriteStopStore';
import { DatabaseInstallationStore } from '../organizations/DatabaseInstallationStore';
import { DatabaseOrganizationStore } from '../organizations/DatabaseOrganizationStore';
import { DatabaseOutboxStore } from '../outbox/DatabaseOutboxStore';
import { DatabaseProvisioningStore } from '../provisioning/stores/DatabaseProvisioningStore';
import { DatabaseRateStore } from '../requests/stores/DatabaseRateStore';
import { DatabaseRequestStore } from '../requests/stores/DatabaseRequestStore';
import { readDatabaseNow } from './databaseNow';
import { RootStores, Stores } from './Stores';

/** The stores of the plugin's database. */
export class DatabaseStores implements RootStores {
  readonly installation: DatabaseInstallationStore;
  readonly organizations: DatabaseOrganizationStore;
  readonly writeStops: DatabaseWriteStopStore;
  readonly writeLimits: DatabaseWriteLimitStore;
  readonly requests: DatabaseRequestStore;
  readonly provisioning: DatabaseProvisioningStore;
  readonly leases: DatabaseLeaseStore;
  readonly heldLeavers: DatabaseHeldLeaverStore;
  readonly mandates: DatabaseMandateStore;
  readonly inventory: DatabaseInventoryStore;
  readonly audit: DatabaseAuditStore;
  readonly outbox: DatabaseOutboxStore;
  readonly notices: DatabaseRequestNoticeStore;
  readonly rates: DatabaseRateStore;
  readonly followUps: DatabaseFollowUpStore;
  readonly #knex: Knex;
  readonly #onOutboxFilled: () => void;
  readonly #onAudited: (events: AuditEvent[]) => void;
  readonly #seals: Seals;

  /**
   * @param knex - a database that `runMigrations` has brought up to date
   * @param seals - what tells records of this product from others
   * @param onOutboxFilled - called once messages are committed and wait for
   *   delivery
   * @param onAudited - called with the audit rows once they are committed
   */
  constructor(
    knex: Knex,
    seals: Seals,
    onOutboxFilled: () => void = () => {},
    onAudited: (events: AuditEvent[]) => void = () => {},
  ) {
    this.#knex = knex;
    this.#onOutboxFilled = onOutboxFilled;
    this.#onAudited = onAudited;
    this.#seals = seals;
    this.installation = new DatabaseInstallationStore(knex);
    this.organizations = new DatabaseOrganizationStore(knex);
    this.writeStops = new DatabaseWriteStopStore(knex);
    this.writeLimits = new DatabaseWriteLimitStore(knex);
    this.requests = new DatabaseRequestStore(knex, seals);
    this.provisioning = new DatabaseProvisioningStore(knex, seals);
    this.leases = new DatabaseLeaseStore(knex, seals);
    this.heldLeavers = new DatabaseHeldLeaverStore(knex);
    this.mandates = new DatabaseMandateStore(knex);
    this.inventory = new DatabaseInventoryStore(knex);
    this.audit = new DatabaseAuditStore(knex, event => onAudited([event]));
    this.outbox = new DatabaseOutboxStore(knex, onOutboxFilled);
    this.notices = new DatabaseRequestNoticeStore(knex);
    this.rates = new DatabaseRateStore(knex);
    this.followUps = new DatabaseFollowUpStore(knex);
  }

  now(): Promise<string> {
    return readDatabaseNow(this.#knex);
  }

  async transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    let isFilled = false;
    const audited: AuditEvent[] = [];
    const result = await this.#knex.transaction(transaction =>
      work(
        new DatabaseStores(
          transaction,
          this.#seals,
          () => {
            isFilled = true;
          },
          events => audited.push(...events),
        ),
      ),
    );
    if (isFilled) this.#onOutboxFilled();
    if (audited.length > 0) this.#onAudited(audited);
    return result;
  }
}
