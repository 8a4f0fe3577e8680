import { newPermissionSetArn } from 'backstage-plugin-aws-access-common';
import { OrganizationClouds } from '../../clouds/OrganizationClouds';
import { OrganizationConfig } from '../../config/AwsAccessConfig';
import { RootStores } from '../../database/Stores';
import { Claim } from '../../organizations/OrganizationStore';
import { RequestRow } from '../../requests/stores/RequestStore';
import { ProvisioningPace } from '../ProvisioningPace';
import { StepInputs } from '../steps/stepInputs';
import { StepRow } from '../stores/StepStore';
import { AssignmentPlaces } from './AssignmentPlaces';
import { CreationWatch } from './CreationWatch';

/** What executors are told of, and tell of, the creations that AWS works on. */
export interface Creations {
  places: Pick<AssignmentPlaces, 'take' | 'giveBack'>;
  watch: Pick<CreationWatch, 'add'>;
}

/** What an executor is given for one attempt. */
export interface StepContext {
  stores: RootStores;
  clouds: OrganizationClouds;
  config: OrganizationConfig;
  pace: ProvisioningPace;
  creations: Creations;
  claim: Claim;
  request: RequestRow;
  step: StepRow;
  /** All steps of the request: results of earlier ones are needed by later ones. */
  steps: StepRow[];
}

/** What one attempt came to. */
export type StepOutcome =
  | { kind: 'done'; detail?: string; result?: Record<string, unknown> }
  /** Nothing to do: says what keeps the object as it is. */
  | { kind: 'skipped'; detail: string }
  /** Waits for a cloud; holds nobody up meanwhile. */
  | {
      kind: 'waiting';
      detail: string;
      retryInMs: number;
      result?: Record<string, unknown>;
      /** For operators. */
      cloudMessage?: string;
      /** Waits for them, not for a cloud: they are told. */
      isForOperators?: boolean;
    }
  /** Something was written: look whether it is there. */
  | { kind: 'lookAgain'; detail: string }
  /** Cannot help itself; a person must look. */
  | { kind: 'failed'; detail: string; cloudMessage?: string };

/**
 * Carries out one kind of step. Every attempt begins by looking at the cloud, so
 * that it is safe to run twice, also after a crash at any point.
 *
 * @throws CloudError when a cloud refuses or does not answer
 * @throws FenceLostError when the work is not the caller's any more
 */
export type StepExecutor = (context: StepContext) => Promise<StepOutcome>;

/** The input of a step of a known kind. */
export function inputOf<Kind extends keyof StepInputs>(
  context: StepContext,
  _kind: Kind,
): StepInputs[Kind] {
  return context.step.input as unknown as StepInputs[Kind];
}

/** The Entra object id of a group of the plan, once its step has found it. */
export function entraGroupIdOf(context: StepContext, groupKey: string): string {
  return resultOf(context, 'ensureAccessGroup', groupKey, 'entraGroupId');
}

/** The identity store's id of a group of the plan, once AWS knows the group. */
export function storeGroupIdOf(context: StepContext, groupKey: string): string {
  return resultOf(context, 'awaitIdentityStoreGroup', groupKey, 'storeGroupId');
}

/** The identity store's id of a person, once AWS knows them. */
export function storeUserIdOf(
  context: StepContext,
  entraUserId: string,
): string {
  const found = context.steps
    .filter(
      step =>
        step.kind === 'awaitIdentityStoreUsers' ||
        step.kind === 'awaitIdentityStoreGroup',
    )
    .map(
      step => step.result?.storeUserIds as Record<string, string> | undefined,
    )
    .find(ids => ids?.[entraUserId]);
  if (!found) {
    throw new Error(
      `Step ${context.step.id} needs the identity store's id of ${entraUserId}, which no earlier step has found`,
    );
  }
  return found[entraUserId];
}

/**
 * The ARN of a permission set of the plan: as it stands there, or as the step
 * that made the set has found it.
 *
 * @param arn - an ARN, or `newPermissionSetArn(key)`
 */
export function permissionSetArnOf(context: StepContext, arn: string): string {
  const made = context.steps.find(
    candidate =>
      candidate.phase === 'grant' &&
      candidate.kind === 'ensurePermissionSet' &&
      newPermissionSetArn(String(candidate.input.permissionSetKey)) === arn,
  );
  if (!made) return arn;
  return textOf(context, made, 'permissionSetArn', arn);
}

/** The ARN of the permission set that a step of the request ensures. */
export function permissionSetArnOfKey(
  context: StepContext,
  permissionSetKey: string,
): string {
  const made = context.steps.find(
    candidate =>
      candidate.phase === 'grant' &&
      candidate.kind === 'ensurePermissionSet' &&
      candidate.input.permissionSetKey === permissionSetKey,
  );
  return textOf(context, made, 'permissionSetArn', permissionSetKey);
}

function resultOf(
  context: StepContext,
  kind: StepRow['kind'],
  groupKey: string,
  field: string,
): string {
  const step = context.steps.find(
    candidate =>
      candidate.phase === 'grant' &&
      candidate.kind === kind &&
      candidate.input.groupKey === groupKey,
  );
  return textOf(context, step, field, groupKey);
}

function textOf(
  context: StepContext,
  step: StepRow | undefined,
  field: string,
  of: string,
): string {
  const value = step?.result?.[field];
  if (typeof value !== 'string') {
    throw new Error(
      `Step ${context.step.id} needs ${field} of '${of}', which no earlier step has found`,
    );
  }
  return value;
}
