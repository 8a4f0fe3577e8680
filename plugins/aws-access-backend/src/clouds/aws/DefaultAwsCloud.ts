import {
  Account,
  DescribeAccountCommand,
  paginateListAccounts,
  paginateListTagsForResource,
} from '@aws-sdk/client-organizations';
import {
  AccountAssignmentOperationStatus,
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  paginateListAccountAssignmentCreationStatus,
  paginateListAccountAssignmentDeletionStatus,
  paginateListAccountAssignments,
  paginateListAccountsForProvisionedPermissionSet,
  paginateListPermissionSets,
} from '@aws-sdk/client-sso-admin';
import {
  AccountAssignment,
  AssignmentOperation,
  AwsAccount,
  AwsCloud,
  OrganizationalUnit,
  PermissionSetDocument,
} from '../AwsCloud';
import {
  createAccountAssignmentWrite,
  deleteAccountAssignmentWrite,
} from '../awsWrites';
import { SealedWrite } from '../CloudWriteGate';
import { unlessMissing } from '../unlessMissing';
import { AwsClients } from './createAwsClients';
import { IdentityCenterInstance } from './IdentityCenterInstance';
import { IdentityStore, KnownIssuers } from './IdentityStore';
import { OrganizationalUnits } from './OrganizationalUnits';
import { readPermissionSet } from './readPermissionSet';

/** The largest page of sso-admin. */
const PAGE_SIZE = 100;

/** Identity Center and Organizations over the AWS SDK. */
export class DefaultAwsCloud implements AwsCloud {
  readonly #clients: AwsClients;
  readonly #instance: IdentityCenterInstance;
  readonly #identityStore: IdentityStore;
  readonly #units: OrganizationalUnits;
  /** Where `ListAccounts` said that accounts are; not every organization has it. */
  #paths = new Map<string, string>();

  constructor(clients: AwsClients, issuers: KnownIssuers) {
    this.#clients = clients;
    this.#instance = new IdentityCenterInstance(clients);
    this.#units = new OrganizationalUnits(clients.organizations);
    this.#identityStore = new IdentityStore({
      client: clients.identityStore,
      storeId: async () => (await this.#instance.ids()).identityStoreId,
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

  /** Starts a new picture of the organization's tree as well. */
  async *listAccounts(): AsyncIterable<AwsAccount[]> {
    this.#paths = new Map();
    this.#units.forget();
    // Organizations sends at most 20 a page, and empty pages in between.
    yield* this.#clients.organizations.pages(
      client => paginateListAccounts({ client, pageSize: 20 }, {}),
      page =>
        (page.Accounts ?? []).map(account => {
          const path = account.Paths?.[0];
          // New in 2026: of another form than we know, it is not relied on.
          if (account.Id && path && /^o-[^/]+\/r-/.test(path)) {
            this.#paths.set(account.Id, path);
          }
          return toAccount(account);
        }),
    );
  }

  async describeAccount(accountId: string): Promise<AwsAccount> {
    const { Account: account } = await this.#clients.organizations.read(
      client =>
        client.send(new DescribeAccountCommand({ AccountId: accountId })),
    );
    return toAccount(account ?? { Id: accountId });
  }

  getOuPath(accountId: string): Promise<OrganizationalUnit[]> {
    const path = this.#paths.get(accountId);
    return path ? this.#units.pathFrom(path) : this.#units.pathOf(accountId);
  }

