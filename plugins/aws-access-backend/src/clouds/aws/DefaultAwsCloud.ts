import {
  AccountAssignment,
  AwsCloud,
  PermissionSetDocument,
  PermissionSetEdit,
  PermissionSetMarks,
} from '../AwsCloud';
import { Sealing } from '../CloudWriteGate';
import { Accounts } from './Accounts';
import { Assignments } from './Assignments';
import { AwsClients } from './createAwsClients';
import { IdentityCenterInstance } from './IdentityCenterInstance';
import { IdentityStore, KnownIssuers } from './IdentityStore';
import { PermissionSets } from './PermissionSets';

/** Identity Center and Organizations over the AWS SDK. */
export class DefaultAwsCloud implements AwsCloud {
  readonly #instance: IdentityCenterInstance;
  readonly #accounts: Accounts;
  readonly #permissionSets: PermissionSets;
  readonly #assignments: Assignments;
  readonly #identityStore: IdentityStore;

  constructor(clients: AwsClients, issuers: KnownIssuers) {
    const instance = new IdentityCenterInstance(clients);
    const instanceArn = async () => (await instance.ids()).instanceArn;
    this.#instance = instance;
    this.#accounts = new Accounts(clients.organizations);
    this.#permissionSets = new PermissionSets(clients.ssoAdmin, instanceArn);
    this.#assignments = new Assignments(clients.ssoAdmin, instanceArn);
    this.#identityStore = new IdentityStore({
      client: clients.identityStore,
      storeId: async () => (await instance.ids()).identityStoreId,
      issuers,
    });
  }

  async describeInstance() {
    const ids = await this.#instance.read();
    return {
      ...ids,
      permissionSetsEnabled: await this.#instance.permissionSetsEnabled(),
    };
  }

  listAccounts() {
    return this.#accounts.list();
  }

  describeAccount(accountId: string) {
    return this.#accounts.describe(accountId);
  }

  getOuPath(accountId: string) {
    return this.#accounts.getOuPath(accountId);
  }

  listAccountTags(accountId: string) {
    return this.#accounts.listTags(accountId);
  }

  listDelegatedAdministratorIds() {
    return this.#accounts.listDelegatedAdministratorIds();
  }

  listPermissionSetArns() {
    return this.#permissionSets.listArns();
  }

  describePermissionSet(arn: string) {
    return this.#permissionSets.describe(arn);
  }

  getPermissionSetMarks(arn: string) {
    return this.#permissionSets.getMarks(arn);
  }

  listAccountIdsWithPermissionSet(arn: string) {
    return this.#permissionSets.listAccountIds(arn);
  }

  listAccountIdsOutOfDate(arn: string) {
    return this.#permissionSets.listAccountIds(
      arn,
      'LATEST_PERMISSION_SET_NOT_PROVISIONED',
    );
  }

  listAssignments(accountId: string, permissionSetArn: string) {
    return this.#assignments.list(accountId, permissionSetArn);
  }

  listAssignmentsOfPrincipal(
    principalType: 'GROUP' | 'USER',
    principalId: string,
  ) {
    return this.#assignments.listOfPrincipal(principalType, principalId);
  }

  listStoreUsers() {
    return this.#identityStore.listUsers();
  }

  listStoreGroups() {
    return this.#identityStore.listGroups();
  }

  listStoreMembers(groupId: string) {
    return this.#identityStore.listMembers(groupId);
  }

  findStoreGroupByExternalId(externalId: string) {
    return this.#identityStore.findGroupByExternalId(externalId);
  }

  findStoreUserByExternalId(externalId: string) {
    return this.#identityStore.findUserByExternalId(externalId);
  }

  getAssignmentOperation(
    kind: 'create' | 'delete' | 'provision',
    requestId: string,
  ) {
    return kind === 'provision'
      ? this.#permissionSets.getProvisioning(requestId)
      : this.#assignments.getOperation(kind, requestId);
  }

  listRunningAssignmentOperations(kind: 'create' | 'delete') {
    return this.#assignments.listRunningOperations(kind);
  }

  createAccountAssignment(seal: Sealing, assignment: AccountAssignment) {
    return this.#assignments.create(seal, assignment);
  }

  deleteAccountAssignment(seal: Sealing, assignment: AccountAssignment) {
    return this.#assignments.delete(seal, assignment);
  }

  createPermissionSet(
    seal: Sealing,
    set: PermissionSetDocument,
    marks: PermissionSetMarks,
  ) {
    return this.#permissionSets.create(seal, set, marks);
  }

  editPermissionSet(seal: Sealing, arn: string, edit: PermissionSetEdit) {
    return this.#permissionSets.edit(seal, arn, edit);
  }

  provisionPermissionSet(seal: Sealing, arn: string) {
    return this.#permissionSets.provision(seal, arn);
  }

  deletePermissionSet(seal: Sealing, arn: string) {
    return this.#permissionSets.delete(seal, arn);
  }
}
