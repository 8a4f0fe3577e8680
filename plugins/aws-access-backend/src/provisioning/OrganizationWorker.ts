import { setTimeout as delay } from 'node:timers/promises';
import { sendNotices } from '../awareness/sendNotices';
import { expireAccess } from '../leases/expireAccess';
import { LeaverWatch } from '../leases/LeaverWatch';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { makeContact } from '../organizations/makeContact';
import { Claim } from '../organizations/OrganizationStore';
import { FenceLostError } from '../organizations/FenceLostError';
import { lapseRequests } from './starting/lapseRequests';
import { ProvisioningEngineOptions } from './ProvisioningEngine';
import { ProvisioningPace } from './ProvisioningPace';
import { RequestStarter } from './starting/RequestStarter';
import { StepRunner } from './running/StepRunner';
import { WakeableTimer } from './WakeableTimer';

/**
 * How long attempts may go on once the backend is told to stop. Platforms kill it
 * after some 30 seconds; what has not finished is as safe as after a kill.
 */
const GRACE_MS = 10_000;

/** What the worker of one organization needs. */
export interface OrganizationWorkerOptions
  extends Omit<ProvisioningEngineOptions, 'pace'> {
  organizationId: string;
  organization: OrganizationConfig;
  owner: string;
  pace: ProvisioningPace;
}

/**
 * The loop of one organization: claim, contact, lapse, end, start, carry out. A
 * round only hands out work; attempts run beside it, so that a request that
 * waits never blocks another.
 */
export class OrganizationWorker {
  readonly #options: OrganizationWorkerOptions;
  readonly #timer: WakeableTimer;
  readonly #steps: StepRunner;
  readonly #starter: RequestStarter;
  readonly #leavers: LeaverWatch;
  #claim: Claim | undefined;
  #contact: { epoch: number; at: number; held: string | null } | undefined;
  #running: Promise<void> | undefined;
  readonly #stopping = new AbortController();

  constructor(options: OrganizationWorkerOptions) {
    this.#options = options;
    this.#timer = new WakeableTimer(options.config.worker.pollSeconds * 1000);
    const wake = (inMs = 0) => this.#timer.wake(inMs);
    this.#steps = new StepRunner(options, wake);
    this.#starter = new RequestStarter(options, wake);
    this.#leavers = new LeaverWatch({
      ...options,
      entra: () => options.clouds.forOrganization(options.organizationId).entra,
      everyMs: options.pace.leaversMs,
      wake,
    });
  }

  start(): void {
    this.#running ??= this.#loop();
  }

  wake(): void {
    this.#timer.wake(0);
  }

  /**
   * Lets what is under way finish, for a while, and gives the claim back: another
   * replica goes on at once, and what is still under way here is turned away by
   * its fence.
   */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#timer.wake(0);
    const finished = new AbortController();
    const atRest = this.#comeToRest().finally(() => finished.abort());
    await Promise.race([
      atRest,
      delay(GRACE_MS, undefined, { signal: finished.signal }).catch(() => {}),
    ]);
    if (this.#claim) {
      await this.#options.stores.organizations.release(this.#claim);
    }
  }

  async #comeToRest(): Promise<void> {
    await this.#running;
    await Promise.all([
      this.#steps.idle(),
      this.#starter.idle(),
      this.#leavers.idle(),
    ]);
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #loop(): Promise<void> {
    const { config, logger, organizationId } = this.#options;
    // Rounds may take long; the claim must not run out meanwhile.
    const heartbeat = setInterval(() => {
      this.#renew().catch(error =>
        logger.warn(`Could not renew the claim on ${organizationId}`, error),
      );
    }, (config.worker.claimSeconds * 1000) / 3);
    try {
      while (!this.#isStopping) {
        try {
          await this.#round();
        } catch (error) {
          if (this.#isStopping) break;
          if (error instanceof FenceLostError) this.#claim = undefined;
          logger.warn(
            `A round of provisioning for ${organizationId} ended early: ${error}`,
          );
        }
        if (!this.#isStopping) await this.#timer.wait();
      }
    } finally {
      clearInterval(heartbeat);
    }
  }

  async #round(): Promise<void> {
    const { config, stores } = this.#options;
    const claim = await this.#renew();
    if (!claim) return;
    await lapseRequests(stores, claim, config.requests);
    await expireAccess(stores, claim);
    await this.#options.keepRequests?.(claim);
    await sendNotices(stores, claim, config.requests);
    if (await this.#isHeld(claim)) return;
    this.#leavers.lookIfDue(claim);
    // In a dry run nothing is carried out, ends of access neither.
    if (this.#options.organization.writes === 'on') {
      await this.#steps.runDue(claim);
    }
    await this.#starter.startApproved(claim);
  }

  async #renew(): Promise<Claim | undefined> {
    const { config, organizationId, owner, stores } = this.#options;
    this.#claim = await stores.organizations.claim(
      organizationId,
      owner,
      config.worker.claimSeconds,
    );
    return this.#claim;
  }

  /**
   * Before the first write under a claim the pins are compared, and now and then
   * beside the work: a cloud that is out of reach then must not keep access of the
   * other from ending. A difference that is found holds writes in the database.
   */
  async #isHeld(claim: Claim): Promise<boolean> {
    const known = this.#contact;
    if (known?.epoch !== claim.epoch || known.held !== null) {
      // A cloud that does not answer must not hold up a shutdown.
      await unlessAborted(this.#compare(claim), this.#stopping.signal);
    } else if (performance.now() - known.at > this.#options.pace.contactMs) {
      this.#contact = { ...known, at: performance.now() };
      this.#compare(claim).catch(error =>
        this.#options.logger.warn(
          `Could not ask the clouds of ${claim.organizationId} whether they are the same: ${error}`,
        ),
      );
    }
    return this.#contact!.held !== null;
  }

  async #compare(claim: Claim): Promise<void> {
    const { clouds, logger, organizationId, stores } = this.#options;
    const { held } = await makeContact(
      stores,
      clouds.forOrganization(organizationId),
      organizationId,
    );
    if (held && held !== this.#contact?.held) {
      logger.error(`All writes to ${organizationId} are held. ${held}`);
    }
    this.#contact = { epoch: claim.epoch, at: performance.now(), held };
  }
}

/** What the work comes to, or a rejection once the signal is there. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}
