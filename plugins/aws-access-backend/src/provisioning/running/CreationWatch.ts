import { AwsReads } from '../../clouds/AwsCloud';
import { CloudError } from '../../clouds/CloudError';
import { RootStores } from '../../database/Stores';
import { Claim } from '../../organizations/OrganizationStore';
import { StepRow } from '../stores/StepStore';
import { ListedAssignments, Principal } from './ListedAssignments';
import { OperationTimes } from './OperationTimes';

/** A creation that AWS has accepted. */
export interface AcceptedCreation {
  intentId: string;
  stepId: string;
  /** What AWS answered. */
  result: Record<string, unknown> & { awsRequestId: string };
  /** Undefined: begun before this process, so that the step comes up by itself. */
  step?: StepRow;
  /** Left out = the step looks for its assignment itself. */
  sharesListsOf?: Principal;
}

/** What watching needs. */
export interface CreationWatchOptions {
  stores: RootStores;
  /** See ProvisioningPace. */
  operationMs: number;
  /** AWS is done with the creations of these steps. */
  onOver: (stepIds: string[]) => void;
  /** The steps are worth another attempt. */
  onReady: (steps: StepRow[]) => void;
  onError: (error: unknown) => void;
}

interface Watched extends AcceptedCreation {
  acceptedAt: number;
  /** When AWS was seen to be done. */
  overAt?: number;
}

/**
 * So long, in times of `operationMs` whatever has been learned since, a step whose
 * creation is over waits for a list that is made anyway, before the next ones are
 * begun.
 */
const PATIENCE = 8;

/**
 * Sees when AWS is done with creations: one list tells of all that it works on,
 * asked for when the first of them should be over. From then on the place is free,
 * and the step is worth another attempt: at once, or where many get the same, when
 * a list of what the principal has is younger than that.
 */
export class CreationWatch {
  readonly #options: CreationWatchOptions;
  readonly #times: OperationTimes;
  readonly #watched = new Map<string, Watched>();
  #under: { claim: Claim; aws: AwsReads } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: CreationWatchOptions) {
    this.#options = options;
    this.#times = new OperationTimes(options.operationMs);
  }

  /** Watches under this claim; what was watched under another one is forgotten. */
  workUnder(claim: Claim, aws: AwsReads): void {
    if (this.#under && this.#under.claim.epoch !== claim.epoch) this.clear();
    this.#under = { claim, aws };
  }

  knows(stepId: string): boolean {
    return this.#watched.has(stepId);
  }

  knowsRequest(requestId: string): boolean {
    return [...this.#watched.values()].some(
      ({ step }) => step?.requestId === requestId,
    );
  }

  add(creation: AcceptedCreation): void {
    if (this.#isStopped) return;
    this.#watched.set(creation.stepId, {
      ...creation,
      acceptedAt: performance.now(),
    });
    this.#schedule();
  }

  clear(): void {
    this.#watched.clear();
    clearTimeout(this.#timer);
  }

  /** Ends the look that is under way, and looks no more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.clear();
    await this.#turn;
  }

  #schedule(at = this.#nextAt()): void {
    // Whoever has the turn schedules the next one.
    if (this.#turn) return;
    clearTimeout(this.#timer);
    if (this.#watched.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#turn = this.#look()
        .catch(error => {
          // Without it, steps come up by themselves, only later.
          this.clear();
          this.#options.onError(error);
        })
        .finally(() => {
          this.#turn = undefined;
          this.#schedule();
        });
    }, Math.max(0, at - performance.now()));
    this.#timer.unref();
  }

  #nextAt(): number {
    const running = [...this.#watched.values()].filter(isRunning);
    return running.length > 0
      ? this.#times.nextLook(running.map(({ acceptedAt }) => acceptedAt))
      : performance.now() + this.#options.operationMs / 4;
  }

  async #look(): Promise<void> {
    const { claim, aws } = this.#under!;
    const begunAt = performance.now();
    const running = [...this.#watched.values()].filter(isRunning);
    if (running.length > 0) {
      const list = await listRunning(aws);
      await this.#conclude(claim, running, list, begunAt);
    }
    this.#handOut(aws);
  }

  async #conclude(
    claim: Claim,
    running: Watched[],
    list: ReadonlySet<string> | undefined,
    begunAt: number,
  ): Promise<void> {
    const endedAt = performance.now();
    const isOver = ({ acceptedAt, result }: Watched) =>
      list?.has(result.awsRequestId) === false &&
      begunAt - acceptedAt >= this.#times.leastAgeMs;
    const over = running.filter(isOver);
    this.#times.learn(
      // It was over when the list was answered, and running when it was asked for.
      over.map(({ acceptedAt }) => endedAt - acceptedAt),
      running
        .filter(watched => !isOver(watched))
        .map(({ acceptedAt }) => begunAt - acceptedAt),
      endedAt,
    );
    if (over.length === 0) return;
    await this.#options.stores.transaction(async stores => {
      await stores.organizations.fence(claim);
      await stores.provisioning.intents.recordOver(
        claim,
        over.map(({ intentId, result }) => ({ id: intentId, result })),
      );
    });
    for (const watched of over) watched.overAt = begunAt;
    this.#options.onOver(over.map(({ stepId }) => stepId));
  }

  #handOut(aws: AwsReads): void {
    const over = [...this.#watched.values()].filter(one => !isRunning(one));
    this.#give(over.filter(({ sharesListsOf }) => !sharesListsOf));
    const principals = new Map(
      over.flatMap(({ sharesListsOf: principal }) =>
        principal ? [[principal.principalId, principal]] : [],
      ),
    );
    for (const principal of principals.values()) {
      this.#handOutSharing(ListedAssignments.of(aws), principal, over);
    }
  }

  #handOutSharing(
    listed: ListedAssignments,
    principal: Principal,
    over: Watched[],
  ): void {
    const isOfIt = ({ sharesListsOf }: Watched) =>
      sharesListsOf?.principalId === principal.principalId;
    const waiting = over.filter(isOfIt);
    const listedAt = listed.isDenied ? Infinity : listed.lastOf(principal) ?? 0;
    this.#give(waiting.filter(({ overAt }) => overAt! <= listedAt));
    const left = waiting.filter(({ stepId }) => this.#watched.has(stepId));
    if (left.length === 0) return;
    const oldest = Math.min(...left.map(({ overAt }) => overAt!));
    const isLast = ![...this.#watched.values()].some(
      one => isOfIt(one) && isRunning(one),
    );
    if (
      isLast ||
      performance.now() - oldest > PATIENCE * this.#options.operationMs
    ) {
      const youngest = Math.max(...left.map(({ overAt }) => overAt!));
      listed.listSince(principal, youngest).then(
        () => this.#schedule(0),
        // Asked again at the next look.
        () => {},
      );
    }
  }

  #give(ready: Watched[]): void {
    if (ready.length === 0) return;
    ready.forEach(({ stepId }) => this.#watched.delete(stepId));
    this.#options.onReady(ready.flatMap(({ step }) => step ?? []));
  }
}

function isRunning({ overAt }: Watched): boolean {
  return overAt === undefined;
}

/** Request ids that AWS works on; undefined where it does not say. */
async function listRunning(
  aws: AwsReads,
): Promise<ReadonlySet<string> | undefined> {
  try {
    const list = await aws.listRunningAssignmentOperations('create');
    return new Set(list.map(({ requestId }) => requestId));
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return undefined;
  }
}
