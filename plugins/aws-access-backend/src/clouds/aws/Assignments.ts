import {
  AccountAssignment as SdkAssignment,
  AccountAssignmentOperationStatus,
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  paginateListAccountAssignmentCreationStatus,
  paginateListAccountAssignmentDeletionStatus,
  paginateListAccountAssignments,
  paginateListAccountAssignmentsForPrincipal,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { AccountAssignment, AssignmentOperation } from '../AwsCloud';
import {
  createAccountAssignmentWrite,
  deleteAccountAssignmentWrite,
} from '../awsWrites';
import { Sealing } from '../CloudWriteGate';
import { unlessMissing } from '../unlessMissing';
import { GatedAwsClient } from './GatedAwsClient';
import { PAGE_SIZE } from './pageSize';

/** Who has which permission set where, and the operations that change it. */
export class Assignments {
  readonly #client: GatedAwsClient<SSOAdminClient>;
  readonly #instanceArn: () => Promise<string>;

  constructor(
    client: GatedAwsClient<SSOAdminClient>,
    instanceArn: () => Promise<string>,
  ) {
    this.#client = client;
    this.#instanceArn = instanceArn;
  }

  async *list(
    AccountId: string,
    PermissionSetArn: string,
  ): AsyncIterable<AccountAssignment[]> {
    const InstanceArn = await this.#instanceArn();
    yield* this.#client.pages(
      client =>
        paginateListAccountAssignments(
          { client, pageSize: PAGE_SIZE },
          { InstanceArn, AccountId, PermissionSetArn },
        ),
      page => (page.AccountAssignments ?? []).map(toAssignment),
    );
  }

  async *listOfPrincipal(
    principalType: 'GROUP' | 'USER',
    principalId: string,
  ): AsyncIterable<AccountAssignment[]> {
    const InstanceArn = await this.#instanceArn();
    yield* this.#client.pages(
      client =>
        paginateListAccountAssignmentsForPrincipal(
          { client, pageSize: PAGE_SIZE },
          {
            InstanceArn,
            PrincipalType: principalType,
            PrincipalId: principalId,
          },
        ),
      // For a user AWS also names what the user's groups have.
      page =>
        (page.AccountAssignments ?? [])
          .map(toAssignment)
          .filter(
            assignment =>
              assignment.principalType === principalType &&
              assignment.principalId === principalId,
          ),
    );
  }

  async getOperation(
    kind: 'create' | 'delete',
    requestId: string,
  ): Promise<AssignmentOperation | undefined> {
    const InstanceArn = await this.#instanceArn();
    return unlessMissing(() =>
      this.#client.read(async client => {
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

  async listRunningOperations(
    kind: 'create' | 'delete',
  ): Promise<AssignmentOperation[]> {
    const InstanceArn = await this.#instanceArn();
    const Filter = { Status: 'IN_PROGRESS' as const };
    const pages =
      kind === 'create'
        ? this.#client.pages(
            client =>
              paginateListAccountAssignmentCreationStatus(
                { client, pageSize: PAGE_SIZE },
                { InstanceArn, Filter },
              ),
            page => page.AccountAssignmentsCreationStatus ?? [],
          )
        : this.#client.pages(
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

  async create(
    seal: Sealing,
    assignment: AccountAssignment,
  ): Promise<AssignmentOperation> {
    const InstanceArn = await this.#instanceArn();
    const { input } = createAccountAssignmentWrite(assignment);
    const answer = await this.#client.write(
      seal,
      new CreateAccountAssignmentCommand({ InstanceArn, ...input }),
      (client, command) => client.send(command),
    );
    return toOperation(answer.AccountAssignmentCreationStatus);
  }

  async delete(
    seal: Sealing,
    assignment: AccountAssignment,
  ): Promise<AssignmentOperation> {
    const InstanceArn = await this.#instanceArn();
    const { input } = deleteAccountAssignmentWrite(assignment);
    const answer = await this.#client.write(
      seal,
      new DeleteAccountAssignmentCommand({ InstanceArn, ...input }),
      (client, command) => client.send(command),
    );
    return toOperation(answer.AccountAssignmentDeletionStatus);
  }
}

function toAssignment(assignment: SdkAssignment): AccountAssignment {
  return {
    accountId: assignment.AccountId ?? '',
    permissionSetArn: assignment.PermissionSetArn ?? '',
    principalType: assignment.PrincipalType ?? 'GROUP',
    principalId: assignment.PrincipalId ?? '',
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
