import { PermissionSetDocument } from '../../clouds/AwsCloud';

/** A person, as far as steps need one. */
export interface StepMember {
  entraUserId: string;
  displayName: string;
}

/** Where a step assigns which permission set. */
export interface AssignmentTarget {
  accountId: string;
  accountName: string;
  /** An ARN, or `newPermissionSetArn(key)` of a set that an earlier step makes. */
  permissionSetArn: string;
  permissionSetName: string;
}

/** Whom an assignment of the plan is for. */
export type StepPrincipal =
  | { kind: 'accessGroup'; groupKey: string; displayName: string }
  | ({ kind: 'person' } & StepMember);

/**
 * Whom an assignment is taken away from. The identity store's id is null where
 * it has to be looked up by the one of Entra.
 */
export type LeavingPrincipal =
  | {
      kind: 'accessGroup';
      entraGroupId: string;
      storeGroupId: string | null;
      displayName: string;
    }
  | ({ kind: 'person'; storeUserId: string | null } & StepMember);

/** Part of inputs of steps that make something. */
interface Ensured {
  /**
   * The plan found it there already, so nobody agreed that it is made: it only
   * gets a lease, and the step fails when it has gone meanwhile.
   */
  isThere: boolean;
  /** It is looked after by this product from now on (security rule 18). */
  adopts?: boolean;
}

/**
 * What each kind of step is given. `groupKey` is the key of the access group in
 * the plan: its ids are in the results of earlier steps. The same holds for
 * `permissionSetKey`.
 */
export interface StepInputs {
  ensureAccessGroup: {
    groupKey: string;
    /** The id of a group that exists already; null = to be created. */
    entraGroupId: string | null;
    displayName: string;
    description: string;
    /** An existing group that is looked after from now on. */
    adopts?: boolean;
  };
  ensureMembers: { groupKey: string; members: StepMember[] } & Ensured;
  assignGroupToEnterpriseApplication: { groupKey: string } & Ensured;
  provisionOnDemand: { groupKey: string; members: StepMember[] };
  awaitIdentityStoreGroup: { groupKey: string; members: StepMember[] };
  awaitIdentityStoreUsers: { members: StepMember[] };
  ensurePermissionSet: {
    permissionSetKey: string;
    /** Null = to be created. */
    arn: string | null;
    name: string;
    before: PermissionSetDocument | null;
    after: PermissionSetDocument;
    /** It is as it was, and looked after by this product from now on. */
    adopts?: boolean;
  };
  provisionPermissionSet: {
    permissionSetKey: string;
    name: string;
    /** In how many accounts the plan found it. */
    accountsCount: number;
  };
  ensureAssignment: AssignmentTarget & { principal: StepPrincipal } & Ensured;
  verify: {
    groups: Array<{ groupKey: string; members: StepMember[] }>;
    assignments: Array<AssignmentTarget & { principal: StepPrincipal }>;
    permissionSets: Array<{ permissionSetKey: string; name: string }>;
    /** What the request removed. */
    gone: {
      assignments: Array<AssignmentTarget & { principal: LeavingPrincipal }>;
      members: Array<StepInputs['removeMembers']>;
      applicationAssignments: Array<StepInputs['removeApplicationAssignment']>;
      groups: Array<{ entraGroupId: string; displayName: string }>;
      permissionSets: Array<{ arn: string; name: string }>;
    };
  };
  removeAssignment: AssignmentTarget & { principal: LeavingPrincipal };
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
  removePermissionSet: {
    /** Null when the creation's answer was lost: found by its marks. */
    arn: string | null;
    /** In the plan; null at the end of a lease. */
    permissionSetKey: string | null;
    /** The step that made it, if this product did: it is among its marks. */
    madeByStepId: string | null;
    name: string;
  };
  verifyGone: Record<string, never>;
}
