import PQueue from 'p-queue';
import { FenceLostError } from '../../organizations/FenceLostError';
import { Claim } from '../../organizations/OrganizationStore';
import { AssignmentPlaces, LIST_EVERY_MS } from './AssignmentPlaces';
import { OrganizationWorkerOptions } from '../OrganizationWorker';
import { runStep } from './runStep';
import { StepRow } from '../stores/StepStore';

/** Most due steps that one round looks at. */
const AT_ONCE = 200;

/**
 * Runs due steps side by side. Removals have places of their own, so that a crowd
 * of grants never holds them up (security rule 22).
 */
export class StepRunner {
  readonly #options: OrganizationWorkerOptions;
  readonly #wake: (inMs?: number) => void;
  readonly #queues = {
    removal: new PQueue({ concurrency: 6 }),
    grant: new PQueue({ concurrency: 8 }),
  };
  readonly #places: AssignmentPlaces;
  /** Steps in the queues, by id. */
  readonly #active = new Map<string, StepRow>();

  constructor(
    options: OrganizationWorkerOptions,
    wake: (inMs?: number) => void,
  ) {
    this.#options = options;
    this.#wake = wake;
    this.#places = new AssignmentPlaces({
      stores: options.stores,
      limit: options.organization.limits.outstandingAssignments,
    });
  }

  async runDue(claim: Claim): Promise<void> {
    const due = await this.#options.stores.provisioning.steps.listDue(
      claim.organizationId,
      AT_ONCE,
    );
    const { chosen, areRunning } = await this.#places.choose(
      claim,
      this.#options.clouds.forOrganization(claim.organizationId).aws,
      due.filter(step => !this.#active.has(step.id) && !this.#mustWait(step)),
      [...this.#active.values()],
    );
    for (const step of chosen) {
      this.#active.set(step.id, step);
      this.#queues[step.phase].add(() => this.#run(claim, step));
    }
    if (areRunning) this.#wake(LIST_EVERY_MS);
  }

  async idle(): Promise<void> {
    await Promise.all([
      this.#queues.removal.onIdle(),
      this.#queues.grant.onIdle(),
    ]);
  }

  /**
   * A write that was sent before its request ended must have arrived before a
   * removal looks for what there is to remove.
   */
  #mustWait(step: StepRow): boolean {
    if (step.phase === 'grant') return false;
    return [...this.#active.values()].some(
      other => other.requestId === step.requestId && other.phase === 'grant',
    );
  }

  async #run(claim: Claim, step: StepRow): Promise<void> {
    const { clouds, logger, organization, pace, stores } = this.#options;
    let wakeInMs: number | undefined;
    const begun = performance.now();
    let came = 'givenUp';
    try {
      const outcome = await runStep(
        {
          stores,
          clouds: clouds.forOrganization(claim.organizationId),
          config: organization,
          pace,
          claim,
        },
        step.id,
      );
      came = outcome.kind;
      wakeInMs = outcome.kind === 'waiting' ? outcome.retryInMs : 0;
      if (outcome.kind === 'failed') {
        // Titles and details name people, and logs do not (security rule 30).
        logger.warn(`${nameOf(step)} failed; its request says why`);
      }
      const verified = step.kind === 'verify' || step.kind === 'verifyGone';
      if (outcome.kind === 'failed' || (outcome.kind === 'done' && verified)) {
        this.#tellOfChange(step);
      }
    } catch (error) {
      // Not a statement about the step: it stays as it is in the database, and
      // whoever works on it next looks at the clouds first.
      const lost = error instanceof FenceLostError;
      logger[lost ? 'info' : 'error'](`${nameOf(step)} was given up: ${error}`);
      if (lost) wakeInMs = 0;
    } finally {
      this.#active.delete(step.id);
      this.#options.onAttempt?.({
        organizationId: step.organizationId,
        kind: step.kind,
        outcome: came,
        milliseconds: performance.now() - begun,
      });
      if (wakeInMs !== undefined) this.#wake(wakeInMs);
    }
  }

  #tellOfChange(step: StepRow): void {
    const { logger, onCloudChanged } = this.#options;
    Promise.resolve(step)
      .then(() => onCloudChanged?.(step.organizationId, step.requestId))
      .catch(error =>
        logger.warn(`The inventory could not follow a change: ${error}`),
      );
  }
}

function nameOf(step: StepRow): string {
  return `Step ${step.kind} (${step.id}) of request ${step.requestId}`;
}
