import { AwsReads } from '../../clouds/AwsCloud';
import { CloudError } from '../../clouds/CloudError';
import { Claim } from '../../organizations/OrganizationStore';
import { RootStores } from '../../database/Stores';
import { IntentRow } from '../stores/IntentStore';
import { StepRow } from '../stores/StepStore';

const CREATE = 'sso-admin:CreateAccountAssignment';
/** From so many on, they are asked about together. */
const MANY = 4;
/** Between two lists of what AWS works on. */
export const LIST_EVERY_MS = 200;

/**
 * Which assignments are worth an attempt now: AWS makes few at once, so that
 * others wait here for a place, without a call or a row, and one list tells of
 * all that AWS works on.
 */
export class AssignmentPlaces {
  readonly #stores: RootStores;
  readonly #limit: number;
  #running: { at: number; ids: Promise<ReadonlySet<string>> } | undefined;

  /** @param options.limit - how many creations may be unfinished */
  constructor(options: { stores: RootStores; limit: number }) {
    this.#stores = options.stores;
    this.#limit = options.limit;
  }

  /**
   * @param due - without those that are being attempted, in the order in which
   *   they get a place
   * @param active - being attempted
   * @returns those to attempt, and whether others wait for AWS
   */
  async choose(
    claim: Claim,
    aws: AwsReads,
    due: StepRow[],
    active: StepRow[],
  ): Promise<{ chosen: StepRow[]; areRunning: boolean }> {
    if (!due.some(isCreation)) return { chosen: due, areRunning: false };
    const intents = await this.#stores.provisioning.intents.listOutstanding(
      claim.organizationId,
      CREATE,
    );
    const begun = new Map(intents.map(intent => [intent.stepId, intent]));
    const running = await this.#listRunning(aws, intents);
    const isOver = (intent: IntentRow) =>
      typeof intent.result?.awsRequestId === 'string' &&
      running?.has(intent.result.awsRequestId) === false;
    // What is due was accepted before the list was made, which tells of it.
    const over = due.flatMap(step => {
      const intent = begun.get(step.id);
      return intent && holdsPlace(intent) && isOver(intent) ? [intent] : [];
    });
    let free =
      this.#limit +
      over.length -
      intents.filter(holdsPlace).length -
      active.filter(step => isCreation(step) && !begun.has(step.id)).length;
    let areRunning = false;
    const chosen = due.filter(step => {
      if (!isCreation(step)) return true;
      const intent = begun.get(step.id);
      if (!intent) {
        free -= 1;
        return free >= 0;
      }
      const isRunning =
        running?.has(String(intent.result?.awsRequestId)) === true;
      areRunning ||= isRunning;
      return !isRunning;
    });
    return { chosen, areRunning };
  }

  /** Request ids that AWS works on; undefined where nobody has asked, or AWS did not say. */
  async #listRunning(
    aws: AwsReads,
    intents: IntentRow[],
  ): Promise<ReadonlySet<string> | undefined> {
    if (intents.filter(holdsPlace).length < MANY) return undefined;
    const now = performance.now();
    if (!this.#running || now - this.#running.at > LIST_EVERY_MS) {
      this.#running = {
        at: now,
        ids: aws
          .listRunningAssignmentOperations('create')
          .then(list => new Set(list.map(({ requestId }) => requestId))),
      };
    }
    try {
      return await this.#running.ids;
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      return undefined;
    }
  }
}

/** What AWS is known to be done with holds no place, seen in its lists or not. */
export function holdsPlace(intent: IntentRow): boolean {
  return intent.result?.isOver !== true;
}

function isCreation({ kind }: StepRow): boolean {
  return kind === 'ensureAssignment';
}
