import { Organization } from 'backstage-plugin-aws-access-common';
import { CredentialsReport } from '../clouds/CredentialsCheck';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { Stores } from '../database/Stores';
import { OperationsStore } from '../operations/OperationsStore';
import { LiveAccessStore } from '../operations/LiveAccessStore';
import { isLate } from '../operations/isLate';
import { Health, HealthFacts, judgeHealth } from './judgeHealth';
import { OrganizationsService } from './OrganizationsService';

/** Those that wait for SCIM come before one that is late for another reason. */
const MOST_LOOKED_AT = 1000;

type HealthStores = Pick<
  Stores,
  'organizations' | 'inventory' | 'writeStops' | 'heldLeavers' | 'audit' | 'now'
>;

/** Says in one word how each organization is, and why. */
export class DefaultOrganizationsService implements OrganizationsService {
  readonly #organizations: Record<string, OrganizationConfig>;
  readonly #stores: HealthStores;
  readonly #operations: Pick<OperationsStore, 'listOverdue' | 'listStuck'>;
  readonly #liveAccess: LiveAccessStore;
  readonly #credentials: (id: string) => CredentialsReport | undefined;

  constructor(options: {
    organizations: Record<string, OrganizationConfig>;
    stores: HealthStores;
    operations: Pick<OperationsStore, 'listOverdue' | 'listStuck'>;
    liveAccess: LiveAccessStore;
    /** What this replica has found of the credentials, without looking now. */
    credentials: (id: string) => CredentialsReport | undefined;
  }) {
    this.#organizations = options.organizations;
    this.#stores = options.stores;
    this.#operations = options.operations;
    this.#liveAccess = options.liveAccess;
    this.#credentials = options.credentials;
  }

  async list(): Promise<{ items: Organization[] }> {
    const liveAccess = await this.#liveAccess.list();
    const items = await Promise.all(
      Object.entries(this.#organizations).map(async ([id, config]) => ({
        id,
        title: config.title ?? id,
        ...(await this.#health(
          id,
          config,
          liveAccess.find(held => held.organizationId === id),
        )),
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
    holding: HealthFacts['holding'] = { requests: 0, overdueRequests: 0 },
  ): Promise<Health> {
    const stores = this.#stores;
    const [row, parts, stops, leavers, overdue, [stuck], now] =
      await Promise.all([
        stores.organizations.get(id),
        stores.inventory.getParts(id),
        stores.writeStops.listLive(id),
        stores.heldLeavers.get(id),
        this.#operations.listOverdue(id, MOST_LOOKED_AT),
        this.#operations.listStuck(id, 1),
        stores.now(),
      ]);
    return judgeHealth({
      isContacted: Boolean(row?.pins),
      held: row?.heldReason
        ? { reason: row.heldReason, since: await this.#heldSince(id) }
        : null,
      writes: config.writes,
      holding,
      stops,
      parts,
      staleAfter: config.inventory.staleAfter,
      credentials: this.#credentials(id),
      overdueSince:
        overdue.find(request => isLate(request, now))?.endsAt ?? null,
      stuckSince: stuck?.since ?? null,
      leaversHeldSince: leavers && !leavers.releasedAt ? leavers.since : null,
      now,
    });
  }

  async #heldSince(organizationId: string): Promise<string | null> {
    const [held] = await this.#stores.audit.list({
      organizationId,
      kind: 'organization.held',
      limit: 1,
    });
    return held?.at ?? null;
  }
}
