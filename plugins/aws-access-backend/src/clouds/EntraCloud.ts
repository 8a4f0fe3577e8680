import { Sealing } from './CloudWriteGate';

/**
 * A user of the tenant. `accountEnabled` is null where it may not be read: then
 * nobody is enabled for sure, and nobody disabled.
 */
export interface EntraUser {
  userId: string;
  userPrincipalName: string;
  displayName: string | null;
  accountEnabled: boolean | null;
}

/**
 * A security group of the tenant. `uniqueName` is set once, when it is
 * created.
 */
export interface EntraGroup {
  groupId: string;
  displayName: string;
  description: string | null;
  uniqueName: string | null;
  /**
   * Why it cannot carry access, in plain words: it is not a security group, is
   * dynamic, synchronized from elsewhere, or can be given roles (security rule
   * 15). Null = it can.
   */
  unusableBecause: string | null;
}

/** Who owns a group, and so decides on who is in it. */
export interface GroupOwners {
  /** All of them. */
  count: number;
  includeUs: boolean;
}

/** Who is in a group itself. */
export interface DirectMembers {
  users: EntraUser[];
  /** How many groups are in it: SCIM does not carry their members. */
  nestedGroups: number;
}

/** A group, user or service principal assigned to the enterprise application. */
export interface ApplicationAssignment {
  assignmentId: string;
  principalId: string;
  principalType: 'User' | 'Group' | 'ServicePrincipal';
}

/** What SCIM on demand said of one group. */
export interface OnDemandResult {
  /** True when every step of Entra's report succeeded. */
  succeeded: boolean;
  /** Entra's own account of what it did or why it did not. */
  report: string;
}

/**
 * Microsoft Graph, as this product uses it. Every method throws CloudError and
 * nothing else.
 */
export interface EntraReads {
  /** Ids for the organization's pins. */
  describeTenant(): Promise<{
    tenantId: string;
    enterpriseApplicationId: string;
  }>;
  listUsers(): AsyncIterable<EntraUser[]>;
  getUser(userId: string): Promise<EntraUser | undefined>;
  getGroup(groupId: string): Promise<EntraGroup | undefined>;
  findGroupByUniqueName(uniqueName: string): Promise<EntraGroup | undefined>;
  /** Graph compares display names without regard to case. */
  findGroupsByDisplayName(displayName: string): Promise<EntraGroup[]>;
  /** Direct members that are users. */
  listMembers(groupId: string): AsyncIterable<EntraUser[]>;
  /** The same, and groups in it, with one reading. */
  readDirectMembers(groupId: string): Promise<DirectMembers>;
  /** How many own it, and whether our own service principal does (security rule 15). */
  describeOwners(groupId: string): Promise<GroupOwners>;
  /** Groups in the group: SCIM does not carry their members. */
  countNestedGroups(groupId: string): Promise<number>;
  listApplicationAssignments(): AsyncIterable<ApplicationAssignment[]>;
  findApplicationAssignment(
    groupId: string,
  ): Promise<ApplicationAssignment | undefined>;
}

/**
 * The writes. The operation names and inputs that a seal must carry are in
 * `entraWrites.ts`, shared with whoever asks the gate.
 */
export interface EntraWrites {
  /**
   * Creates the group under our own random unique name, owned by our service
   * principal. The upsert also updates an existing group, so `created` tells
   * which of the two happened (security rule 14).
   */
  createGroup(
    seal: Sealing,
    group: { uniqueName: string; displayName: string; description: string },
  ): Promise<{ created: boolean; groupId: string | null }>;
  /** Succeeds also when the user is a member already. */
  addMember(seal: Sealing, groupId: string, userId: string): Promise<void>;
  removeMember(seal: Sealing, groupId: string, userId: string): Promise<void>;
  deleteGroup(seal: Sealing, groupId: string): Promise<void>;
  /** Succeeds also when the group is assigned already. */
  assignGroupToApplication(seal: Sealing, groupId: string): Promise<void>;
  removeApplicationAssignment(
    seal: Sealing,
    assignmentId: string,
  ): Promise<void>;
  /** At most five users a call (Graph's limit). */
  provisionOnDemand(
    seal: Sealing,
    groupId: string,
    userIds: string[],
  ): Promise<OnDemandResult>;
}

/** All of Entra that this product uses: reads freely, writes under a seal. */
export type EntraCloud = EntraReads & EntraWrites;
