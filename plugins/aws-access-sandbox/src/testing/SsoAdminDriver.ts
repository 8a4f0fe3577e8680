import {
  CreateAccountAssignmentCommand,
  type CreateAccountAssignmentCommandInput,
  DescribeAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentsCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  type ProvisioningStatus,
  type SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { exampleClouds, exampleGroups } from '../seed';
import {
  type RunningSandbox,
  type SandboxOptions,
  startSandbox,
} from '../server/startSandbox';
import { awsClients, exampleSetArn, wideLimits } from './awsClients';

/** The instance of the example company. */
export const InstanceArn: string = exampleClouds.aws.instanceArn;

/** An account where the group below has nothing. */
export const targetAccount = '999900001111';

/** The identity store's id of AWS-Payments-PowerUser. */
export const groupId: string = exampleGroups.find(
  group => group.displayName === 'AWS-Payments-PowerUser',
)!.identityStoreGroupId;

/** An assignment that the example company does not have. */
export function newAssignment(
  overrides: Partial<CreateAccountAssignmentCommandInput> = {},
): CreateAccountAssignmentCommandInput {
  return {
    InstanceArn,
    TargetId: targetAccount,
    TargetType: 'AWS_ACCOUNT',
    PermissionSetArn: exampleSetArn('SupportUser'),
    PrincipalType: 'GROUP',
    PrincipalId: groupId,
    ...overrides,
  };
}

/** A sandbox of its own and the questions that tests of sso-admin keep asking it. */
export class SsoAdminDriver {
  readonly client: SSOAdminClient;

  static async start(options: SandboxOptions = {}): Promise<SsoAdminDriver> {
    return new SsoAdminDriver(
      await startSandbox({ limits: wideLimits, ...options }),
    );
  }

  private constructor(readonly sandbox: RunningSandbox) {
    this.client = awsClients(sandbox.url).ssoAdmin;
  }

  /** Lets every operation that is under way end. */
  finishOperations(): void {
    this.sandbox.clock.advance(1000);
  }

  /** Starts the creation of an assignment and returns its request id. */
  async create(
    overrides?: Partial<CreateAccountAssignmentCommandInput>,
  ): Promise<string | undefined> {
    const { AccountAssignmentCreationStatus } = await this.client.send(
      new CreateAccountAssignmentCommand(newAssignment(overrides)),
    );
    return AccountAssignmentCreationStatus?.RequestId;
  }

  /** The status of a creation. */
  async creationStatus(requestId: string | undefined) {
    const { AccountAssignmentCreationStatus } = await this.client.send(
      new DescribeAccountAssignmentCreationStatusCommand({
        InstanceArn,
        AccountAssignmentCreationRequestId: requestId,
      }),
    );
    return AccountAssignmentCreationStatus;
  }

  /** Who has a permission set on an account. */
  async holders(PermissionSetArn: string, AccountId: string) {
    const { AccountAssignments } = await this.client.send(
      new ListAccountAssignmentsCommand({
        InstanceArn,
        PermissionSetArn,
        AccountId,
      }),
    );
    return AccountAssignments?.map(assignment => assignment.PrincipalId);
  }

  /** The accounts that have a permission set, all or only those in one state. */
  async accountsOf(
    PermissionSetArn: string,
    provisioningStatus?: ProvisioningStatus,
  ) {
    const { AccountIds } = await this.client.send(
      new ListAccountsForProvisionedPermissionSetCommand({
        InstanceArn,
        PermissionSetArn,
        ProvisioningStatus: provisioningStatus,
      }),
    );
    return AccountIds;
  }
}