  async listAccountTags(accountId: string): Promise<Record<string, string>> {
    const tags: Record<string, string> = {};
    for await (const page of this.#clients.organizations.pages(
      client =>
        paginateListTagsForResource({ client }, { ResourceId: accountId }),
      ({ Tags }) => Tags ?? [],
    )) {
      for (const { Key, Value } of page) {
        if (Key !== undefined) tags[Key] = Value ?? '';
      }
    }
    return tags;
  }

  async *listPermissionSetArns(): AsyncIterable<string[]> {
    const { instanceArn: InstanceArn } = await this.#instance.ids();
    yield* this.#clients.ssoAdmin.pages(
      client =>
        paginateListPermissionSets(
          { client, pageSize: PAGE_SIZE },
          { InstanceArn },
        ),
      page => page.PermissionSets ?? [],
    );
  }

  async describePermissionSet(arn: string): Promise<PermissionSetDocument> {
    const { instanceArn } = await this.#instance.ids();
    return readPermissionSet(this.#clients.ssoAdmin, instanceArn, arn);
  }

  async *listAccountIdsWithPermissionSet(
    PermissionSetArn: string,
  ): AsyncIterable<string[]> {
    const { instanceArn: InstanceArn } = await this.#instance.ids();
    yield* this.#clients.ssoAdmin.pages(
      client =>
        paginateListAccountsForProvisionedPermissionSet(
          { client, pageSize: PAGE_SIZE },
          { InstanceArn, PermissionSetArn },
        ),
      page => page.AccountIds ?? [],
    );
  }

  async *listAssignments(
    AccountId: string,
    PermissionSetArn: string,
  ): AsyncIterable<AccountAssignment[]> {
    const { instanceArn: InstanceArn } = await this.#instance.ids();
    yield* this.#clients.ssoAdmin.pages(
      client =>
        paginateListAccountAssignments(
          { client, pageSize: PAGE_SIZE },
          { InstanceArn, AccountId, PermissionSetArn },
        ),
      page =>
        (page.AccountAssignments ?? []).map(assignment => ({
          accountId: assignment.AccountId ?? AccountId,
          permissionSetArn: assignment.PermissionSetArn ?? PermissionSetArn,
          principalType: assignment.PrincipalType ?? 'GROUP',
          principalId: assignment.PrincipalId ?? '',
        })),
    );
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

  async getAssignmentOperation(
    kind: 'create' | 'delete',
    requestId: string,
  ): Promise<AssignmentOperation | undefined> {
    const { instanceArn: InstanceArn } = await this.#instance.ids();
    return unlessMissing(() =>
      this.#clients.ssoAdmin.read(async client => {
        if (kind === 'create') {
          const created = await client.send(
            new DescribeAccountAssignmentCreationStatusCommand({
              InstanceArn,
              AccountAssignmentCreationRequestId: requestId,
            }),
          );
          return toOperation(created.AccountAssignmentCreationStatus);
        }
        const deleted = await client.send(
          new DescribeAccountAssignmentDeletionStatusCommand({
            InstanceArn,
            AccountAssignmentDeletionRequestId: requestId,
          }),
        );
        return toOperation(deleted.AccountAssignmentDeletionStatus);
      }),
    );
  }

  async listRunningAssignmentOperations(
    kind: 'create' | 'delete',
  ): Promise<AssignmentOperation[]> {
    const { instanceArn: InstanceArn } = await this.#instance.ids();
    const Filter = { Status: 'IN_PROGRESS' as const };
    const pages =
      kind === 'create'
        ? this.#clients.ssoAdmin.pages(
            client =>
              paginateListAccountAssignmentCreationStatus(
                { client, pageSize: PAGE_SIZE },
                { InstanceArn, Filter },
              ),
            page => page.AccountAssignmentsCreationStatus ?? [],
          )
        : this.#clients.ssoAdmin.pages(
            client =>
              paginateListAccountAssignmentDeletionStatus(
                { client, pageSize: PAGE_SIZE },
                { InstanceArn, Filter },
              ),
            page => page.AccountAssignmentsDeletionStatus ?? [],
          );
    const running: AssignmentOperation[] = [];
    for await (const page of pages) running.push(...page.map(toOperation));
    return running;
  }

  async createAccountAssignment(
    seal: SealedWrite,
    assignment: AccountAssignment,
  ): Promise<AssignmentOperation> {
    const { instanceArn: InstanceArn } = await this.#instance.ids();
    const { input } = createAccountAssignmentWrite(assignment);
    const answer = await this.#clients.ssoAdmin.write(
      seal,
      new CreateAccountAssignmentCommand({ InstanceArn, ...input }),
      (client, command) => client.send(command),
    );
    return toOperation(answer.AccountAssignmentCreationStatus);
  }

  async deleteAccountAssignment(
    seal: SealedWrite,
    assignment: AccountAssignment,
  ): Promise<AssignmentOperation> {
    const { instanceArn: InstanceArn } = await this.#instance.ids();
    const { input } = deleteAccountAssignmentWrite(assignment);
    const answer = await this.#clients.ssoAdmin.write(
      seal,
      new DeleteAccountAssignmentCommand({ InstanceArn, ...input }),
      (client, command) => client.send(command),
    );
    return toOperation(answer.AccountAssignmentDeletionStatus);
  }
}

function toAccount(account: Account): AwsAccount {
  return {
    accountId: account.Id ?? '',
    name: account.Name ?? account.Id ?? '',
    email: account.Email ?? null,
    // AWS retired Status in September 2026; older emulators and partitions still send only it.
    state: account.State ?? account.Status ?? 'UNKNOWN',
    joinedAt: account.JoinedTimestamp?.toISOString() ?? null,
  };
}

function toOperation(
  status: AccountAssignmentOperationStatus | undefined,
): AssignmentOperation {
  return {
    requestId: status?.RequestId ?? '',
    status: status?.Status ?? 'IN_PROGRESS',
    failureReason: status?.FailureReason ?? null,
  };
}
