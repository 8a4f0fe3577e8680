import { LoggerService } from '@backstage/backend-plugin-api';
import { EntraReads } from '../clouds/EntraCloud';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { RootStores } from '../database/Stores';
import { FenceLostError } from '../organizations/FenceLostError';
import { Claim } from '../organizations/OrganizationStore';
import { endAccessOfLeavers } from './endAccessOfLeavers';

/** What a watch over people who leave needs. */
export interface LeaverWatchServices {
  stores: RootStores;
  entra: () => EntraReads;
  organization: Pick<OrganizationConfig, 'limits'>;
  logger: LoggerService;
  /** Milliseconds from one look to the next. */
  everyMs: number;
  /** Something has ended: there is work. */
  wake: () => void;
}

/**
 * Looks now and then for people who have access and are disabled or deleted in
 * Entra. A large tenant takes a while to read, so the loop does not wait for it.
 */
export class LeaverWatch {
  readonly #services: LeaverWatchServices;
  #lookedAt: number | undefined;
  #running: Promise<void> | undefined;

  constructor(services: LeaverWatchServices) {
    this.#services = services;
  }

  lookIfDue(claim: Claim): void {
    const now = performance.now();
    const isDue =
      this.#lookedAt === undefined ||
      now - this.#lookedAt > this.#services.everyMs;
    if (!isDue || this.#running) return;
    this.#lookedAt = now;
    this.#running = this.#look(claim).finally(() => {
      this.#running = undefined;
    });
  }

  async idle(): Promise<void> {
    await this.#running;
  }

  async #look(claim: Claim): Promise<void> {
    const { stores, entra, logger, organization, wake } = this.#services;
    const { removalsAtOnce } = organization.limits;
    try {
      const hasEnded = await endAccessOfLeavers(
        { stores, entra: entra(), removalsAtOnce, logger },
        claim,
      );
      if (hasEnded) wake();
    } catch (error) {
      logger[error instanceof FenceLostError ? 'info' : 'warn'](
        `It could not be found out who has left Entra: ${error}`,
      );
    }
  }
}
