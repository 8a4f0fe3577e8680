import { LoggerService } from '@backstage/backend-plugin-api';
import { RootStores } from '../database/Stores';
import { Claim } from '../organizations/OrganizationStore';
import { endForgedAccess } from './endForgedAccess';

/** All live leases are read, so that not every round does. */
const LOOK_EVERY_MS = 60_000;

/** Looks now and then for ends of access that somebody has moved in the database. */
export class ForgeryWatch {
  readonly #stores: RootStores;
  readonly #logger: Pick<LoggerService, 'error'>;
  readonly #lookedAt = new Map<string, number>();

  constructor(stores: RootStores, logger: Pick<LoggerService, 'error'>) {
    this.#stores = stores;
    this.#logger = logger;
  }

  /** @throws FenceLostError when the work is not the caller's any more */
  async look(claim: Claim): Promise<void> {
    const { organizationId } = claim;
    const now = performance.now();
    const last = this.#lookedAt.get(organizationId);
    if (last !== undefined && now - last < LOOK_EVERY_MS) return;
    this.#lookedAt.set(organizationId, now);
    await endForgedAccess(this.#stores, claim, this.#logger);
  }
}
