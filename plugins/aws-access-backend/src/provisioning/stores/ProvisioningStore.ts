import { AuthorizationStore } from './AuthorizationStore';
import { FootprintStore } from './FootprintStore';
import { IntentStore } from './IntentStore';
import { StepRow, StepStore } from './StepStore';
import { WorkStore } from './WorkStore';

export type { StepRow } from './StepStore';

/**
 * What carrying out an approved plan keeps: what is allowed, what is to be done,
 * what was written, and which objects are taken. The rest of the plugin only
 * reads steps.
 */
export interface ProvisioningStore {
  listSteps(requestId: string): Promise<StepRow[]>;
  /**
   * Makes other transactions that call it for the same request wait until the
   * commit, so that "does the request still want this?" and "the request ends"
   * cannot pass each other unseen (security rule 22).
   */
  lockRequest(requestId: string): Promise<void>;
  readonly authorizations: AuthorizationStore;
  readonly steps: StepStore;
  readonly intents: IntentStore;
  readonly footprints: FootprintStore;
  readonly work: WorkStore;
}
