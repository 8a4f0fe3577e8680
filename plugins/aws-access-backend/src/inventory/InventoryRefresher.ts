import { LoggerService } from '@backstage/backend-plugin-api';
import { INVENTORY_PARTS } from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import { randomUUID } from 'node:crypto';
import { CloudsProvider } from '../clouds/OrganizationClouds';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { RootStores } from '../database/Stores';
import { LeaseStore } from '../leases/LeaseStore';
import { makeContact } from '../organizations/makeContact';
import { StepRow, StepStore } from '../provisioning/stores/StepStore';
import { Inventory } from './Inventory';
import { InventoryPatcher } from './InventoryPatcher';
import { InventoryReader, UnreadableError } from './InventoryReader';
import { PartsProgress } from './PartsProgress';
import {
  InventoryObject,
  inventoryObjectKey,
  inventoryObjectsOf,
  RefreshStore,
} from './RefreshStore';

type RefresherStores = Pick<RootStores, 'organizations' | 'transaction'> & {
  provisioning: { steps: Pick<StepStore, 'listOfRequest'> };
};

/** How often a running refresh says how far it is and that it is alive. */
const HEARTBEAT_MS = 1_000;

/**
 * Keeps the inventory fresh: on time, on demand, and after our own changes. The
 * database decides which replica refreshes which organization.
 */
export class InventoryRefresher {
  readonly #runner = randomUUID();
  readonly #worker: string | undefined;
  readonly #organizations: Record<string, OrganizationConfig>;
  readonly #clouds: CloudsProvider;
  readonly #refreshes: RefreshStore;
  readonly #stores: RefresherStores;
  readonly #leases: Pick<LeaseStore, 'listOfRequest'>;
  readonly #reader: InventoryReader;
  readonly #patcher: InventoryPatcher;
  readonly #logger: LoggerService;
  readonly #running = new Map<string, Promise<void>>();
  readonly #stopped = new AbortController();

