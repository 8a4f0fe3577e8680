import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  Change,
  Plan,
  RequestState,
  TimelineEventKind,
} from 'backstage-plugin-aws-access-common';
import { AwsAccessRequestTerm } from 'backstage-plugin-aws-access-node';
import { PolicyOutcome } from '../../policy/PolicyOutcome';

/** A request as it is stored; moments are ISO-8601. */
export interface RequestRow {
  id: string;
  number: number;
  organizationId: string;
  state: RequestState;
  stateReason: string | null;
  /** Counts the row's changes; every change is guarded by it. */
  version: number;
  planVersion: number;
  planDigest: string;
  requesterRef: string;
  requesterPersonId: string | null;
  /** Who filed it for the requester; left out = the requester. */
  filerRef?: string;
  filerPersonId?: string | null;
  /** What filed it for the requester, e.g. `plugin:scaffolder`; null = themselves. */
  actor: string | null;
  teamRef: string;
  title: string;
  justification: string;
  ticket: string | null;
  duration: string | null;
  changes: Change[];
  /** Id of the request whose wishes it copies. */
  copyOf: string | null;
  /** Id of the request whose access it goes on with; left out = none. */
  extensionOf?: string | null;
  idempotencyKey: string;
  bodyDigest: string;
  createdAt: string;
  updatedAt: string;
  approvedAt: string | null;
  startsAt: string | null;
  endsAt: string | null;
}

/** One version of the plan of a request, with what the policy said of it. */
export interface PlanRow {
  requestId: string;
  version: number;
  digest: string;
  plan: Plan;
  policy: PolicyOutcome;
  computedAt: string;
  /**
   * The oldest version whose decisions count for this one, because every version
   * since narrows the one before it; left out = its own.
   */
  countsFromVersion?: number;
  /**
   * Since when its stages wait for decisions, ISO-8601; left out = since it was
   * computed. A narrower plan goes on waiting since the wider one did.
   */
  waitingSince?: string;
  /** When later stages opened, ISO-8601 by stage id; those of a wider plan count on. */
  openedAt?: Record<string, string>;
}

/** What one person decided, on exactly one version of the plan. */
export interface DecisionRow {
  id: string;
  requestId: string;
  planVersion: number;
  planDigest: string;
  personId: string;
  entityRef: string;
  verdict: 'approve' | 'narrow' | 'reject';
  reason: string | null;
  decidedAt: string;
}

/** One event on the page of a request. */
export interface TimelineRow {
  requestId: string;
  sequence: number;
  at: string;
  kind: TimelineEventKind;
  actorRef: string | null;
  text: string;
}

/** What may be changed with a state. */
export type RequestPatch = Partial<
  Pick<
    RequestRow,
    | 'stateReason'
    | 'title'
    | 'duration'
    | 'changes'
    | 'planVersion'
    | 'planDigest'
    | 'approvedAt'
    | 'startsAt'
    | 'endsAt'
  >
>;

/** Which requests to list; what is left out does not narrow. */
export interface RequestFilter {
  /** Only those found under one of the keys; see requestKeys.ts. */
  keys?: string[];
  /**
   * Only those found by every one of the words, as `searchedWords` gives them.
   * Whether the reader sees the words is for who reads to find out.
   */
  words?: string[];
  /** Conditions of the portal's permission policy; they narrow. */
  matching?: PermissionCriteria<AwsAccessRequestTerm>;
  /** Only this one. */
  id?: string;
  teamRef?: string;
  organizationId?: string;
  states?: RequestState[];
  /** Only requests with a smaller number: the cursor, newest first. */
  beforeNumber?: number;
  limit: number;
}

/** A version of a request's plan. */
export interface PlanKey {
  requestId: string;
  version: number;
}

