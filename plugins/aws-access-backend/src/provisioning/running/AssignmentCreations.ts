import { LoggerService } from '@backstage/backend-plugin-api';
import { AwsReads } from '../../clouds/AwsCloud';
import { RootStores } from '../../database/Stores';
import { Claim } from '../../organizations/OrganizationStore';
import { IntentRow } from '../stores/IntentStore';
import { StepRow } from '../stores/StepStore';
import { AssignmentPlaces } from './AssignmentPlaces';
import { CreationWatch } from './CreationWatch';
import { Creations } from './StepExecutor';

const CREATE = 'sso-admin:CreateAccountAssignment';
/** Of all requests together so many times AWS's limit wait for a place; of one, once. */
const ALL_AHEAD = 4;

/** Counts who waits for a place, so that one request leaves room for others. */
class Ahead {
  readonly #limit: number;
  readonly #byRequest = new Map<string, number>();
  #all = 0;

  constructor(waiting: StepRow[], limit: number) {
    this.#limit = limit;
    waiting.forEach(step => this.#count(step));
  }

  admit(step: StepRow): boolean {
    const ofRequest = this.#byRequest.get(step.requestId) ?? 0;
    if (ofRequest >= this.#limit || this.#all >= ALL_AHEAD * this.#limit) {
      return false;
    }
    this.#count(step);
    return true;
  }

  #count({ requestId }: StepRow): void {
    this.#byRequest.set(requestId, (this.#byRequest.get(requestId) ?? 0) + 1);
    this.#all += 1;
  }
}

/**
 * The creations of assignments in one organization. AWS works on few at once and
 * says nothing when it is done, so that some attempts are ready and wait for a
 * place, and one list tells of all that it works on.
 */
export class AssignmentCreations implements Creations {
  readonly places: AssignmentPlaces;
  readonly watch: CreationWatch;
  readonly #stores: RootStores;
  readonly #limit: number;
  #claim: Claim | undefined;
  /** What AWS was seen to be done with while the database was asked. */
  #over = new Set<string>();

  constructor(options: {
    stores: RootStores;
    /** How many may be unfinished. */
    limit: number;
    /** See ProvisioningPace. */
    operationMs: number;
    logger: LoggerService;
    /** Few are left that wait for a place. */
    onShort: () => void;
    /** The steps are worth another attempt. */
    onReady: (claim: Claim, steps: StepRow[]) => void;
  }) {
    const { stores, limit, operationMs, logger, onShort, onReady } = options;
    this.#stores = stores;
    this.#limit = limit;
    this.places = new AssignmentPlaces({ limit, onShort });
    this.watch = new CreationWatch({
      stores,
      operationMs,
      onOver: stepIds => {
        for (const stepId of stepIds) {
          this.#over.add(stepId);
          this.places.giveBack(stepId);
        }
      },
      onReady: steps => onReady(this.#claim!, steps),
      onError: error =>
        logger.warn(`What AWS works on is looked at later: ${error}`),
    });
  }

  /**
   * Which of the due steps are to be attempted now.
   *
   * @param due - without those that are being attempted, in their order
   * @param active - being attempted
   */
  async choose(
    claim: Claim,
    aws: AwsReads,
    due: StepRow[],
    active: ReadonlyMap<string, StepRow>,
  ): Promise<StepRow[]> {
    if (this.#claim?.epoch !== claim.epoch) this.places.clear();
    this.#claim = claim;
    this.watch.workUnder(claim, aws);
    if (!due.some(isCreation)) return due;
    this.#over.clear();
    const outstanding = await this.#stores.provisioning.intents.listOutstanding(
      claim.organizationId,
      CREATE,
    );
    const intents = outstanding.filter(({ stepId }) => !this.#over.has(stepId));
    const isInHand = (stepId: string) =>
      active.has(stepId) || this.watch.knows(stepId);
    this.places.agreeWith(intents, isInHand);
    const steps = new Map(due.map(step => [step.id, step]));
    for (const intent of intents) {
      if (!isInHand(intent.stepId)) this.#watch(intent, steps);
    }
    const begun = new Set(outstanding.map(({ stepId }) => stepId));
    const isNew = (step: StepRow) => isCreation(step) && !begun.has(step.id);
    const ahead = new Ahead([...active.values()].filter(isNew), this.#limit);
    return due.filter(step => {
      if (!isCreation(step)) return true;
      if (this.watch.knows(step.id)) return false;
      return !isNew(step) || ahead.admit(step);
    });
  }

  isWaiting(stepId: string): boolean {
    return this.places.isWaiting(stepId);
  }

  /** What is taken away need not wait for places of what gives it. */
  makeWay(removals: StepRow[]): void {
    const ending = new Set(removals.map(({ requestId }) => requestId));
    this.places.sendAway(({ requestId }) => ending.has(requestId));
  }

  async stop(): Promise<void> {
    this.places.close();
    await this.watch.stop();
  }

  /** What was begun before this process, or was not watched. */
  #watch(
    { id, stepId, result }: IntentRow,
    steps: ReadonlyMap<string, StepRow>,
  ): void {
    if (typeof result?.awsRequestId !== 'string' || result.isOver) return;
    const { awsRequestId } = result;
    this.watch.add({
      intentId: id,
      stepId,
      result: { ...result, awsRequestId },
      step: steps.get(stepId),
    });
  }
}

/** Whether the step makes an assignment of a permission set in an account. */
export function isCreation({ kind }: StepRow): boolean {
  return kind === 'ensureAssignment';
}
