import { SealedRecord } from '../../integrity/Seals';
import {
  DecisionRow,
  PlanRow,
  RequestPatch,
  RequestRow,
  TimelineRow,
} from './RequestStore';

/** A row of `aws_access_requests`. */
export interface RequestColumns {
  id: string;
  number: number;
  organization_id: string;
  state: string;
  state_reason: string | null;
  version: number;
  plan_version: number;
  plan_digest: string;
  requester_ref: string;
  requester_person_id: string | null;
  filer_ref: string | null;
  filer_person_id: string | null;
  actor: string | null;
  team_ref: string;
  title: string;
  justification: string;
  ticket: string | null;
  duration: string | null;
  changes: string;
  copy_of: string | null;
  extension_of: string | null;
  idempotency_key: string;
  body_digest: string;
  created_at: string;
  updated_at: string;
  approved_at: string | null;
  starts_at: string | null;
  ends_at: string | null;
}

/** A request as the code has it, from its columns. */
export function toRequestRow(columns: RequestColumns): RequestRow {
  return {
    id: columns.id,
    number: columns.number,
    organizationId: columns.organization_id,
    state: columns.state as RequestRow['state'],
    stateReason: columns.state_reason,
    version: columns.version,
    planVersion: columns.plan_version,
    planDigest: columns.plan_digest,
    requesterRef: columns.requester_ref,
    requesterPersonId: columns.requester_person_id,
    ...(isByAnother(columns) && {
      filerRef: columns.filer_ref!,
      filerPersonId: columns.filer_person_id,
    }),
    actor: columns.actor,
    teamRef: columns.team_ref,
    title: columns.title,
    justification: columns.justification,
    ticket: columns.ticket,
    duration: columns.duration,
    changes: JSON.parse(columns.changes),
    copyOf: columns.copy_of,
    extensionOf: columns.extension_of,
    idempotencyKey: columns.idempotency_key,
    bodyDigest: columns.body_digest,
    createdAt: columns.created_at,
    updatedAt: columns.updated_at,
    approvedAt: columns.approved_at,
    startsAt: columns.starts_at,
    endsAt: columns.ends_at,
  };
}

/** Rows of a version before this one have no filer. */
function isByAnother(columns: RequestColumns): boolean {
  return (
    columns.filer_ref !== null && columns.filer_ref !== columns.requester_ref
  );
}

/** The columns of a request; the database sets `updated_at`. */
export function toRequestColumns(
  row: Omit<RequestRow, 'updatedAt'>,
): Omit<RequestColumns, 'updated_at'> {
  return {
    id: row.id,
    number: row.number,
    organization_id: row.organizationId,
    state: row.state,
    state_reason: row.stateReason,
    version: row.version,
    plan_version: row.planVersion,
    plan_digest: row.planDigest,
    requester_ref: row.requesterRef,
    requester_person_id: row.requesterPersonId,
    filer_ref: row.filerRef ?? row.requesterRef,
    filer_person_id: row.filerRef
      ? row.filerPersonId ?? null
      : row.requesterPersonId,
    actor: row.actor,
    team_ref: row.teamRef,
    title: row.title,
    justification: row.justification,
    ticket: row.ticket,
    duration: row.duration,
    changes: JSON.stringify(row.changes),
    copy_of: row.copyOf,
    extension_of: row.extensionOf ?? null,
    idempotency_key: row.idempotencyKey,
    body_digest: row.bodyDigest,
    created_at: row.createdAt,
    approved_at: row.approvedAt,
    starts_at: row.startsAt,
    ends_at: row.endsAt,
  };
}

/** Only what the patch names; null writes null. */
export function toPatchColumns(patch: RequestPatch): Partial<RequestColumns> {
  const columns = {
    state_reason: patch.stateReason,
    title: patch.title,
    duration: patch.duration,
    changes: patch.changes && JSON.stringify(patch.changes),
    plan_version: patch.planVersion,
    plan_digest: patch.planDigest,
    approved_at: patch.approvedAt,
    starts_at: patch.startsAt,
    ends_at: patch.endsAt,
  };
  return Object.fromEntries(
    Object.entries(columns).filter(([, value]) => value !== undefined),
  );
}

/** A row of `aws_access_request_plans`. */
export interface PlanColumns {
  request_id: string;
  version: number;
  digest: string;
  plan: string;
  policy: string;
  computed_at: string;
  counts_from_version: number | null;
  waiting_since: string | null;
  opened_at: string | null;
}

/** A version of a plan, from its columns. */
export function toPlanRow(columns: PlanColumns): PlanRow {
  return {
    requestId: columns.request_id,
    version: columns.version,
    digest: columns.digest,
    plan: JSON.parse(columns.plan),
    policy: JSON.parse(columns.policy),
    computedAt: columns.computed_at,
    countsFromVersion: columns.counts_from_version ?? columns.version,
    waitingSince: columns.waiting_since ?? columns.computed_at,
    openedAt: columns.opened_at ? JSON.parse(columns.opened_at) : {},
  };
}

/** A row of `aws_access_decisions`. */
export interface DecisionColumns {
  id: string;
  request_id: string;
  plan_version: number;
  plan_digest: string;
  person_id: string;
  entity_ref: string;
  verdict: string;
  reason: string | null;
  decided_at: string;
  seal?: string | null;
}

/** What of a decision is sealed. */
export function decisionRecord(columns: DecisionColumns): SealedRecord {
  return {
    kind: 'decision',
    requestId: columns.request_id,
    planVersion: columns.plan_version,
    planDigest: columns.plan_digest,
    personId: columns.person_id,
    entityRef: columns.entity_ref,
    verdict: columns.verdict,
    decidedAt: columns.decided_at,
  };
}

/** A decision, from its columns. */
export function toDecisionRow(columns: DecisionColumns): DecisionRow {
  return {
    id: columns.id,
    requestId: columns.request_id,
    planVersion: columns.plan_version,
    planDigest: columns.plan_digest,
    personId: columns.person_id,
    entityRef: columns.entity_ref,
    verdict: columns.verdict as DecisionRow['verdict'],
    reason: columns.reason,
    decidedAt: columns.decided_at,
  };
}

/** A row of `aws_access_timeline`. */
export interface TimelineColumns {
  request_id: string;
  sequence: number;
  at: string;
  kind: string;
  actor_ref: string | null;
  text: string;
}

/** What happened to a request at one moment, from its columns. */
export function toTimelineRow(columns: TimelineColumns): TimelineRow {
  return {
    requestId: columns.request_id,
    sequence: columns.sequence,
    at: columns.at,
    kind: columns.kind as TimelineRow['kind'],
    actorRef: columns.actor_ref,
    text: columns.text,
  };
}
