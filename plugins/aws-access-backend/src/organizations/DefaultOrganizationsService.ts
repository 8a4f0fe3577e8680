import {
  INVENTORY_PARTS,
  Organization,
} from 'backstage-plugin-aws-access-common';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { freshnessOf } from '../inventory/freshnessOf';
import { InventoryStore } from '../inventory/InventoryStore';
import { OrganizationStore } from './OrganizationStore';
import { OrganizationsService } from './OrganizationsService';

/** Says in one word how each organization is, and why. */
export class DefaultOrganizationsService implements OrganizationsService {
  readonly #organizations: Record<string, OrganizationConfig>;
  readonly #store: Pick<OrganizationStore, 'get'>;
  readonly #inventory: Pick<InventoryStore, 'getParts'>;
  readonly #now: () => Promise<string>;

  constructor(options: {
    organizations: Record<string, OrganizationConfig>;
    store: Pick<OrganizationStore, 'get'>;
    inventory: Pick<InventoryStore, 'getParts'>;
    /** The database's present moment. */
    now: () => Promise<string>;
  }) {
    this.#organizations = options.organizations;
    this.#store = options.store;
    this.#inventory = options.inventory;
    this.#now = options.now;
  }

  async list(): Promise<{ items: Organization[] }> {
    const items = await Promise.all(
      Object.entries(this.#organizations).map(async ([id, config]) => ({
        id,
        title: config.title ?? id,
        ...(await this.#health(id, config)),
        writes: config.writes,
        accessPortalUrl: config.accessPortalUrl ?? null,
        region: config.aws.region,
      })),
    );
    return { items };
  }

  async #health(
    id: string,
    config: OrganizationConfig,
  ): Promise<Pick<Organization, 'health' | 'reason'>> {
    const [row, parts, now] = await Promise.all([
      this.#store.get(id),
      this.#inventory.getParts(id),
      this.#now(),
    ]);
    const firstReason = parts.find(({ reason }) => reason !== null)?.reason;
    if (row?.heldReason) return { health: 'held', reason: row.heldReason };
    if (!row?.pins) {
      return { health: 'unreached', reason: firstReason ?? null };
    }
    const { complete, stale } = freshnessOf(
      [{ parts, staleAfter: config.inventory.staleAfter }],
      INVENTORY_PARTS,
      now,
    );
    if (!complete) {
      return {
        health: 'degraded',
        reason: firstReason ?? 'A part of the inventory could not be read',
      };
    }
    return stale
      ? { health: 'degraded', reason: 'The inventory is older than it may be' }
      : { health: 'ok', reason: null };
  }
}
