import {
  CreateAccountAssignmentCommand,
  ListAccountAssignmentsForPrincipalCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  UpdatePermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import { exampleClouds } from '../../seed';
import { startSandbox } from '../../server/startSandbox';
import {
  awsClients,
  delegateAccessKeyId,
  exampleSetArn,
} from '../../testing/awsClients';
import {
  groupId,
  InstanceArn,
  newAssignment,
  SsoAdminDriver,
} from '../../testing/SsoAdminDriver';

describe('sso-admin callers and rates', () => {
  let driver: SsoAdminDriver;

  beforeEach(async () => {
    driver = await SsoAdminDriver.start();
  });

  afterEach(() => driver.sandbox.stop());

  it('keeps a delegated administrator away from the management account', async () => {
    const delegate = awsClients(
      driver.sandbox.url,
      delegateAccessKeyId,
    ).ssoAdmin;
    await expect(
      delegate.send(new ListPermissionSetsCommand({ InstanceArn })),
    ).resolves.toBeDefined();
    await expect(
      delegate.send(
        new ListAccountAssignmentsForPrincipalCommand({
          InstanceArn,
          PrincipalType: 'GROUP',
          PrincipalId: groupId,
        }),
      ),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'is not authorized to perform: sso:ListAccountAssignmentsForPrincipal',
      ),
    });
    await expect(
      delegate.send(new CreateAccountAssignmentCommand(newAssignment())),
    ).resolves.toBeDefined();
    await expect(
      delegate.send(
        new CreateAccountAssignmentCommand(
          newAssignment({ TargetId: exampleClouds.aws.managementAccountId }),
        ),
      ),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(
      delegate.send(
        new UpdatePermissionSetCommand({
          InstanceArn,
          PermissionSetArn: exampleSetArn('AdministratorAccess'),
          Description: 'changed',
        }),
      ),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('turns away keys it does not know', async () => {
    const stranger = awsClients(
      driver.sandbox.url,
      'AKIAIOSFODNN7EXAMPLE',
    ).ssoAdmin;
    await expect(
      stranger.send(new ListInstancesCommand({})),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  it('throttles all callers and operations together', async () => {
    // A thousandth of a request a second: one goes through, and no machine is slow enough for a second one.
    const throttled = await startSandbox({
      limits: { ssoAdminRequestsPerSecond: 0.001 },
    });
    try {
      const portal = awsClients(throttled.url).ssoAdmin;
      const delegate = awsClients(throttled.url, delegateAccessKeyId).ssoAdmin;
      await portal.send(new ListInstancesCommand({}));
      await expect(
        delegate.send(new ListPermissionSetsCommand({ InstanceArn })),
      ).rejects.toMatchObject({
        name: 'ThrottlingException',
        message: 'Rate exceeded',
        $metadata: { httpStatusCode: 400 },
      });
      throttled.clock.advance(1_000_000);
      await expect(
        portal.send(new ListInstancesCommand({})),
      ).resolves.toBeDefined();
    } finally {
      await throttled.stop();
    }
  });
});
