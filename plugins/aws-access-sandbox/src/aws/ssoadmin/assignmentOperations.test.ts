import {
  DeleteAccountAssignmentCommand,
  DeletePermissionSetCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentsForPrincipalCommand,
  ListPermissionSetsProvisionedToAccountCommand,
} from '@aws-sdk/client-sso-admin';
import { deletedContractorsGroupId, examplePeople } from '../../seed';
import { exampleSetArn } from '../../testing/awsClients';
import {
  groupId,
  InstanceArn,
  newAssignment,
  SsoAdminDriver,
  targetAccount,
} from '../../testing/SsoAdminDriver';

describe('sso-admin assignments', () => {
  let driver: SsoAdminDriver;

  beforeEach(async () => {
    driver = await SsoAdminDriver.start();
  });

  afterEach(() => driver.sandbox.stop());

  it('makes an assignment only when the operation is over, and provisions it', async () => {
    const requestId = await driver.create();
    const PermissionSetArn = exampleSetArn('SupportUser');
    await expect(driver.creationStatus(requestId)).resolves.toMatchObject({
      Status: 'IN_PROGRESS',
      TargetId: targetAccount,
      PermissionSetArn,
      PrincipalId: groupId,
    });
    await expect(
      driver.holders(PermissionSetArn, targetAccount),
    ).resolves.toEqual([]);

    driver.finishOperations();
    await expect(driver.creationStatus(requestId)).resolves.toMatchObject({
      Status: 'SUCCEEDED',
    });
    await expect(
      driver.holders(PermissionSetArn, targetAccount),
    ).resolves.toEqual([groupId]);
    await expect(driver.accountsOf(PermissionSetArn)).resolves.toContain(
      targetAccount,
    );
    const provisioned = await driver.client.send(
      new ListPermissionSetsProvisionedToAccountCommand({
        InstanceArn,
        AccountId: targetAccount,
      }),
    );
    expect(provisioned.PermissionSets).toContain(PermissionSetArn);

    const list = await driver.client.send(
      new ListAccountAssignmentCreationStatusCommand({
        InstanceArn,
        Filter: { Status: 'SUCCEEDED' },
      }),
    );
    expect(list.AccountAssignmentsCreationStatus).toEqual([
      {
        Status: 'SUCCEEDED',
        RequestId: requestId,
        CreatedDate: expect.any(Date),
      },
    ]);
  });

  it('removes an assignment, and the role with the last one', async () => {
    await driver.create();
    driver.finishOperations();
    const { AccountAssignmentDeletionStatus } = await driver.client.send(
      new DeleteAccountAssignmentCommand(newAssignment()),
    );
    const requestId = AccountAssignmentDeletionStatus?.RequestId;
    expect(AccountAssignmentDeletionStatus?.Status).toBe('IN_PROGRESS');
    await expect(driver.creationStatus(requestId)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });

    driver.finishOperations();
    await expect(
      driver.client.send(
        new DescribeAccountAssignmentDeletionStatusCommand({
          InstanceArn,
          AccountAssignmentDeletionRequestId: requestId,
        }),
      ),
    ).resolves.toMatchObject({
      AccountAssignmentDeletionStatus: { Status: 'SUCCEEDED' },
    });
    const PermissionSetArn = exampleSetArn('SupportUser');
    await expect(
      driver.holders(PermissionSetArn, targetAccount),
    ).resolves.toEqual([]);
    await expect(driver.accountsOf(PermissionSetArn)).resolves.not.toContain(
      targetAccount,
    );
  });

  it('fails, with a reason, for a principal that does not exist and an assignment that is not there', async () => {
    const requestId = await driver.create({
      PrincipalId: '99670e1a2b-00000000-0000-4000-8000-000000000000',
    });
    await driver.client.send(
      new DeleteAccountAssignmentCommand(newAssignment()),
    );
    driver.finishOperations();
    await expect(driver.creationStatus(requestId)).resolves.toMatchObject({
      Status: 'FAILED',
      FailureReason: expect.stringContaining('not found'),
    });
    const { AccountAssignmentsDeletionStatus } = await driver.client.send(
      new ListAccountAssignmentDeletionStatusCommand({ InstanceArn }),
    );
    expect(
      AccountAssignmentsDeletionStatus?.map(({ Status }) => Status),
    ).toEqual(['FAILED']);
  });

  it('refuses a second operation on the same triple while the first is under way', async () => {
    await driver.create();
    await expect(driver.create()).rejects.toMatchObject({
      name: 'ConflictException',
    });
    await expect(
      driver.client.send(new DeleteAccountAssignmentCommand(newAssignment())),
    ).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(
      driver.client.send(
        new DeletePermissionSetCommand({
          InstanceArn,
          PermissionSetArn: exampleSetArn('SupportUser'),
        }),
      ),
    ).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it('takes ten creations at once and throttles the eleventh', async () => {
    const targets = examplePeople.slice(0, 11).map(person => ({
      PrincipalType: 'USER' as const,
      PrincipalId: person.identityStoreUserId,
    }));
    await Promise.all(
      targets.slice(0, 10).map(target => driver.create(target)),
    );
    await expect(driver.create(targets[10])).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: expect.stringContaining('too many requests processing'),
    });
    driver.finishOperations();
    await expect(driver.create(targets[10])).resolves.toBeDefined();
  });

  it('keeps the assignment of a deleted group, and lets it be removed', async () => {
    const stale = driver.sandbox.store.get<{
      account_id: string;
      permission_set_arn: string;
    }>('SELECT * FROM aws_account_assignments WHERE principal_id = ?', [
      deletedContractorsGroupId,
    ])!;
    await expect(
      driver.holders(stale.permission_set_arn, stale.account_id),
    ).resolves.toContain(deletedContractorsGroupId);
    await driver.client.send(
      new DeleteAccountAssignmentCommand(
        newAssignment({
          TargetId: stale.account_id,
          PermissionSetArn: stale.permission_set_arn,
          PrincipalId: deletedContractorsGroupId,
        }),
      ),
    );
    driver.finishOperations();
    await expect(
      driver.holders(stale.permission_set_arn, stale.account_id),
    ).resolves.not.toContain(deletedContractorsGroupId);
  });

  it('answers for a principal, with what a user has through groups', async () => {
    const assigned = async (
      PrincipalType: 'USER' | 'GROUP',
      PrincipalId: string,
    ) => {
      const { AccountAssignments } = await driver.client.send(
        new ListAccountAssignmentsForPrincipalCommand({
          InstanceArn,
          PrincipalType,
          PrincipalId,
        }),
      );
      return AccountAssignments ?? [];
    };
    const ofGroup = await assigned('GROUP', groupId);
    expect(ofGroup.map(({ AccountId }) => AccountId).sort()).toEqual([
      '111122224444',
      '111122225555',
    ]);
    const lena = examplePeople.find(person => person.name === 'lena')!;
    expect(await assigned('USER', lena.identityStoreUserId)).toEqual(
      expect.arrayContaining(ofGroup),
    );
  });
});
