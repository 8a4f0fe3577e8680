import type { SandboxContext } from '../server/SandboxContext';

/** What SCIM needs of the sandbox. */
export type ScimContext = Pick<SandboxContext, 'store' | 'clock'>;

/** A synchronization job as it is stored. */
export type ScimJob = {
  id: string;
  service_principal_id: string;
  template_id: string;
  state: 'Active' | 'Paused' | 'NotRun' | 'Quarantine';
  quarantine_json: string | null;
  interval_ms: number;
  last_cycle_started_at: number | null;
  last_cycle_ended_at: number | null;
  next_cycle_at: number | null;
  cycles: number;
  status_json: string;
  /** The mapping, where it is another than the template's. */
  schema_json: string | null;
};

/** What one cycle came to; times in milliseconds on the sandbox clock. */
export type ScimExecution = {
  activityIdentifier: string;
  imported: number;
  exported: number;
  failed: number;
  startedAt: number;
  endedAt: number;
  /** Why nothing could be done. */
  error?: { code: string; message: string };
};

/** What one attempt to carry an object over came to. */
export type ScimOutcome = {
  status: 'created' | 'updated' | 'unchanged' | 'skipped' | 'failed';
  /** Id in the identity store, where there is one. */
  targetId?: string;
  errorCode?: string;
  /** Why it was skipped or failed, in a sentence. */
  reason?: string;
};
