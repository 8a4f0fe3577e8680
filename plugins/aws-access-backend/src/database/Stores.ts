import { AuditStore } from '../audit/AuditStore';
import { RequestNoticeStore } from '../awareness/RequestNoticeStore';
import { FollowUpStore } from '../followUps/FollowUpStore';
import { InventoryStore } from '../inventory/InventoryStore';
import { HeldLeaverStore } from '../leases/HeldLeaverStore';
import { LeaseStore } from '../leases/LeaseStore';
import { MandateStore } from '../mandates/MandateStore';
import { WriteLimitStore } from '../operations/WriteLimitStore';
import { WriteStopStore } from '../operations/WriteStopStore';
import { InstallationStore } from '../organizations/InstallationStore';
import { OrganizationStore } from '../organizations/OrganizationStore';
import { OutboxStore } from '../outbox/OutboxStore';
import { ProvisioningStore } from '../provisioning/stores/ProvisioningStore';
import { RateStore } from '../requests/stores/RateStore';
import { RequestStore } from '../requests/stores/RequestStore';

/**
 * Everything the plugin keeps. Domain code composes the stores; only the
 * `Database*` classes behind them know SQL.
 */
export interface Stores {
  readonly installation: InstallationStore;
  readonly organizations: OrganizationStore;
  readonly writeStops: WriteStopStore;
  readonly writeLimits: WriteLimitStore;
  readonly requests: RequestStore;
  readonly provisioning: ProvisioningStore;
  readonly leases: LeaseStore;
  readonly heldLeavers: HeldLeaverStore;
  readonly mandates: MandateStore;
  readonly inventory: InventoryStore;
  readonly audit: AuditStore;
  readonly outbox: OutboxStore;
  readonly notices: RequestNoticeStore;
  readonly rates: RateStore;
  readonly followUps: FollowUpStore;
  /** The database's time, ISO-8601: the only clock for claims and ends. */
  now(): Promise<string>;
}

/** Stores outside a transaction. */
export interface RootStores extends Stores {
  /**
   * Runs the work in one transaction. Inside it use only the stores that are
   * handed in: SQLite has one connection, and the outer stores would wait for
   * it for ever. No call to a cloud or to another service belongs inside.
   */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
}
