import {
  CreatePermissionSetCommand,
  DeletePermissionSetCommand,
  DescribeInstanceCommand,
  DescribePermissionSetCommand,
  ListInstancesCommand,
  ListTagsForResourceCommand,
  paginateListPermissionSets,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import { CreateGroupCommand } from '@aws-sdk/client-identitystore';
import { exampleClouds, examplePermissionSets } from '../../seed';
import { awsClients, exampleSetArn } from '../../testing/awsClients';
import { InstanceArn, SsoAdminDriver } from '../../testing/SsoAdminDriver';

describe('sso-admin instances and permission sets', () => {
  let driver: SsoAdminDriver;

  beforeEach(async () => {
    driver = await SsoAdminDriver.start();
  });

  afterEach(() => driver.sandbox.stop());

  it('shows its one instance', async () => {
    const { Instances } = await driver.client.send(
      new ListInstancesCommand({}),
    );
    expect(Instances).toEqual([
      expect.objectContaining({
        InstanceArn,
        IdentityStoreId: exampleClouds.aws.identityStoreId,
        OwnerAccountId: exampleClouds.aws.managementAccountId,
        Status: 'ACTIVE',
      }),
    ]);
    await expect(
      driver.client.send(new DescribeInstanceCommand({ InstanceArn })),
    ).resolves.toMatchObject({ PermissionSetsEnabled: true });
  });

  it('lists every permission set once, however the list is cut into pages', async () => {
    const arns: string[] = [];
    for await (const page of paginateListPermissionSets(
      { client: driver.client, pageSize: 5 },
      { InstanceArn },
    )) {
      arns.push(...(page.PermissionSets ?? []));
    }
    expect(arns).toEqual(examplePermissionSets.map(set => set.arn));
  });

  it('creates, changes and deletes a permission set', async () => {
    const { PermissionSet } = await driver.client.send(
      new CreatePermissionSetCommand({
        InstanceArn,
        Name: 'Auditor',
        Description: 'Reads everything',
        Tags: [{ Key: 'made-by', Value: 'a test' }],
      }),
    );
    const reference = {
      InstanceArn,
      PermissionSetArn: PermissionSet?.PermissionSetArn,
    };
    expect(PermissionSet).toMatchObject({
      Name: 'Auditor',
      SessionDuration: 'PT1H',
    });
    expect(PermissionSet).not.toHaveProperty('RelayState');
    expect(PermissionSet?.PermissionSetArn).toMatch(
      /^arn:aws:sso:::permissionSet\/ssoins-[0-9a-f]{16}\/ps-[0-9a-f]{16}$/,
    );
    await driver.client.send(
      new UpdatePermissionSetCommand({
        ...reference,
        SessionDuration: 'PT4H',
        RelayState: 'https://console.aws.amazon.com/billing',
      }),
    );
    await expect(
      driver.client.send(new DescribePermissionSetCommand(reference)),
    ).resolves.toMatchObject({
      PermissionSet: {
        Description: 'Reads everything',
        SessionDuration: 'PT4H',
        RelayState: 'https://console.aws.amazon.com/billing',
      },
    });
    await driver.client.send(
      new UpdatePermissionSetCommand({ ...reference, SessionDuration: 'PT2H' }),
    );
    const { PermissionSet: updated } = await driver.client.send(
      new DescribePermissionSetCommand(reference),
    );
    expect(updated).toMatchObject({ Description: 'Reads everything' });
    expect(updated).not.toHaveProperty('RelayState');

    const ResourceArn = reference.PermissionSetArn;
    await driver.client.send(
      new TagResourceCommand({
        InstanceArn,
        ResourceArn,
        Tags: [{ Key: 'step', Value: '1' }],
      }),
    );
    await driver.client.send(
      new UntagResourceCommand({
        InstanceArn,
        ResourceArn,
        TagKeys: ['made-by'],
      }),
    );
    await expect(
      driver.client.send(
        new ListTagsForResourceCommand({ InstanceArn, ResourceArn }),
      ),
    ).resolves.toMatchObject({ Tags: [{ Key: 'step', Value: '1' }] });

    await driver.client.send(new DeletePermissionSetCommand(reference));
    await expect(
      driver.client.send(new DescribePermissionSetCommand(reference)),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('behaviour 12: duplicate name', async () => {
    const { identityStore } = awsClients(driver.sandbox.url);
    await expect(
      driver.client.send(
        new CreatePermissionSetCommand({ InstanceArn, Name: 'PowerUser' }),
      ),
    ).rejects.toMatchObject({
      name: 'ConflictException',
      message: 'PermissionSet with name PowerUser already exists.',
      $metadata: { httpStatusCode: 400 },
    });
    // Group names are taken in any case.
    await expect(
      identityStore.send(
        new CreateGroupCommand({
          IdentityStoreId: exampleClouds.aws.identityStoreId,
          DisplayName: 'aws-payments-poweruser',
        }),
      ),
    ).rejects.toMatchObject({
      name: 'ConflictException',
      Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
    });
  });

  it('behaviour 13: delete while assigned', async () => {
    const remove = (name: string) =>
      driver.client.send(
        new DeletePermissionSetCommand({
          InstanceArn,
          PermissionSetArn: exampleSetArn(name),
        }),
      );
    await expect(remove('PowerUser')).rejects.toMatchObject({
      name: 'ConflictException',
      message: expect.stringContaining('has ApplicationProfile associated'),
    });
    // An assignment that is being made counts as one.
    const { PermissionSet } = await driver.client.send(
      new CreatePermissionSetCommand({ InstanceArn, Name: 'Fresh' }),
    );
    const PermissionSetArn = PermissionSet?.PermissionSetArn;
    await driver.create({ PermissionSetArn });
    await expect(
      driver.client.send(
        new DeletePermissionSetCommand({ InstanceArn, PermissionSetArn }),
      ),
    ).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it.each([
    [
      'a name that is too long',
      { Name: 'x'.repeat(33) },
      'ValidationException',
    ],
    ['a name with a space', { Name: 'My set' }, 'ValidationException'],
    [
      'an empty description',
      { Name: 'A', Description: '' },
      'ValidationException',
    ],
    [
      'half an hour',
      { Name: 'A', SessionDuration: 'PT30M' },
      'ValidationException',
    ],
    [
      'thirteen hours',
      { Name: 'A', SessionDuration: 'PT13H' },
      'ValidationException',
    ],
    [
      'a year in words',
      { Name: 'A', SessionDuration: 'a year' },
      'ValidationException',
    ],
  ])('refuses %s', async (_, input, name) => {
    await expect(
      driver.client.send(
        new CreatePermissionSetCommand({ InstanceArn, ...input }),
      ),
    ).rejects.toMatchObject({ name });
  });
});
