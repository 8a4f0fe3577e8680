import { setTimeout as delay } from 'node:timers/promises';
import { sendNotices } from '../awareness/sendNotices';
import { expireAccess } from '../leases/expireAccess';
import { LeaverWatch } from '../leases/LeaverWatch';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { ContactKeeper } from '../organizations/ContactKeeper';
import { Claim } from '../organizations/OrganizationStore';
import { FenceLostError } from '../organizations/FenceLostError';
import { lapseRequests } from './starting/lapseRequests';
import { NoStartNotice } from './NoStartNotice';
import { ProvisioningEngineOptions } from './ProvisioningEngine';
import { backoff, ProvisioningPace } from './ProvisioningPace';
import { RequestStarter } from './starting/RequestStarter';
import { comparedClouds } from './running/comparedClouds';
import { StepRunner } from './running/StepRunner';
import { WakeableTimer } from './WakeableTimer';

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
  readonly #contact: ContactKeeper;
  readonly #noStart: NoStartNotice;
  #claim: Claim | undefined;
  #running: Promise<void> | undefined;
  #renewing: Promise<Claim | undefined> | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  readonly #stopping = new AbortController();

  constructor(options: OrganizationWorkerOptions) {
    this.#options = options;
    this.#timer = new WakeableTimer(options.config.worker.pollSeconds * 1000);
    const wake = (inMs = 0) => this.#timer.wake(inMs);
    const { organizationId, pace } = options;
    this.#contact = new ContactKeeper({
      ...options,
      clouds: () => options.clouds.forOrganization(organizationId),
      everyMs: pace.contactMs,
      waitAfter: failures => backoff(pace, failures),
      wake,
    });
    const clouds = comparedClouds(options.clouds, cloud =>
      this.#contact.whyNot(cloud),
    );
    this.#steps = new StepRunner({ ...options, clouds }, wake);
    this.#starter = new RequestStarter(options, wake);
    this.#noStart = new NoStartNotice(options);
    this.#leavers = new LeaverWatch({
      ...options,
      entra: () => clouds.forOrganization(organizationId).entra,
      everyMs: pace.leaversMs,
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
      delay(this.#options.pace.graceMs, undefined, {
        signal: finished.signal,
      }).catch(() => {}),
    ]);
    // A round that hangs must not take back what is released here.
    clearInterval(this.#heartbeat);
    await this.#renewing?.catch(() => {});
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
    this.#heartbeat = setInterval(() => {
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
      clearInterval(this.#heartbeat);
    }
  }

  async #round(): Promise<void> {
    const { config, logger, stores } = this.#options;
    const claim = await this.#renew();
    if (!claim) return;
    await lapseRequests(stores, claim, config.requests, logger);
    await expireAccess(stores, claim, logger);
    await this.#contact.keep(claim);
    const mayLook = this.#contact.mayWorkIn('aws', 'entra');
    await this.#options.keepRequests?.(claim, { mayLook });
    await sendNotices(stores, claim, config.requests);
    if (this.#contact.mayWorkIn('entra')) this.#leavers.lookIfDue(claim);
    // In a dry run nothing is carried out, ends of access neither.
    const isOn = this.#options.organization.writes === 'on';
    if (isOn && this.#contact.mayWork) await this.#steps.runDue(claim);
    // Whoever starts plans on live reads of both clouds.
    if (mayLook) {
      await this.#starter.startApproved(claim);
    } else {
      this.#starter.forgetWaits();
      await this.#noStart.say(claim, this.#contact.problem);
    }
  }

  /** One at a time: whoever waits for it knows that no other is under way. */
  #renew(): Promise<Claim | undefined> {
    this.#renewing ??= this.#takeClaim().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #takeClaim(): Promise<Claim | undefined> {
    const { config, organizationId, owner, stores } = this.#options;
    this.#claim = await stores.organizations.claim(
      organizationId,
      owner,
      config.worker.claimSeconds,
    );
    return this.#claim;
  }
}
