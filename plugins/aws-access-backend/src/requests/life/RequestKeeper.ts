import { LoggerService } from '@backstage/backend-plugin-api';
import { RootStores } from '../../database/Stores';
import { FenceLostError } from '../../organizations/FenceLostError';
import { Claim } from '../../organizations/OrganizationStore';
import { PersonDirectory } from '../../people/PersonDirectory';
import { RememberingPersonDirectory } from '../../people/RememberingPersonDirectory';
import { askAlternates } from '../asking/askAlternates';
import { askNewApprovers } from '../asking/askNewApprovers';
import { RequestLoader } from '../reading/RequestLoader';
import { withdrawOfLeavers } from './withdrawOfLeavers';

/** A catalog learns of leavers only every few minutes or hours. */
const LOOK_FOR_LEAVERS_EVERY_MS = 5 * 60 * 1000;

/** Looks after requests that wait: what people would forget. */
export class RequestKeeper {
  readonly #services: {
    stores: RootStores;
    loader: RequestLoader;
    directory: PersonDirectory;
    logger: LoggerService;
  };
  readonly #lastLook = new Map<string, number>();
  readonly #keeping = new Set<string>();

  constructor(services: {
    stores: RootStores;
    loader: RequestLoader;
    directory: PersonDirectory;
    logger: LoggerService;
  }) {
    this.#services = services;
  }

  /**
   * Begins a round for the organization of the claim, unless one is under way.
   * A catalog that is silent must not hold up the ends of access, so nobody waits
   * for it.
   */
  keepBeside(claim: Claim): void {
    const { organizationId } = claim;
    if (this.#keeping.has(organizationId)) return;
    this.#keeping.add(organizationId);
    this.keep(claim)
      .catch(error =>
        this.#services.logger.info(
          `Requests that wait are looked after elsewhere: ${error}`,
        ),
      )
      .finally(() => this.#keeping.delete(organizationId));
  }

  /**
   * One round for the organization of the claim. A catalog that cannot be read
   * stops it until the next round, and holds up nothing else.
   *
   * @throws FenceLostError when the work is not the caller's any more
   */
  async keep(claim: Claim): Promise<void> {
    const services = {
      ...this.#services,
      directory: new RememberingPersonDirectory(this.#services.directory),
    };
    try {
      await askAlternates(services, claim);
      if (this.#isTimeToLook(claim.organizationId)) {
        await withdrawOfLeavers(services, claim);
        await askNewApprovers(services, claim);
        this.#lastLook.set(claim.organizationId, performance.now());
      }
    } catch (error) {
      if (error instanceof FenceLostError) throw error;
      this.#services.logger.warn(
        `Requests that wait could not be looked after: ${error}`,
      );
    }
  }

  #isTimeToLook(organizationId: string): boolean {
    const last = this.#lastLook.get(organizationId);
    return (
      last === undefined || performance.now() - last > LOOK_FOR_LEAVERS_EVERY_MS
    );
  }
}
