import { Claim } from '../../organizations/OrganizationStore';
import { StepRow } from './StepStore';

/** A cloud write, recorded before it is sent (security rule 20). */
export interface IntentRow {
  id: string;
  stepId: string;
  organizationId: string;
  objectKey: string;
  operation: string;
  inputDigest: string;
  /** Random part of a name that we made. */
  nonce: string | null;
  epoch: number;
  /** Attempts of which it is not known that the cloud took no notice. */
  attempt: number;
  /**
   * `intended` is unknown until the cloud was looked at; `confirmed` was seen in
   * the cloud; `abandoned` is known not to have happened.
   */
  state: 'intended' | 'confirmed' | 'abandoned';
  /** What was there before; null = absent. */
  before: unknown;
  /** Ids, and the request id of an asynchronous operation. */
  result: Record<string, unknown> | null;
  intendedAt: string;
  confirmedAt: string | null;
}

/** An intent before it is recorded. */
export type NewIntent = Pick<
  IntentRow,
  | 'id'
  | 'stepId'
  | 'objectKey'
  | 'operation'
  | 'inputDigest'
  | 'nonce'
  | 'before'
>;

/** An intent beside the phase of its step. */
export type PhasedIntent = IntentRow & { phase: StepRow['phase'] };

/** What was written down before each write, and what came of it. */
export interface IntentStore {
  listOfStep(stepId: string): Promise<IntentRow[]>;
  /** Every intent on the object in the organization, oldest first. */
  listOfObject(
    organizationId: string,
    objectKey: string,
  ): Promise<PhasedIntent[]>;
  /** The same of many objects, by their keys; one without intents is left out. */
  listOfObjects(
    organizationId: string,
    objectKeys: string[],
  ): Promise<Map<string, PhasedIntent[]>>;
  /** @throws FenceLostError when the claim is not live */
  insert(claim: Claim, intent: NewIntent): Promise<void>;
  /**
   * Another attempt at a write whose outcome was unknown and that was seen not
   * to have happened. One that was throttled is not counted.
   *
   * @throws FenceLostError when the claim is not live
   */
  renew(claim: Claim, intent: Pick<IntentRow, 'id' | 'result'>): Promise<void>;
  /**
   * The write leaves now: it may have waited long since it was recorded, and others
   * count from here for how long it may still show up.
   *
   * @throws FenceLostError when the claim is not live
   */
  recordSending(claim: Claim, intentId: string): Promise<void>;
  /** Keeps what the cloud answered; the outcome stays unknown. */
  recordAnswer(
    claim: Claim,
    intentId: string,
    result: Record<string, unknown>,
  ): Promise<void>;
  /**
   * Keeps that the cloud is done with what it accepted, however it came out: an
   * intent that was concluded meanwhile is left as it is.
   */
  recordOver(
    claim: Claim,
    intents: Array<Pick<IntentRow, 'id' | 'result'>>,
  ): Promise<void>;
  /**
   * The write was seen in the cloud, or seen not to have happened.
   *
   * @throws FenceLostError when the claim is not live
   */
  conclude(
    claim: Claim,
    intentId: string,
    outcome: {
      state: 'confirmed' | 'abandoned';
      result?: Record<string, unknown>;
      /** The object's key, once its id is known. */
      objectKey?: string;
    },
  ): Promise<void>;
  /** Writes of the operation whose outcome is awaited, in the whole organization. */
  listOutstanding(
    organizationId: string,
    operation: string,
  ): Promise<IntentRow[]>;
}