  constructor(options: {
    organizations: Record<string, OrganizationConfig>;
    clouds: CloudsProvider;
    inventory: Inventory;
    stores: RefresherStores;
    leases: Pick<LeaseStore, 'listOfRequest'>;
    logger: LoggerService;
    /**
     * The name under which this process claims organizations to write to them.
     * Where another one does, the inventory is read there: what is read and what
     * is carried out share a limiter, and so keep below AWS's rate together. Left
     * out = it does not matter who does.
     */
    worker?: string;
  }) {
    this.#worker = options.worker;
    this.#organizations = options.organizations;
    this.#clouds = options.clouds;
    this.#refreshes = options.inventory.refreshes;
    this.#stores = options.stores;
    this.#leases = options.leases;
    this.#reader = new InventoryReader({
      ...options.inventory,
      logger: options.logger,
    });
    this.#patcher = new InventoryPatcher(options.inventory.patches);
    this.#logger = options.logger;
  }

  /**
   * Begins every refresh that is due and that no replica runs. Call it often.
   * Failures are logged and stored, never thrown.
   *
   * @returns when all that was begun here has ended
   */
  async runDue(): Promise<void> {
    await Promise.all(
      Object.keys(this.#organizations).map(id => this.#runOne(id)),
    );
  }

  /** Asks for a refresh; this replica begins it now unless another is at it. */
  async requestRefresh(organizationId: string): Promise<void> {
    await this.#refreshes.request(organizationId);
    void this.#runOne(organizationId);
  }

  /**
   * Reads again what a request changed in the clouds, so that pages show it
   * before the next refresh. Call it when the change is done and outside
   * transactions. Never throws: the next refresh brings what this could not.
   */
  async refreshAfterRequest(
    organizationId: string,
    requestId: string,
  ): Promise<void> {
    try {
      const [leases, steps] = await Promise.all([
        this.#leases.listOfRequest(requestId),
        this.#stores.provisioning.steps.listOfRequest(requestId),
      ]);
      const changed = uniqueObjects([
        ...leases.flatMap(({ object }) => inventoryObjectsOf(object)),
        // A change of a permission set that was there leaves no lease.
        ...steps.flatMap(changedPermissionSet),
      ]);
      await this.#refreshes.recordPatches(organizationId, changed);
      await this.#patcher.readAgain(
        organizationId,
        this.#clouds.forOrganization(organizationId),
        changed,
      );
    } catch (error) {
      this.#logger.warn(
        `The inventory of ${organizationId} could not read again what request ${requestId} changed: ${
          (error as Error).message
        }`,
      );
    }
  }

  /** Ends what runs here; another replica may begin it again at once. */
  async stop(): Promise<void> {
    this.#stopped.abort(new Error('The backend is shutting down'));
    await Promise.all(this.#running.values());
  }

  #runOne(organizationId: string): Promise<void> {
    const running = this.#running.get(organizationId);
    if (running || this.#stopped.signal.aborted)
      return running ?? Promise.resolve();
    const run = this.#refresh(organizationId)
      .catch(error => {
        this.#logger.error(
          `The refresh of the inventory of ${organizationId} ended early: ${
            (error as Error).message
          }`,
        );
      })
      .finally(() => this.#running.delete(organizationId));
    this.#running.set(organizationId, run);
    return run;
  }

  async #refresh(organizationId: string): Promise<void> {
    const every = Duration.fromISO(
      this.#organizations[organizationId].inventory.refreshEvery,
    ).as('seconds');
    // A read only organization has no worker, only claims of a moment.
    const worker =
      this.#organizations[organizationId].writes === 'off'
        ? undefined
        : this.#worker;
    const since = await this.#refreshes.begin(
      organizationId,
      this.#runner,
      every,
      worker,
    );
    if (!since) return;
    const lost = new AbortController();
    const signal = AbortSignal.any([this.#stopped.signal, lost.signal]);
    const progress = new PartsProgress();
    const heartbeat = setInterval(() => {
      this.#refreshes
        .progress(organizationId, this.#runner, progress.current(), worker)
        .then(alive => {
          if (!alive) lost.abort(new Error('Another replica has taken over'));
        })
        .catch(error => lost.abort(error));
    }, HEARTBEAT_MS);
    try {
      const reading = this.#readAll(organizationId, since, signal, progress);
      // A call that waits for its next attempt must not hold up a shutdown; what
      // it leads to is dropped at the next look at the signal.
      reading.catch(() => {});
      await Promise.race([reading, rejectWhenAborted(signal)]);
    } finally {
      clearInterval(heartbeat);
      if (signal.aborted) {
        await this.#refreshes.abandon(organizationId, this.#runner);
      } else {
        await this.#refreshes.finish(organizationId, this.#runner);
      }
    }
  }

  async #readAll(
    organizationId: string,
    since: string,
    signal: AbortSignal,
    progress: PartsProgress,
  ): Promise<void> {
    const clouds = this.#clouds.forOrganization(organizationId, 'inventory');
    try {
      const { mismatch } = await makeContact(
        this.#stores,
        clouds,
        organizationId,
      );
      if (mismatch) {
        // Its rows would mix two organizations under one name.
        await this.#reader.failAll(
          organizationId,
          INVENTORY_PARTS,
          new UnreadableError(mismatch),
        );
        return;
      }
    } catch (error) {
      signal.throwIfAborted();
      // One cloud is out of reach: what the other holds can still be read, and
      // each part says for itself what it could not.
      const row = await this.#stores.organizations.get(organizationId);
      if (!row?.pins) {
        await this.#reader.failAll(organizationId, INVENTORY_PARTS, error);
        return;
      }
    }
    await this.#reader.readAll({
      organizationId,
      since,
      clouds,
      signal,
      shares: sharesOf(this.#organizations[organizationId]),
      report: part => progress.report(part),
      finished: part => progress.finished(part),
    });
    signal.throwIfAborted();
    const patches = await this.#refreshes.takePatchesSince(
      organizationId,
      since,
    );
    await this.#patcher.readAgain(organizationId, clouds, patches);
  }
}

/**
 * How much is read in turns at each refresh. Details of permission sets come
 * round before they are stale; assignments to users, which cost a call for each
 * account and set, in half a day.
 */
function sharesOf({ inventory }: OrganizationConfig) {
  const seconds = (text: string) => Duration.fromISO(text).as('seconds');
  const every = seconds(inventory.refreshEvery);
  return {
    details: Math.min(1, every / (0.75 * seconds(inventory.staleAfter))),
    pairs: Math.min(1, every / seconds('PT12H')),
  };
}

function changedPermissionSet({ result }: StepRow): InventoryObject[] {
  const arn = result?.permissionSetArn;
  return typeof arn === 'string' ? [{ kind: 'permissionSet', arn }] : [];
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

/** A group and its ten members are one thing to read again. */
function uniqueObjects(objects: InventoryObject[]): InventoryObject[] {
  return [
    ...new Map(
      objects.map(object => [inventoryObjectKey(object), object]),
    ).values(),
  ];
}
