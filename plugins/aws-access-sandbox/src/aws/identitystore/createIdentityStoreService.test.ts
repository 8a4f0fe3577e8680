import {
  CreateGroupCommand,
  CreateGroupMembershipCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeleteGroupMembershipCommand,
  DescribeGroupCommand,
  DescribeGroupMembershipCommand,
  DescribeUserCommand,
  GetGroupIdCommand,
  GetGroupMembershipIdCommand,
  GetUserIdCommand,
  IsMemberInGroupsCommand,
  ListGroupMembershipsCommand,
  ListGroupMembershipsForMemberCommand,
  ListGroupsCommand,
  ListUsersCommand,
  paginateListUsers,
  UpdateGroupCommand,
  UpdateUserCommand,
  type UpdateUserCommandInput,
} from '@aws-sdk/client-identitystore';
import { exampleClouds, exampleGroups, examplePeople } from '../../seed';
import {
  type RunningSandbox,
  type SandboxOptions,
  startSandbox,
} from '../../server/startSandbox';
import { awsClients, wideLimits } from '../../testing/awsClients';

type DocumentType = NonNullable<
  UpdateUserCommandInput['Operations']
>[number]['AttributeValue'];

const IdentityStoreId = exampleClouds.aws.identityStoreId;

describe('identitystore', () => {
  let sandbox: RunningSandbox;
  let client: ReturnType<typeof awsClients>['identityStore'];

  beforeEach(async () => {
    await start();
  });

  async function start(options: SandboxOptions = {}) {
    sandbox = await startSandbox({ limits: wideLimits, ...options });
    client = awsClients(sandbox.url).identityStore;
  }

  /** Attribute values may be of any JSON type, which checkers of recordings take for an object without members. */
  async function startUnrecorded() {
    await sandbox.stop();
    await start({ record: false });
  }

  afterEach(() => sandbox.stop());

  const group = exampleGroups.find(
    candidate => candidate.displayName === 'AWS-Payments-PowerUser',
  )!;
  const lena = examplePeople.find(person => person.name === 'lena')!;

  it('finds what SCIM carried, by name and by the id that Entra gave', async () => {
    await startUnrecorded();
    const byName = await client.send(
      new GetGroupIdCommand({
        IdentityStoreId,
        AlternateIdentifier: {
          UniqueAttribute: {
            AttributePath: 'displayName',
            AttributeValue: group.displayName,
          },
        },
      }),
    );
    expect(byName.GroupId).toBe(group.identityStoreGroupId);

    const described = await client.send(
      new DescribeGroupCommand({ IdentityStoreId, GroupId: byName.GroupId }),
    );
    const [externalId] = described.ExternalIds ?? [];
    expect(externalId.Id).toBe(group.entraId);
    await expect(
      client.send(
        new GetGroupIdCommand({
          IdentityStoreId,
          AlternateIdentifier: { ExternalId: externalId },
        }),
      ),
    ).resolves.toMatchObject({ GroupId: group.identityStoreGroupId });

    await expect(
      client.send(
        new GetUserIdCommand({
          IdentityStoreId,
          AlternateIdentifier: {
            UniqueAttribute: {
              AttributePath: 'userName',
              AttributeValue: lena.userPrincipalName.toUpperCase(),
            },
          },
        }),
      ),
    ).resolves.toMatchObject({ UserId: lena.identityStoreUserId });
    await expect(
      client.send(
        new DescribeUserCommand({
          IdentityStoreId,
          UserId: lena.identityStoreUserId,
        }),
      ),
    ).resolves.toMatchObject({
      UserName: lena.userPrincipalName,
      Name: { GivenName: lena.givenName, FamilyName: lena.surname },
      UserStatus: 'ENABLED',
    });
  });

  it('pages and filters its lists', async () => {
    const names: (string | undefined)[] = [];
    for await (const page of paginateListUsers(
      { client, pageSize: 7 },
      { IdentityStoreId },
    )) {
      names.push(...(page.Users ?? []).map(user => user.UserName));
    }
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain(lena.userPrincipalName);

    const filtered = await client.send(
      new ListGroupsCommand({
        IdentityStoreId,
        Filters: [
          { AttributePath: 'DisplayName', AttributeValue: group.displayName },
        ],
      }),
    );
    expect(filtered.Groups?.map(({ GroupId }) => GroupId)).toEqual([
      group.identityStoreGroupId,
    ]);
  });

  it('answers for memberships from both ends', async () => {
    const { GroupMemberships } = await client.send(
      new ListGroupMembershipsCommand({
        IdentityStoreId,
        GroupId: group.identityStoreGroupId,
      }),
    );
    expect(
      GroupMemberships?.map(membership => membership.MemberId?.UserId).sort(),
    ).toEqual(
      group.members
        .map(
          name =>
            examplePeople.find(person => person.name === name)!
              .identityStoreUserId,
        )
        .sort(),
    );

    const MemberId = { UserId: lena.identityStoreUserId };
    const ofLena = await client.send(
      new ListGroupMembershipsForMemberCommand({ IdentityStoreId, MemberId }),
    );
    expect(
      ofLena.GroupMemberships?.map(membership => membership.GroupId),
    ).toContain(group.identityStoreGroupId);

    const other = exampleGroups.find(
      candidate => candidate.assigned && !candidate.members.includes('lena'),
    )!;
    const { Results } = await client.send(
      new IsMemberInGroupsCommand({
        IdentityStoreId,
        MemberId,
        GroupIds: [group.identityStoreGroupId, other.identityStoreGroupId],
      }),
    );
    expect(Results?.map(result => result.MembershipExists)).toEqual([
      true,
      false,
    ]);
  });

  it('can be written past SCIM, and lets each name and membership exist once', async () => {
    const { GroupId } = await client.send(
      new CreateGroupCommand({ IdentityStoreId, DisplayName: 'By hand' }),
    );
    const { UserId } = await client.send(
      new CreateUserCommand({
        IdentityStoreId,
        UserName: 'hand@parcel.example',
        DisplayName: 'Hand Made',
        Name: { GivenName: 'Hand', FamilyName: 'Made', MiddleName: 'By' },
        Timezone: 'Europe/Berlin',
      }),
    );
    await expect(
      client.send(new DescribeUserCommand({ IdentityStoreId, UserId })),
    ).resolves.toMatchObject({
      UserName: 'hand@parcel.example',
      Name: { GivenName: 'Hand', FamilyName: 'Made', MiddleName: 'By' },
      Timezone: 'Europe/Berlin',
    });
    expect(GroupId).toMatch(/^99670e1a2b-[0-9a-f-]{36}$/);
    const membership = {
      IdentityStoreId,
      GroupId,
      MemberId: { UserId: UserId! },
    };
    const { MembershipId } = await client.send(
      new CreateGroupMembershipCommand(membership),
    );

    await expect(
      client.send(
        new CreateGroupCommand({ IdentityStoreId, DisplayName: 'By hand' }),
      ),
    ).rejects.toMatchObject({
      name: 'ConflictException',
      Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
    });
    await expect(
      client.send(new CreateGroupMembershipCommand(membership)),
    ).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(
      client.send(
        new DescribeGroupMembershipCommand({ IdentityStoreId, MembershipId }),
      ),
    ).resolves.toMatchObject({ GroupId, MemberId: { UserId } });

    await client.send(
      new DeleteGroupMembershipCommand({ IdentityStoreId, MembershipId }),
    );
    await expect(
      client.send(new GetGroupMembershipIdCommand(membership)),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      ResourceType: 'GROUP_MEMBERSHIP',
    });
    await client.send(new DeleteGroupCommand({ IdentityStoreId, GroupId }));
    await expect(
      client.send(new DescribeGroupCommand({ IdentityStoreId, GroupId })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      ResourceType: 'GROUP',
      ResourceId: GroupId,
    });
  });

  it('changes users and groups attribute by attribute', async () => {
    await startUnrecorded();
    const { UserId } = await client.send(
      new CreateUserCommand({
        IdentityStoreId,
        UserName: 'hand@parcel.example',
        DisplayName: 'Hand Made',
        Name: { GivenName: 'Hand', FamilyName: 'Made' },
        Title: 'Helper',
        Timezone: 'Europe/Berlin',
      }),
    );
    const update = (AttributePath: string, AttributeValue?: DocumentType) =>
      client.send(
        new UpdateUserCommand({
          IdentityStoreId,
          UserId,
          Operations: [{ AttributePath, AttributeValue }],
        }),
      );
    await update('displayName', 'Hand B. Made');
    await update('name.middleName', 'B.');
    await update('emails', [{ Value: 'hand@parcel.example', Primary: true }]);
    await update('title');
    const user = await client.send(
      new DescribeUserCommand({ IdentityStoreId, UserId }),
    );
    expect(user).toMatchObject({
      DisplayName: 'Hand B. Made',
      Name: { GivenName: 'Hand', FamilyName: 'Made', MiddleName: 'B.' },
      Emails: [{ Value: 'hand@parcel.example' }],
      Timezone: 'Europe/Berlin',
    });
    expect(user).not.toHaveProperty('Title');
    for (const [path, value] of [
      ['shoeSize', '42'],
      ['name.givenName', undefined],
      ['displayName', ''],
    ] as const) {
      await expect(update(path, value)).rejects.toMatchObject({
        name: 'ValidationException',
      });
    }
    await expect(
      update('userName', lena.userPrincipalName),
    ).rejects.toMatchObject({ name: 'ConflictException' });

    const updateGroup = (
      AttributePath: string,
      AttributeValue?: DocumentType,
    ) =>
      client.send(
        new UpdateGroupCommand({
          IdentityStoreId,
          GroupId: group.identityStoreGroupId,
          Operations: [{ AttributePath, AttributeValue }],
        }),
      );
    await updateGroup('displayName', 'Renamed by hand');
    await updateGroup('description', 'Not what SCIM wrote');
    await expect(
      client.send(
        new DescribeGroupCommand({
          IdentityStoreId,
          GroupId: group.identityStoreGroupId,
        }),
      ),
    ).resolves.toMatchObject({
      DisplayName: 'Renamed by hand',
      Description: 'Not what SCIM wrote',
      ExternalIds: [{ Id: group.entraId }],
    });
    const other = exampleGroups.find(
      candidate => candidate.assigned && candidate !== group,
    )!;
    await expect(
      updateGroup('displayName', other.displayName),
    ).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(updateGroup('displayName')).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('refuses what the model forbids', async () => {
    await expect(
      client.send(
        new ListUsersCommand({ IdentityStoreId: 'somewhere', MaxResults: 0 }),
      ),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(
        /^2 validation errors detected: .*'identityStoreId'.*'maxResults'/,
      ),
    });
    await expect(
      client.send(new ListUsersCommand({ IdentityStoreId: 'd-0000000000' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(
      client.send(
        new ListUsersCommand({ IdentityStoreId, NextToken: 'bm90aGluZw' }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
