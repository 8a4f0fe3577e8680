import { StepRow } from './StepStore';

/** A row of `aws_access_steps`; PostgreSQL hands out bigints as text. */
export interface StepRecord {
  id: string;
  organization_id: string;
  request_id: string;
  authorization_id: string;
  phase: StepRow['phase'];
  position: number;
  kind: StepRow['kind'];
  title: string;
  input: string;
  state: StepRow['state'];
  detail: string | null;
  cloud_message: string | null;
  attempts: number;
  not_before: string | null;
  epoch: number | string | null;
  result: string | null;
  started_at: string | null;
  finished_at: string | null;
}

/** The step of a row; numbers may come as texts from PostgreSQL. */
export function toStep(row: StepRecord): StepRow {
  return {
    id: row.id,
    organizationId: row.organization_id,
    requestId: row.request_id,
    authorizationId: row.authorization_id,
    phase: row.phase,
    position: row.position,
    kind: row.kind,
    title: row.title,
    input: JSON.parse(row.input),
    state: row.state,
    detail: row.detail,
    cloudMessage: row.cloud_message,
    attempts: row.attempts,
    notBefore: row.not_before,
    epoch: row.epoch === null ? null : Number(row.epoch),
    result: row.result === null ? null : JSON.parse(row.result),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
