import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  AttachManagedPolicyToPermissionSetCommand,
  CreatePermissionSetCommand,
  DeleteInlinePolicyFromPermissionSetCommand,
  DeletePermissionsBoundaryFromPermissionSetCommand,
  DeletePermissionSetCommand,
  DescribePermissionSetProvisioningStatusCommand,
  DetachCustomerManagedPolicyReferenceFromPermissionSetCommand,
  DetachManagedPolicyFromPermissionSetCommand,
  paginateListAccountsForProvisionedPermissionSet,
  paginateListPermissionSets,
  PermissionSetProvisioningStatus,
  ProvisioningStatus,
  ProvisionPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  PutPermissionsBoundaryToPermissionSetCommand,
  SSOAdminClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import {
  AssignmentOperation,
  PermissionSetDocument,
  PermissionSetEdit,
  PermissionSetMarks,
} from '../AwsCloud';
import {
  createPermissionSetWrite,
  deletePermissionSetWrite,
  editPermissionSetWrite,
  provisionPermissionSetWrite,
} from '../awsWrites';
import { Sealing } from '../CloudWriteGate';
import { unlessMissing } from '../unlessMissing';
import { GatedAwsClient } from './GatedAwsClient';
import { PAGE_SIZE } from './pageSize';
import { marksOf } from './permissionSetTags';
import { readPermissionSet, readTags } from './readPermissionSet';

type EditOperation = ReturnType<typeof editPermissionSetWrite>['operation'];

/** The command of each edit; what it is sent is decided in awsWrites.ts alone. */
const EDIT_COMMANDS: Record<
  EditOperation,
  new (input: any) => { input: object }
> = {
  'sso-admin:UpdatePermissionSet': UpdatePermissionSetCommand,
  'sso-admin:AttachManagedPolicyToPermissionSet':
    AttachManagedPolicyToPermissionSetCommand,
  'sso-admin:DetachManagedPolicyFromPermissionSet':
    DetachManagedPolicyFromPermissionSetCommand,
  'sso-admin:AttachCustomerManagedPolicyReferenceToPermissionSet':
    AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  'sso-admin:DetachCustomerManagedPolicyReferenceFromPermissionSet':
    DetachCustomerManagedPolicyReferenceFromPermissionSetCommand,
  'sso-admin:PutInlinePolicyToPermissionSet':
    PutInlinePolicyToPermissionSetCommand,
  'sso-admin:DeleteInlinePolicyFromPermissionSet':
    DeleteInlinePolicyFromPermissionSetCommand,
  'sso-admin:PutPermissionsBoundaryToPermissionSet':
    PutPermissionsBoundaryToPermissionSetCommand,
  'sso-admin:DeletePermissionsBoundaryFromPermissionSet':
    DeletePermissionsBoundaryFromPermissionSetCommand,
  'sso-admin:TagResource': TagResourceCommand,
  'sso-admin:UntagResource': UntagResourceCommand,
};

/** The permission sets of an instance. */
export class PermissionSets {
  readonly #client: GatedAwsClient<SSOAdminClient>;
  readonly #instanceArn: () => Promise<string>;

  constructor(
    client: GatedAwsClient<SSOAdminClient>,
    instanceArn: () => Promise<string>,
  ) {
    this.#client = client;
    this.#instanceArn = instanceArn;
  }

  async *listArns(): AsyncIterable<string[]> {
    const InstanceArn = await this.#instanceArn();
    yield* this.#client.pages(
      client =>
        paginateListPermissionSets(
          { client, pageSize: PAGE_SIZE },
          { InstanceArn },
        ),
      page => page.PermissionSets ?? [],
    );
  }

  async describe(arn: string): Promise<PermissionSetDocument> {
    return readPermissionSet(this.#client, await this.#instanceArn(), arn);
  }

  async getMarks(arn: string): Promise<PermissionSetMarks | null> {
    return marksOf(
      await readTags(this.#client, await this.#instanceArn(), arn),
    );
  }

  /** @param status - default: whatever state the accounts have it in */
  async *listAccountIds(
    PermissionSetArn: string,
    status?: ProvisioningStatus,
  ): AsyncIterable<string[]> {
    const InstanceArn = await this.#instanceArn();
    yield* this.#client.pages(
      client =>
        paginateListAccountsForProvisionedPermissionSet(
          { client, pageSize: PAGE_SIZE },
          {
            InstanceArn,
            PermissionSetArn,
            ...(status && { ProvisioningStatus: status }),
          },
        ),
      page => page.AccountIds ?? [],
    );
  }

  async getProvisioning(
    requestId: string,
  ): Promise<AssignmentOperation | undefined> {
    const InstanceArn = await this.#instanceArn();
    const answer = await unlessMissing(() =>
      this.#client.read(client =>
        client.send(
          new DescribePermissionSetProvisioningStatusCommand({
            InstanceArn,
            ProvisionPermissionSetRequestId: requestId,
          }),
        ),
      ),
    );
    return answer && toOperation(answer.PermissionSetProvisioningStatus);
  }

  async create(
    seal: Sealing,
    set: PermissionSetDocument,
    marks: PermissionSetMarks,
  ): Promise<string> {
    const InstanceArn = await this.#instanceArn();
    const { input } = createPermissionSetWrite(set, marks);
    const answer = await this.#client.write(
      seal,
      new CreatePermissionSetCommand({ InstanceArn, ...input }),
      (client, command) => client.send(command),
    );
    return answer.PermissionSet?.PermissionSetArn ?? '';
  }

  async edit(
    seal: Sealing,
    arn: string,
    edit: PermissionSetEdit,
  ): Promise<void> {
    const InstanceArn = await this.#instanceArn();
    const { operation, input } = editPermissionSetWrite(arn, edit);
    const Command = EDIT_COMMANDS[operation];
    const sent = this.#client.write(
      seal,
      new Command({ InstanceArn, ...input }),
      // All of them answer nothing, so one stands for all.
      (client, command) => client.send(command as UpdatePermissionSetCommand),
    );
    // What is to be taken off and is not there, is off.
    await (/^(detach|delete)/.test(edit.kind)
      ? unlessMissing(() => sent)
      : sent);
  }

  async provision(seal: Sealing, arn: string): Promise<AssignmentOperation> {
    const InstanceArn = await this.#instanceArn();
    const { input } = provisionPermissionSetWrite(arn);
    const answer = await this.#client.write(
      seal,
      new ProvisionPermissionSetCommand({ InstanceArn, ...input }),
      (client, command) => client.send(command),
    );
    return toOperation(answer.PermissionSetProvisioningStatus);
  }

  async delete(seal: Sealing, arn: string): Promise<void> {
    const InstanceArn = await this.#instanceArn();
    const { input } = deletePermissionSetWrite(arn);
    await this.#client.write(
      seal,
      new DeletePermissionSetCommand({ InstanceArn, ...input }),
      (client, command) => client.send(command),
    );
  }
}

function toOperation(
  status: PermissionSetProvisioningStatus | undefined,
): AssignmentOperation {
  return {
    requestId: status?.RequestId ?? '',
    status: status?.Status ?? 'IN_PROGRESS',
    failureReason: status?.FailureReason ?? null,
  };
}
