/** A person, as far as steps need one. */
export interface StepMember {
  entraUserId: string;
  displayName: string;
}

export interface AssignmentTarget {
  accountId: string;
  accountName: string;
  permissionSetArn: string;
  permissionSetName: string;
}

/**
 * What each kind of step is given. `groupKey` is the key of the access group in
 * the plan: its ids are in the results of earlier steps.
 */
export interface StepInputs {
  ensureAccessGroup: {
    groupKey: string;
    /** The id of a group that exists already; null = to be created. */
    entraGroupId: string | null;
    displayName: string;
    description: string;
  };
  ensureMembers: { groupKey: string; members: StepMember[] };
  assignGroupToEnterpriseApplication: { groupKey: string };
  provisionOnDemand: { groupKey: string; members: StepMember[] };
  awaitIdentityStoreGroup: { groupKey: string; members: StepMember[] };
  ensureAssignment: AssignmentTarget & { groupKey: string };
  verify: {
    groups: Array<{ groupKey: string; members: StepMember[] }>;
    assignments: Array<AssignmentTarget & { groupKey: string }>;
  };
  removeAssignment: AssignmentTarget & {
    entraGroupId: string;
    storeGroupId: string;
    groupName: string;
  };
  removeMembers: {
    entraGroupId: string;
    groupName: string;
    members: StepMember[];
  };
  removeApplicationAssignment: { entraGroupId: string; groupName: string };
  removeAccessGroup: {
    /** Null when the creation's answer was lost: found by its unique name. */
    entraGroupId: string | null;
    uniqueName: string | null;
    groupName: string;
  };
  verifyGone: Record<string, never>;
}