/** The plans of requests, who gains by them, and who is asked to decide. */
export interface RequestPlanStore {
  /** Also keeps whom the plan version benefits and which accounts it touches. */
  insertPlan(plan: PlanRow): Promise<void>;
  /** Keeps who was asked to decide on a plan version, by catalog ref. */
  insertAsked(
    requestId: string,
    planVersion: number,
    entityRefs: string[],
  ): Promise<void>;
  listAsked(requestId: string, planVersion: number): Promise<string[]>;
  listAskedOf(plans: PlanKey[]): Promise<Map<string, string[]>>;
  /** Keeps when stages of a plan version opened; what is kept stays. */
  setOpenedAt(
    requestId: string,
    version: number,
    openedAt: Record<string, string>,
  ): Promise<void>;
  /**
   * Pending requests of which somebody is to be asked by now: alternates, or all
   * approvers of a plan that was made without anybody.
   */
  listAlternatesDue(organizationId: string, limit: number): Promise<string[]>;
  /** Says when alternates of a plan version are to be asked next; null = never. */
  setAlternatesAt(
    requestId: string,
    version: number,
    at: string | null,
  ): Promise<void>;
  /** Whose access grows by a plan version, by catalog ref. */
  listGaining(requestId: string, planVersion: number): Promise<string[]>;
  getPlan(requestId: string, version: number): Promise<PlanRow>;
  /** By request id. @throws NotFoundError when there is no such plan */
  getPlans(plans: PlanKey[]): Promise<Map<string, PlanRow>>;
}

/** What people said and what happened. */
export interface RequestHistoryStore {
  /** @throws ConflictError when this person decided on this plan version before */
  insertDecision(decision: DecisionRow): Promise<void>;
  /** @param countsFrom - the oldest plan version to take in; left out = only this one */
  listDecisions(
    requestId: string,
    planVersion: number,
    countsFrom?: number,
  ): Promise<DecisionRow[]>;
  /** On any version of their plans, by request id, in their order. */
  listDecisionsOf(requestIds: string[]): Promise<Map<string, DecisionRow[]>>;
  appendTimeline(
    event: Omit<TimelineRow, 'sequence' | 'at'>,
  ): Promise<TimelineRow>;
  listTimeline(requestId: string): Promise<TimelineRow[]>;
}

/** Requests with their plans and history; every state change is guarded. */
export interface RequestStore extends RequestPlanStore, RequestHistoryStore {
  /**
   * Inserts a request with its first plan version and who benefits from it. The
   * number is taken in the same transaction.
   *
   * @throws ConflictError when the filer used the idempotency key before
   */
  insert(
    request: Omit<RequestRow, 'number' | 'version' | 'updatedAt'>,
    plan: Omit<PlanRow, 'requestId'>,
  ): Promise<RequestRow>;
  get(id: string): Promise<RequestRow | undefined>;
  findByIdempotencyKey(
    filerRef: string,
    key: string,
  ): Promise<RequestRow | undefined>;
  list(filter: RequestFilter): Promise<RequestRow[]>;
  /** Of those that a person filed, for themselves or others. */
  countOpen(filerRef: string): Promise<number>;
  /**
   * Open requests, newest first, whose present plan gives one of the people
   * access to one of the accounts; with which permission set, their plans say.
   */
  listTouching(filter: {
    organizationId: string;
    entityRefs: string[];
    accountIds: string[];
    limit: number;
  }): Promise<RequestRow[]>;
  /**
   * Changes the state, guarded by the row's id, state, version and plan.
   *
   * @throws ConflictError unless exactly one row was changed
   */
  transition(
    request: Pick<
      RequestRow,
      'id' | 'state' | 'version' | 'planVersion' | 'planDigest'
    >,
    to: RequestState,
    patch?: RequestPatch,
  ): Promise<RequestRow>;
  /**
   * Says why a request is still in its state, guarded by it. Not a change that
   * anybody decides by, so the version stays.
   */
  explainState(
    request: Pick<RequestRow, 'id' | 'state'>,
    reason: string,
  ): Promise<void>;
}
