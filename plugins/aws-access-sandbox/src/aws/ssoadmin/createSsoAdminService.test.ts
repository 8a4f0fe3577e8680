import {
  CreateGroupCommand,
  ListGroupsCommand,
} from '@aws-sdk/client-identitystore';
import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import {
  AddRegionCommand,
  AttachManagedPolicyToPermissionSetCommand,
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DeletePermissionSetCommand,
  DescribeInstanceCommand,
  DescribePermissionSetCommand,
  DescribeRegionCommand,
  ListAccountAssignmentsForPrincipalCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ListRegionsCommand,
  ProvisionPermissionSetCommand,
  RemoveRegionCommand,
  TagResourceCommand,
  UpdateInstanceCommand,
  UpdatePermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import { exampleClouds } from '../../seed';
import { startSandbox } from '../../server/startSandbox';
import {
  awsClients,
  delegateAccessKeyId,
  exampleSetArn,
  memberAccessKeyId,
  wideLimits,
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

  it('behaviour 23: caller: management, delegated, member', async () => {
    const { url } = driver.sandbox;
    const IdentityStoreId = exampleClouds.aws.identityStoreId;
    const ask = async (accessKeyId?: string) => {
      const clients = awsClients(url, accessKeyId);
      const outcomes = await Promise.allSettled([
        clients.ssoAdmin.send(new ListPermissionSetsCommand({ InstanceArn })),
        clients.ssoAdmin.send(new DescribeInstanceCommand({ InstanceArn })),
        clients.organizations.send(new ListAccountsCommand({})),
        clients.organizations.send(new DescribeOrganizationCommand({})),
        clients.identityStore.send(new ListGroupsCommand({ IdentityStoreId })),
        clients.identityStore.send(
          new CreateGroupCommand({
            IdentityStoreId,
            DisplayName: `Made by ${accessKeyId}`,
          }),
        ),
      ]);
      return outcomes.map(outcome =>
        outcome.status === 'fulfilled' ? 'yes' : outcome.reason.name,
      );
    };
    const yes = 'yes';
    const no = 'AccessDeniedException';
    await expect(ask()).resolves.toEqual([yes, yes, yes, yes, yes, yes]);
    await expect(ask(delegateAccessKeyId)).resolves.toEqual([
      yes,
      yes,
      yes,
      yes,
      yes,
      yes,
    ]);
    const member = await memberAccessKeyId(url);
    await expect(ask(member)).resolves.toEqual([no, no, no, yes, yes, no]);
    // Everybody may ask, and a member account sees no instance.
    const seen = await awsClients(url, member).ssoAdmin.send(
      new ListInstancesCommand({}),
    );
    expect(seen.Instances).toEqual([]);
  });

  it('behaviour 24: delegated administrator denials', async () => {
    const management = exampleClouds.aws.managementAccountId;
    const delegate = awsClients(driver.sandbox.url, delegateAccessKeyId);
    const inManagement = {
      InstanceArn,
      PermissionSetArn: exampleSetArn('AdministratorAccess'),
    };
    await expect(
      delegate.ssoAdmin.send(
        new CreateAccountAssignmentCommand(newAssignment()),
      ),
    ).resolves.toBeDefined();
    for (const denied of [
      delegate.ssoAdmin.send(
        new CreateAccountAssignmentCommand(
          newAssignment({ TargetId: management }),
        ),
      ),
      delegate.ssoAdmin.send(
        new DeleteAccountAssignmentCommand(
          newAssignment({ ...inManagement, TargetId: '111122223333' }),
        ),
      ),
      delegate.ssoAdmin.send(
        new UpdatePermissionSetCommand({
          ...inManagement,
          Description: 'changed',
        }),
      ),
      delegate.ssoAdmin.send(new DeletePermissionSetCommand(inManagement)),
      delegate.ssoAdmin.send(
        new AttachManagedPolicyToPermissionSetCommand({
          ...inManagement,
          ManagedPolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
        }),
      ),
      delegate.ssoAdmin.send(
        new ProvisionPermissionSetCommand({
          ...inManagement,
          TargetType: 'ALL_PROVISIONED_ACCOUNTS',
        }),
      ),
      delegate.ssoAdmin.send(
        new TagResourceCommand({
          InstanceArn,
          ResourceArn: inManagement.PermissionSetArn,
          Tags: [{ Key: 'a', Value: 'b' }],
        }),
      ),
      delegate.organizations.send(
        new RegisterDelegatedAdministratorCommand({
          AccountId: '111122223333',
          ServicePrincipal: 'sso.amazonaws.com',
        }),
      ),
    ]) {
      await expect(denied).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
    }
    // Reading stays possible.
    await expect(
      delegate.ssoAdmin.send(new DescribePermissionSetCommand(inManagement)),
    ).resolves.toBeDefined();
  });

  it('behaviour 25: ForPrincipal denied off management', async () => {
    const { url } = driver.sandbox;
    const ask = (accessKeyId?: string) =>
      awsClients(url, accessKeyId).ssoAdmin.send(
        new ListAccountAssignmentsForPrincipalCommand({
          InstanceArn,
          PrincipalType: 'GROUP',
          PrincipalId: groupId,
        }),
      );
    await expect(ask()).resolves.toBeDefined();
    for (const other of [delegateAccessKeyId, await memberAccessKeyId(url)]) {
      await expect(ask(other)).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(
          'is not authorized to perform: sso:ListAccountAssignmentsForPrincipal',
        ),
      });
    }
  });

  it('behaviour 28: permission sets disabled, secondary region', async () => {
    const fresh = await startSandbox({
      limits: wideLimits,
      switches: { permissionSetsEnabled: false },
    });
    try {
      const { ssoAdmin } = awsClients(fresh.url);
      const list = (client = ssoAdmin) =>
        client.send(new ListPermissionSetsCommand({ InstanceArn }));
      const enabled = async () =>
        (await ssoAdmin.send(new DescribeInstanceCommand({ InstanceArn })))
          .PermissionSetsEnabled;
      const enable = (PermissionSetsEnabled: boolean) =>
        ssoAdmin.send(
          new UpdateInstanceCommand({ InstanceArn, PermissionSetsEnabled }),
        );
      await expect(enabled()).resolves.toBe(false);
      await expect(list()).rejects.toMatchObject({
        name: 'ValidationException',
      });
      await enable(true);
      await expect(enabled()).resolves.toBe(true);
      await expect(list()).resolves.toBeDefined();
      await expect(enable(false)).rejects.toMatchObject({
        name: 'ValidationException',
      });

      const ireland = awsClients(fresh.url, undefined, 'eu-west-1');
      const instances = async () =>
        (await ireland.ssoAdmin.send(new ListInstancesCommand({}))).Instances;
      await expect(instances()).resolves.toEqual([]);
      await expect(list(ireland.ssoAdmin)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
      const region = { InstanceArn, RegionName: 'eu-west-1' };
      await ssoAdmin.send(new AddRegionCommand(region));
      await expect(
        ssoAdmin.send(new DescribeRegionCommand(region)),
      ).resolves.toMatchObject({ Status: 'ADDING', IsPrimaryRegion: false });
      fresh.clock.advance(1000);
      const [seen] = (await instances()) ?? [];
      expect(seen).toMatchObject({
        PrimaryRegion: 'eu-central-1',
        Regions: [
          { RegionName: 'eu-central-1', IsPrimaryRegion: true },
          { RegionName: 'eu-west-1', Status: 'ACTIVE' },
        ],
      });
      await expect(list(ireland.ssoAdmin)).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining('primary Region'),
      });
      const IdentityStoreId = exampleClouds.aws.identityStoreId;
      await expect(
        ireland.identityStore.send(new ListGroupsCommand({ IdentityStoreId })),
      ).resolves.toBeDefined();
      await expect(
        ireland.identityStore.send(
          new CreateGroupCommand({ IdentityStoreId, DisplayName: 'Away' }),
        ),
      ).rejects.toMatchObject({ name: 'ValidationException' });
      await ssoAdmin.send(new RemoveRegionCommand(region));
      fresh.clock.advance(1000);
      const left = await ssoAdmin.send(new ListRegionsCommand({ InstanceArn }));
      expect(left.Regions).toHaveLength(1);
    } finally {
      await fresh.stop();
    }
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

  it('behaviour 9: one 20/s bucket', async () => {
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
