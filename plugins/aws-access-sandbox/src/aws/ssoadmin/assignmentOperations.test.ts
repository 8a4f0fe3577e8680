import {
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribePermissionSetProvisioningStatusCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentsForPrincipalCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  ProvisionPermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import {
  CreateGroupCommand,
  DeleteGroupCommand,
} from '@aws-sdk/client-identitystore';
import { exampleClouds, examplePeople } from '../../seed';
import { awsClients, exampleSetArn } from '../../testing/awsClients';
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

  it('behaviour 5: asynchronous operations with a configurable delay', async () => {
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

    const slow = await SsoAdminDriver.start({ operationDelayMs: 180_000 });
    try {
      const slowRequestId = await slow.create();
      slow.sandbox.clock.advance(120_000);
      await expect(slow.creationStatus(slowRequestId)).resolves.toMatchObject({
        Status: 'IN_PROGRESS',
      });
      slow.sandbox.clock.advance(60_000);
      await expect(slow.creationStatus(slowRequestId)).resolves.toMatchObject({
        Status: 'SUCCEEDED',
      });
    } finally {
      await slow.sandbox.stop();
    }
  });

  it('behaviour 14: provisioning on assignment', async () => {
    const PermissionSetArn = exampleSetArn('SupportUser');
    await expect(driver.accountsOf(PermissionSetArn)).resolves.not.toContain(
      targetAccount,
    );
    await driver.create();
    driver.finishOperations();
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
  });

  it('removes an assignment, and the role with the last one', async () => {
    await driver.create();
    driver.finishOperations();
    const { AccountAssignmentDeletionStatus } = await driver.client.send(
      new DeleteAccountAssignmentCommand(newAssignment()),
    );
    const requestId = AccountAssignmentDeletionStatus?.RequestId;
    expect(AccountAssignmentDeletionStatus?.Status).toBe('IN_PROGRESS');

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

  it('behaviour 6: FAILED with reason', async () => {
    driver.sandbox.store.run(
      "UPDATE aws_accounts SET state = 'SUSPENDED' WHERE id = ?",
      [targetAccount],
    );
    const requestId = await driver.create();
    await driver.client.send(
      new DeleteAccountAssignmentCommand(
        newAssignment({ TargetId: '111122223333' }),
      ),
    );
    const under = await driver.creationStatus(requestId);
    expect(under).not.toHaveProperty('FailureReason');
    driver.finishOperations();
    await expect(driver.creationStatus(requestId)).resolves.toMatchObject({
      Status: 'FAILED',
      FailureReason: expect.stringContaining(`${targetAccount} is SUSPENDED`),
    });
    const { AccountAssignmentsDeletionStatus } = await driver.client.send(
      new ListAccountAssignmentDeletionStatusCommand({
        InstanceArn,
        Filter: { Status: 'FAILED' },
      }),
    );
    expect(AccountAssignmentsDeletionStatus).toHaveLength(1);
  });

  it('behaviour 7: separate ids for create, delete, provision', async () => {
    const created = await driver.create();
    driver.finishOperations();
    const { AccountAssignmentDeletionStatus } = await driver.client.send(
      new DeleteAccountAssignmentCommand(newAssignment()),
    );
    const { PermissionSetProvisioningStatus } = await driver.client.send(
      new ProvisionPermissionSetCommand({
        InstanceArn,
        PermissionSetArn: exampleSetArn('PowerUser'),
        TargetType: 'ALL_PROVISIONED_ACCOUNTS',
      }),
    );
    const deleted = AccountAssignmentDeletionStatus?.RequestId;
    const provisioned = PermissionSetProvisioningStatus?.RequestId;
    const deletionStatus = (id: string | undefined) =>
      driver.client.send(
        new DescribeAccountAssignmentDeletionStatusCommand({
          InstanceArn,
          AccountAssignmentDeletionRequestId: id,
        }),
      );
    const provisioningStatus = (id: string | undefined) =>
      driver.client.send(
        new DescribePermissionSetProvisioningStatusCommand({
          InstanceArn,
          ProvisionPermissionSetRequestId: id,
        }),
      );
    await driver.creationStatus(created);
    await deletionStatus(deleted);
    await provisioningStatus(provisioned);
    for (const stranger of [
      driver.creationStatus(deleted),
      driver.creationStatus(provisioned),
      deletionStatus(created),
      deletionStatus(provisioned),
      provisioningStatus(created),
      provisioningStatus(deleted),
    ]) {
      await expect(stranger).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    }
  });

  it('behaviour 26: unknown principal fails', async () => {
    const unknown = '99670e1a2b-00000000-0000-4000-8000-000000000000';
    const asGroup = await driver.create({ PrincipalId: unknown });
    // The id of a group is no user, and the other way round.
    const asUser = await driver.create({ PrincipalType: 'USER' });
    driver.finishOperations();
    for (const requestId of [asGroup, asUser]) {
      await expect(driver.creationStatus(requestId)).resolves.toMatchObject({
        Status: 'FAILED',
        FailureReason: expect.stringContaining('not found'),
      });
    }
  });

  it('behaviour 10: Conflict on overlapping triple', async () => {
    await driver.create();
    await expect(driver.create()).rejects.toMatchObject({
      name: 'ConflictException',
    });
    await expect(
      driver.client.send(new DeleteAccountAssignmentCommand(newAssignment())),
    ).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(
      driver.create({ TargetId: '111122223333' }),
    ).resolves.toBeDefined();
  });

  it('behaviour 8: the outstanding cap', async () => {
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

  it('behaviour 27: recreated group, stale assignment', async () => {
    const { identityStore } = awsClients(driver.sandbox.url);
    const IdentityStoreId = exampleClouds.aws.identityStoreId;
    const PermissionSetArn = exampleSetArn('PowerUser');
    const DisplayName = 'AWS-Payments-PowerUser';
    const account = '111122224444';
    await identityStore.send(
      new DeleteGroupCommand({ IdentityStoreId, GroupId: groupId }),
    );
    const { GroupId } = await identityStore.send(
      new CreateGroupCommand({ IdentityStoreId, DisplayName }),
    );
    expect(GroupId).not.toBe(groupId);

    const holders = await driver.holders(PermissionSetArn, account);
    expect(holders).toContain(groupId);
    expect(holders).not.toContain(GroupId);
    await driver.client.send(
      new DeleteAccountAssignmentCommand(
        newAssignment({ TargetId: account, PermissionSetArn }),
      ),
    );
    driver.finishOperations();
    await expect(
      driver.holders(PermissionSetArn, account),
    ).resolves.not.toContain(groupId);
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
