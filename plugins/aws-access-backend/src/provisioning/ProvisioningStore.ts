import { PlanStepKind } from 'backstage-plugin-aws-access-common';

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
  epoch: number | null;
  result: Record<string, unknown> | null;
  startedAt: string | null;
  finishedAt: string | null;
}

/**
 * Authorizations, steps and intents. Provisioning extends this in its own
 * folder; the rest of the plugin only reads steps.
 */
export interface ProvisioningStore {
  listSteps(requestId: string): Promise<StepRow[]>;
}
