import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  AttachManagedPolicyToPermissionSetCommand,
  CreatePermissionSetCommand,
  DescribePermissionSetProvisioningStatusCommand,
  ListPermissionSetProvisioningStatusCommand,
  ProvisionPermissionSetCommand,
  UpdatePermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import { exampleSetArn } from '../../testing/awsClients';
import {
  InstanceArn,
  SsoAdminDriver,
  targetAccount,
} from '../../testing/SsoAdminDriver';

describe('sso-admin provisioning', () => {
  let driver: SsoAdminDriver;

  beforeEach(async () => {
    driver = await SsoAdminDriver.start();
  });

  afterEach(() => driver.sandbox.stop());

  it('behaviour 15: stale until provisioned', async () => {
    const PermissionSetArn = exampleSetArn('PowerUser');
    const everywhere = await driver.accountsOf(PermissionSetArn);
    await driver.client.send(
      new AttachManagedPolicyToPermissionSetCommand({
        InstanceArn,
        PermissionSetArn,
        ManagedPolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      }),
    );
    await expect(
      driver.accountsOf(
        PermissionSetArn,
        'LATEST_PERMISSION_SET_NOT_PROVISIONED',
      ),
    ).resolves.toEqual(everywhere);

    await driver.client.send(
      new ProvisionPermissionSetCommand({
        InstanceArn,
        PermissionSetArn,
        TargetType: 'AWS_ACCOUNT',
        TargetId: everywhere?.[0],
      }),
    );
    driver.finishOperations();
    await expect(
      driver.accountsOf(PermissionSetArn, 'LATEST_PERMISSION_SET_PROVISIONED'),
    ).resolves.toEqual([everywhere?.[0]]);
  });

  it('behaviour 16: ALL_PROVISIONED_ACCOUNTS', async () => {
    const PermissionSetArn = exampleSetArn('PowerUser');
    const everywhere = await driver.accountsOf(PermissionSetArn);
    await driver.client.send(
      new UpdatePermissionSetCommand({
        InstanceArn,
        PermissionSetArn,
        SessionDuration: 'PT2H',
      }),
    );
    await expect(
      driver.client.send(
        new ProvisionPermissionSetCommand({
          InstanceArn,
          PermissionSetArn,
          TargetType: 'ALL_PROVISIONED_ACCOUNTS',
          TargetId: everywhere?.[0],
        }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    const { PermissionSetProvisioningStatus } = await driver.client.send(
      new ProvisionPermissionSetCommand({
        InstanceArn,
        PermissionSetArn,
        TargetType: 'ALL_PROVISIONED_ACCOUNTS',
      }),
    );
    await expect(
      driver.client.send(
        new ProvisionPermissionSetCommand({
          InstanceArn,
          PermissionSetArn,
          TargetType: 'AWS_ACCOUNT',
          TargetId: everywhere?.[0],
        }),
      ),
    ).rejects.toMatchObject({ name: 'ConflictException' });
    driver.finishOperations();
    await expect(
      driver.accountsOf(PermissionSetArn, 'LATEST_PERMISSION_SET_PROVISIONED'),
    ).resolves.toEqual(everywhere);
    await expect(
      driver.client.send(
        new DescribePermissionSetProvisioningStatusCommand({
          InstanceArn,
          ProvisionPermissionSetRequestId:
            PermissionSetProvisioningStatus?.RequestId,
        }),
      ),
    ).resolves.toMatchObject({
      PermissionSetProvisioningStatus: { Status: 'SUCCEEDED' },
    });
  });

  it('behaviour 17: missing customer managed policy -> FAILED', async () => {
    const { PermissionSet } = await driver.client.send(
      new CreatePermissionSetCommand({ InstanceArn, Name: 'NeedsPolicy' }),
    );
    const PermissionSetArn = PermissionSet?.PermissionSetArn;
    await driver.client.send(
      new AttachCustomerManagedPolicyReferenceToPermissionSetCommand({
        InstanceArn,
        PermissionSetArn,
        CustomerManagedPolicyReference: { Name: 'NowhereYet' },
      }),
    );
    const requestId = await driver.create({ PermissionSetArn });
    driver.finishOperations();
    await expect(driver.creationStatus(requestId)).resolves.toMatchObject({
      Status: 'FAILED',
      FailureReason: expect.stringContaining(
        `arn:aws:iam::${targetAccount}:policy/NowhereYet`,
      ),
    });

    driver.sandbox.store.insert('aws_account_customer_policies', {
      account_id: targetAccount,
      name: 'NowhereYet',
    });
    const again = await driver.create({ PermissionSetArn });
    driver.finishOperations();
    await expect(driver.creationStatus(again)).resolves.toMatchObject({
      Status: 'SUCCEEDED',
    });
  });

  it('behaviour 18: more than 10 policies -> FAILED', async () => {
    const { PermissionSet } = await driver.client.send(
      new CreatePermissionSetCommand({ InstanceArn, Name: 'TooMany' }),
    );
    const PermissionSetArn = PermissionSet?.PermissionSetArn;
    const attach = (number: number) =>
      driver.client.send(
        new AttachManagedPolicyToPermissionSetCommand({
          InstanceArn,
          PermissionSetArn,
          ManagedPolicyArn: `arn:aws:iam::aws:policy/Policy${number}`,
        }),
      );
    for (let number = 1; number <= 20; number++) {
      await attach(number);
    }
    await expect(attach(21)).rejects.toMatchObject({
      name: 'ServiceQuotaExceededException',
    });
    await driver.client.send(
      new ProvisionPermissionSetCommand({
        InstanceArn,
        PermissionSetArn,
        TargetType: 'AWS_ACCOUNT',
        TargetId: targetAccount,
      }),
    );
    driver.finishOperations();
    const { PermissionSetsProvisioningStatus } = await driver.client.send(
      new ListPermissionSetProvisioningStatusCommand({ InstanceArn }),
    );
    expect(
      PermissionSetsProvisioningStatus?.map(({ Status }) => Status),
    ).toEqual(['FAILED']);
  });
});
