import { Sealing } from './CloudWriteGate';

/** An account as AWS Organizations describes it. */
export interface AwsAccount {
  accountId: string;
  name: string;
  email: string | null;
  /** `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, ... */
  state: string;
  /** ISO-8601. */
  joinedAt: string | null;
}

/** An organizational unit on the way from the root to an account. */
export interface OrganizationalUnit {
  id: string;
  name: string;
}

/**
 * Everything a permission set carries. Its digest stands for it in plans, so a
 * change of any part is a change of what an approver saw (security rule 1).
 */
export interface PermissionSetDocument {
  name: string;
  description: string | null;
  /** ISO-8601. */
  sessionDuration: string;
  relayState: string | null;
  managedPolicies: Array<{ arn: string; name: string }>;
  customerManagedPolicies: Array<{ name: string; path: string }>;
  /** The JSON text as AWS holds it. */
  inlinePolicy: string | null;
  permissionsBoundary:
    | { managedPolicyArn: string }
    | { customerManagedPolicy: { name: string; path: string } }
    | null;
  /** Without our own marks. */
  tags: Record<string, string>;
}

/** The marks by which a permission set that this product made is known again. */
export interface PermissionSetMarks {
  /** Which installation made it: the portal's own random id. */
  installation: string;
  /** The step that made it. */
  stepId: string;
}

/** One change of what a permission set carries; AWS has a call for each. */
export type PermissionSetEdit =
  | {
      kind: 'attributes';
      description: string | null;
      sessionDuration: string;
      relayState: string | null;
    }
  | { kind: 'attachManagedPolicy' | 'detachManagedPolicy'; arn: string }
  | {
      kind: 'attachCustomerManagedPolicy' | 'detachCustomerManagedPolicy';
      name: string;
      path: string;
    }
  | { kind: 'putInlinePolicy'; policy: string }
  | { kind: 'deleteInlinePolicy' }
  | {
      kind: 'putPermissionsBoundary';
      boundary: NonNullable<PermissionSetDocument['permissionsBoundary']>;
    }
  | { kind: 'deletePermissionsBoundary' }
  | { kind: 'tag'; tags: Record<string, string> }
  | { kind: 'untag'; keys: string[] };

/** Who has a permission set in an account. */
export interface AccountAssignment {
  accountId: string;
  permissionSetArn: string;
  principalType: 'GROUP' | 'USER';
  principalId: string;
}

/** A user of the identity store of IAM Identity Center. */
export interface StoreUser {
  userId: string;
  userName: string;
  displayName: string | null;
  /** The Entra object id that SCIM wrote; null = not provisioned by SCIM. */
  externalId: string | null;
}

/** A group of the identity store; `externalId` as of a user. */
export interface StoreGroup {
  groupId: string;
  displayName: string;
  externalId: string | null;
}

/** One of AWS's asynchronous operations. */
export interface AssignmentOperation {
  requestId: string;
  status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  failureReason: string | null;
}

/**
 * AWS IAM Identity Center and Organizations, as this product uses them. Lists
 * come page by page so that memory stays flat. Every method throws CloudError
 * and nothing else.
 */
export interface AwsReads {
  /** Ids for the organization's pins. */
  describeInstance(): Promise<{
    instanceArn: string;
    identityStoreId: string;
    managementAccountId: string;
    permissionSetsEnabled: boolean;
  }>;
  listAccounts(): AsyncIterable<AwsAccount[]>;
  describeAccount(accountId: string): Promise<AwsAccount>;
  getOuPath(accountId: string): Promise<OrganizationalUnit[]>;
  listAccountTags(accountId: string): Promise<Record<string, string>>;
  listPermissionSetArns(): AsyncIterable<string[]>;
  describePermissionSet(arn: string): Promise<PermissionSetDocument>;
  /** Null = it carries no marks of ours. */
  getPermissionSetMarks(arn: string): Promise<PermissionSetMarks | null>;
  listAccountIdsWithPermissionSet(arn: string): AsyncIterable<string[]>;
  listAssignments(
    accountId: string,
    permissionSetArn: string,
  ): AsyncIterable<AccountAssignment[]>;
  /**
   * Everything that is assigned to the user or group itself. Only the management
   * account may ask; elsewhere it is a CloudError of kind `permanent`, and the
   * caller has to look account by account.
   */
  listAssignmentsOfPrincipal(
    principalType: 'GROUP' | 'USER',
    principalId: string,
  ): AsyncIterable<AccountAssignment[]>;
  /** Accounts that the permission set's latest state has not reached. */
  listAccountIdsOutOfDate(arn: string): AsyncIterable<string[]>;
  /**
   * Accounts to which the organization has delegated the administration of
   * anything; undefined = the credentials may not know.
   */
  listDelegatedAdministratorIds(): Promise<string[] | undefined>;
  listStoreUsers(): AsyncIterable<StoreUser[]>;
  listStoreGroups(): AsyncIterable<StoreGroup[]>;
  listStoreMembers(groupId: string): AsyncIterable<string[]>;
  /** By the Entra object id that SCIM writes; undefined = not there. */
  findStoreGroupByExternalId(
    externalId: string,
  ): Promise<StoreGroup | undefined>;
  findStoreUserByExternalId(externalId: string): Promise<StoreUser | undefined>;
  /** The status of an asynchronous operation; undefined = AWS does not know it. */
  getAssignmentOperation(
    kind: 'create' | 'delete' | 'provision',
    requestId: string,
  ): Promise<AssignmentOperation | undefined>;
  /** Operations of the kind that AWS still works on. */
  listRunningAssignmentOperations(
    kind: 'create' | 'delete',
  ): Promise<AssignmentOperation[]>;
}

/**
 * The writes. The operation names and inputs that a seal must carry are in
 * `awsWrites.ts`, shared with whoever asks the gate.
 */
export interface AwsWrites {
  createAccountAssignment(
    seal: Sealing,
    assignment: AccountAssignment,
  ): Promise<AssignmentOperation>;
  deleteAccountAssignment(
    seal: Sealing,
    assignment: AccountAssignment,
  ): Promise<AssignmentOperation>;
  /**
   * Creates an empty permission set: name, description, session duration, relay
   * state, tags and our marks. Policies follow as edits.
   *
   * @returns its ARN
   */
  createPermissionSet(
    seal: Sealing,
    set: PermissionSetDocument,
    marks: PermissionSetMarks,
  ): Promise<string>;
  /** Succeeds also when it is so already, where AWS says so. */
  editPermissionSet(
    seal: Sealing,
    arn: string,
    edit: PermissionSetEdit,
  ): Promise<void>;
  /** Brings the latest state to every account that has the permission set. */
  provisionPermissionSet(
    seal: Sealing,
    arn: string,
  ): Promise<AssignmentOperation>;
  deletePermissionSet(seal: Sealing, arn: string): Promise<void>;
}

/** All of AWS that this product uses: reads freely, writes under a seal. */
export type AwsCloud = AwsReads & AwsWrites;
