import { tellOfWait } from '../awareness/tellOfWrites';
import { CloudError } from '../clouds/CloudError';
import { RootStores } from '../database/Stores';
import { Claim } from '../organizations/OrganizationStore';
import { endSentence } from '../wording/endSentence';
import { isForOperators } from './running/comparedClouds';

/** Most approved requests that one round tells. */
const AT_ONCE = 100;

/**
 * Says of approved requests why none of them starts: nothing waits in silence, and
 * whoever looks at one reads it. Operators are told where it waits for them.
 */
export class NoStartNotice {
  readonly #stores: RootStores;
  /** What was said of a request last, by its id. */
  #said = new Map<string, string>();

  constructor({ stores }: { stores: RootStores }) {
    this.#stores = stores;
  }

  /** @param problem - of a cloud that does not say who it is */
  async say(claim: Claim, problem: unknown): Promise<void> {
    // That writes are held is told elsewhere, and a moment's question not at all.
    if (!(problem instanceof CloudError)) return;
    const reason = `It could not start yet: ${endSentence(
      problem.message,
    )} Tried again by itself.`;
    const waiting = await this.#stores.provisioning.work.listApproved(
      claim.organizationId,
      AT_ONCE,
    );
    const untold = waiting.filter(id => this.#said.get(id) !== reason);
    if (untold.length > 0 && isForOperators(problem)) {
      await this.#stores.transaction(stores =>
        tellOfWait(stores, claim.organizationId, reason),
      );
    }
    for (const id of untold) {
      await this.#stores.requests.explainState(
        { id, state: 'approved' },
        reason,
      );
    }
    this.#said = new Map(waiting.map(id => [id, reason]));
  }
}
