import { FenceLostError } from '../organizations/FenceLostError';
import { Claim } from '../organizations/OrganizationStore';
import { endOrphans } from './endOrphans';
import { RELEASED } from './holdMandate';
import { keepScope } from './keepScope';
import { keepTeam } from './keepTeam';
import { MandateServices } from './MandateServices';
import { MandateRow } from './MandateStore';

/** Accounts and teams change by the hour; the inventory is read every quarter. */
const LOOK_EVERY_MS = 60 * 1000;

/** Keeps true what requests were approved to keep true. */
export class MandateKeeper {
  readonly #services: MandateServices;
  readonly #lookEveryMs: number;
  readonly #lastLook = new Map<string, number>();
  readonly #looking = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(services: MandateServices & { lookEveryMs?: number }) {
    this.#services = services;
    this.#lookEveryMs = services.lookEveryMs ?? LOOK_EVERY_MS;
  }

  /**
   * One round for the organization of the claim. Looks at the clouds run beside
   * it, so that they hold up nothing else.
   *
   * @param options.mayLook - false while the clouds are not known to be those of
   *   first contact: in others, everybody has left and every account is gone
   * @throws FenceLostError when the work is not the caller's any more
   */
  async keep(
    claim: Claim,
    { mayLook = true }: { mayLook?: boolean } = {},
  ): Promise<void> {
    const { logger, stores } = this.#services;
    await endOrphans(stores, claim, logger);
    const { organizationId } = claim;
    const last = this.#lastLook.get(organizationId);
    const rests =
      last !== undefined && performance.now() - last < this.#lookEveryMs;
    if (!mayLook || rests || this.#stopped) return;
    if (this.#looking.has(organizationId)) return;
    const look = this.look(claim).finally(() => {
      this.#lastLook.set(organizationId, performance.now());
      this.#looking.delete(organizationId);
    });
    this.#looking.set(organizationId, look);
  }

  /** There is news of the organization: the next round looks, whenever it did last. */
  lookSoon(organizationId: string): void {
    this.#lastLook.delete(organizationId);
  }

  /** Looks at every live mandate once. Never throws: the next look goes on. */
  async look(claim: Claim): Promise<void> {
    const { logger, stores } = this.#services;
    try {
      const mandates = await stores.mandates.listLive(claim.organizationId);
      for (const mandate of mandates) {
        if (this.#stopped) return;
        if (mandate.heldReason === null || mandate.heldReason === RELEASED) {
          await this.#keepOne(claim, mandate);
        }
      }
    } catch (error) {
      logger.warn(
        `Mandates of ${claim.organizationId} could not be looked after: ${error}`,
      );
    }
  }

  /** Begins no more looks, and waits for those that are under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#looking.values());
  }

  async #keepOne(claim: Claim, mandate: MandateRow): Promise<void> {
    const { logger, stores } = this.#services;
    try {
      const parent = await stores.requests.get(mandate.requestId);
      if (parent?.state !== 'active') return;
      await (mandate.kind === 'scope'
        ? keepScope(this.#services, claim, mandate, parent)
        : keepTeam(this.#services, claim, mandate, parent));
    } catch (error) {
      if (error instanceof FenceLostError) throw error;
      // One that cannot be read keeps no other waiting.
      logger.warn(`Mandate ${mandate.id} could not be kept true: ${error}`);
    }
  }
}
