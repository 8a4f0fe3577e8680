import { PlanStepKind } from 'backstage-plugin-aws-access-common';
import { Claim } from '../../organizations/OrganizationStore';

/** A step of a request as it is stored. */
export interface StepRow {
  id: string;
  organizationId: string;
  requestId: string;
  authorizationId: string;
  phase: 'grant' | 'removal';
  position: number;
  kind: PlanStepKind;
  /** One plain sentence. */
  title: string;
  input: Record<string, unknown>;
  state: 'pending' | 'running' | 'waiting' | 'done' | 'failed' | 'skipped';
  detail: string | null;
  cloudMessage: string | null;
  attempts: number;
  notBefore: string | null;
  /** Epoch of the claim under which it was last worked on. */
  epoch: number | null;
  /** Ids that later steps need. */
  result: Record<string, unknown> | null;
  startedAt: string | null;
  finishedAt: string | null;
}

/** What an attempt at a step came to. */
export interface StepChange {
  state: 'waiting' | 'done' | 'failed' | 'skipped';
  detail: string | null;
  cloudMessage?: string | null;
  result?: Record<string, unknown>;
  /** Milliseconds, by the database's time, until it is due again. */
  retryInMs?: number;
}

/** A step before anything was done for it. */
export type NewStep = Pick<
  StepRow,
  | 'id'
  | 'organizationId'
  | 'requestId'
  | 'authorizationId'
  | 'phase'
  | 'position'
  | 'kind'
  | 'title'
  | 'input'
>;

/** The steps of requests, and how far each has come. */
export interface StepStore {
  insert(steps: NewStep[]): Promise<void>;
  get(id: string): Promise<StepRow | undefined>;
  listOfRequest(requestId: string): Promise<StepRow[]>;
  /** Those that found what others need. */
  listResults(requestId: string): Promise<StepRow[]>;
  /**
   * Steps that may be worked on now, removals first. A step is due when all
   * earlier steps of another kind are finished: neighbours of one kind, such as
   * assignments in many accounts, do not wait for each other. Running steps are
   * among them: whoever runs them here knows so, and the others are left over
   * from a crash.
   *
   * @param limit - of the steps of each phase
   */
  listDue(organizationId: string, limit: number): Promise<StepRow[]>;
  /**
   * Begins an attempt.
   *
   * @throws FenceLostError when the claim or the step is not the caller's
   */
  begin(claim: Claim, stepId: string): Promise<StepRow>;
  /**
   * Ends the attempt that the claim's holder began.
   *
   * @throws FenceLostError when the claim or the step is not the caller's
   */
  settle(claim: Claim, stepId: string, change: StepChange): Promise<void>;
  /** @throws FenceLostError unless the step is running under the claim */
  fence(claim: Claim, stepId: string): Promise<void>;
  /** Gives up the unfinished grant steps of a request that ends. */
  skipUnfinishedGrants(requestId: string, detail: string): Promise<void>;
  /**
   * Gives an unfinished grant step another input, or gives it up.
   *
   * @param input - null gives it up
   * @param detail - why
   */
  narrow(
    stepId: string,
    input: Record<string, unknown> | null,
    detail: string,
  ): Promise<void>;
  /** Makes the failed steps of the phase due again. */
  retryFailed(requestId: string, phase: StepRow['phase']): Promise<void>;
}
