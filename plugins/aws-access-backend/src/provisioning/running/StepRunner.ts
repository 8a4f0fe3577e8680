import PQueue from 'p-queue';
import { FenceLostError } from '../../organizations/FenceLostError';
import { Claim } from '../../organizations/OrganizationStore';
import { AssignmentCreations, isCreation } from './AssignmentCreations';
import { OrganizationWorkerOptions } from '../OrganizationWorker';
import { laneOf, mayMeet } from './laneOf';
import { runStep } from './runStep';
import { StepOutcome } from './StepExecutor';
import { StepRow } from '../stores/StepStore';

/** Most due steps that one round looks at. */
const AT_ONCE = 200;

/** How many attempts run at once in each lane; a call takes up to half a second. */
const createLanes = () => ({
  aws: new PQueue({ concurrency: 6 }),
  entra: new PQueue({ concurrency: 6 }),
  both: new PQueue({ concurrency: 3 }),
});

/**
 * Runs due steps side by side. Removals have places of their own, so that a crowd
 * of grants never holds them up (security rule 22), and so has each cloud, so that
 * attempts that hang in one never hold up the other.
 */
export class StepRunner {
  readonly #options: OrganizationWorkerOptions;
  readonly #wake: (inMs?: number) => void;
  readonly #queues = {
    removal: createLanes(),
    grant: createLanes(),
    // Most of them only wait for a place at AWS.
    creation: new PQueue({ concurrency: 60 }),
    // Beside creations and not before them: a place at AWS must not be empty meanwhile.
    conclusion: new PQueue({ concurrency: 2 }),
  };
  readonly #creations: AssignmentCreations;
  /** When removals of assignments that wait come up next, by `performance.now()`. */
  #wakesAt: number | undefined;
  /** Steps in the queues, by id. */
  readonly #active = new Map<string, StepRow>();

  constructor(
    options: OrganizationWorkerOptions,
    wake: (inMs?: number) => void,
  ) {
    this.#options = options;
    this.#wake = wake;
    this.#creations = new AssignmentCreations({
      stores: options.stores,
      limit: options.organization.limits.outstandingAssignments,
      operationMs: options.pace.operationMs,
      logger: options.logger,
      onShort: () => wake(),
      onReady: (claim, steps) => {
        for (const step of steps) {
          this.#add(claim, step, this.#queues.conclusion);
        }
      },
    });
  }

  async runDue(claim: Claim): Promise<void> {
    const due = await this.#options.stores.provisioning.steps.listDue(
      claim.organizationId,
      AT_ONCE,
    );
    this.#creations.makeWay(due.filter(({ phase }) => phase === 'removal'));
    const chosen = await this.#creations.choose(
      claim,
      this.#options.clouds.forOrganization(claim.organizationId).aws,
      due.filter(step => !this.#active.has(step.id) && !this.#mustWait(step)),
      this.#active,
    );
    for (const step of chosen) {
      const queue = isCreation(step)
        ? this.#queues.creation
        : this.#queues[step.phase][laneOf(step)];
      this.#add(claim, step, queue);
    }
  }

  #add(claim: Claim, step: StepRow, queue: PQueue): void {
    // Another way may have been quicker while the database was asked.
    if (this.#active.has(step.id)) return;
    this.#active.set(step.id, step);
    // What AWS works on is looked at before more is begun: one list tells of many,
    // as long as none of them has waited so long that it is asked for by itself.
    const isFollowUp = isAssignmentRemoval(step) && step.state === 'waiting';
    queue.add(() => this.#run(claim, step), { priority: isFollowUp ? 1 : 0 });
  }

  async idle(): Promise<void> {
    await this.#creations.stop();
    const { removal, grant, creation, conclusion } = this.#queues;
    const queues = [
      ...Object.values(removal),
      ...Object.values(grant),
      creation,
      conclusion,
    ];
    await Promise.all(queues.map(queue => queue.onIdle()));
  }

  /**
   * A write that was sent before its request ended must have arrived before a
   * removal looks for what there is to remove.
   */
  #mustWait(step: StepRow): boolean {
    if (step.phase === 'grant') return false;
    return [...this.#active.values()].some(
      other =>
        other.requestId === step.requestId &&
        other.phase === 'grant' &&
        mayMeet(step, other) &&
        // It has sent nothing, and finds out before it does.
        !this.#creations.isWaiting(other.id),
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
          creations: this.#creations,
          claim,
        },
        step.id,
      );
      came = outcome.kind;
      wakeInMs = this.#nextWake(step, outcome);
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

  /** In how long there is something to do; undefined = whoever goes on says so. */
  #nextWake(step: StepRow, outcome: StepOutcome): number | undefined {
    if (this.#creations.watch.knows(step.id)) return undefined;
    if (outcome.kind === 'waiting') {
      return isAssignmentRemoval(step)
        ? this.#wakeOfMany(outcome.retryInMs)
        : outcome.retryInMs;
    }
    // Of a thousand assignments, nothing is due after each one but after the last.
    const othersGoOn =
      (isCreation(step) || isAssignmentRemoval(step)) &&
      (this.#creations.watch.knowsRequest(step.requestId) ||
        [...this.#active.values()].some(
          other => other !== step && other.requestId === step.requestId,
        ));
    return othersGoOn ? undefined : 0;
  }

  /**
   * Removals of assignments that wait come up together: each look at what is due costs as much as
   * many of them. Undefined: a look at about that time is certain.
   */
  #wakeOfMany(inMs: number): number | undefined {
    const { operationMs } = this.#options.pace;
    const now = performance.now();
    const at = Math.ceil((now + inMs) / operationMs) * operationMs;
    if (at === this.#wakesAt) return undefined;
    this.#wakesAt = at;
    return at - now;
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

function isAssignmentRemoval({ kind }: StepRow): boolean {
  return kind === 'removeAssignment';
}

function nameOf(step: StepRow): string {
  return `Step ${step.kind} (${step.id}) of request ${step.requestId}`;
}
