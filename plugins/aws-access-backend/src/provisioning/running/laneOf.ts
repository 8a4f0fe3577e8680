import { PlanStepKind } from 'backstage-plugin-aws-access-common';
import { CloudName } from '../../organizations/askCloud';

/** The cloud in which a step works; `both` = it looks at both and writes to none. */
export type Lane = CloudName | 'both';

const LANES: Record<PlanStepKind, Lane> = {
  ensureAccessGroup: 'entra',
  ensureMembers: 'entra',
  assignGroupToEnterpriseApplication: 'entra',
  provisionOnDemand: 'entra',
  awaitIdentityStoreGroup: 'aws',
  awaitIdentityStoreUsers: 'aws',
  ensurePermissionSet: 'aws',
  provisionPermissionSet: 'aws',
  ensureAssignment: 'aws',
  verify: 'both',
  removeAssignment: 'aws',
  removeMembers: 'entra',
  removeApplicationAssignment: 'entra',
  removeAccessGroup: 'entra',
  removePermissionSet: 'aws',
  verifyGone: 'both',
};

/** In which lane a step runs: those that wait for a cloud fill no other cloud's. */
export function laneOf({ kind }: { kind: PlanStepKind }): Lane {
  return LANES[kind];
}

/** Whether what one step has sent could be in the way of another one. */
export function mayMeet(
  one: { kind: PlanStepKind },
  other: { kind: PlanStepKind },
): boolean {
  const lanes = new Set([laneOf(one), laneOf(other)]);
  return lanes.size === 1 || lanes.has('both');
}
