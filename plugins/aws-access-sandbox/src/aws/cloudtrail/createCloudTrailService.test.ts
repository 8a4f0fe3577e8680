import {
  type CloudTrailClient,
  LookupEventsCommand,
  type LookupEventsCommandInput,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail';
import { CreateGroupCommand } from '@aws-sdk/client-identitystore';
import {
  AttachManagedPolicyToPermissionSetCommand,
  CreateAccountAssignmentCommand,
} from '@aws-sdk/client-sso-admin';
import { exampleClouds, examplePeople } from '../../seed';
import { type RunningSandbox, startSandbox } from '../../server/startSandbox';
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
  targetAccount,
} from '../../testing/SsoAdminDriver';

const MINUTE = 60_000;
const ida = examplePeople.find(({ name }) => name === 'ida')!;

describe('cloudtrail', () => {
  let sandbox: RunningSandbox;
  let client: CloudTrailClient;

  beforeEach(async () => {
    sandbox = await startSandbox({ limits: wideLimits });
    client = awsClients(sandbox.url).cloudTrail;
  });

  afterEach(() => sandbox.stop());

  const lookUp = async (input: LookupEventsCommandInput = {}, from = client) =>
    (await from.send(new LookupEventsCommand(input))).Events ?? [];
  const names = async (input?: LookupEventsCommandInput, from = client) =>
    (await lookUp(input, from)).map(({ EventName }) => EventName);
  const admin = async (path: string, body: object) => {
    const response = await fetch(`${sandbox.url}/sandbox/admin/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.status;
  };

  it('behaviour 30: delayed CloudTrail events, console names too', async () => {
    const assignment = newAssignment();
    await awsClients(sandbox.url).ssoAdmin.send(
      new CreateAccountAssignmentCommand(assignment),
    );
    const change = {
      accountId: targetAccount,
      permissionSetArn: exampleSetArn('LogReader'),
      principalType: 'GROUP',
      principalId: groupId,
      userId: ida.identityStoreUserId,
    };
    await expect(
      admin('console/assignment', { action: 'assign', ...change }),
    ).resolves.toBe(204);
    await expect(names()).resolves.toEqual([]);

    sandbox.clock.advance(5 * MINUTE);
    await expect(
      admin('console/assignment', { action: 'unassign', ...change }),
    ).resolves.toBe(204);
    await expect(names()).resolves.toEqual([
      'AssociateProfile',
      'CreateAccountAssignment',
    ]);
    sandbox.clock.advance(5 * MINUTE);
    await expect(names()).resolves.toEqual([
      'DisassociateProfile',
      'AssociateProfile',
      'CreateAccountAssignment',
    ]);

    const [byApi] = await lookUp({
      LookupAttributes: [
        {
          AttributeKey: 'EventName',
          AttributeValue: 'CreateAccountAssignment',
        },
      ],
    });
    expect(byApi).toMatchObject({
      EventSource: 'sso.amazonaws.com',
      ReadOnly: 'false',
      EventTime: expect.any(Date),
    });
    expect(JSON.parse(byApi.CloudTrailEvent!)).toMatchObject({
      eventName: 'CreateAccountAssignment',
      recipientAccountId: exampleClouds.aws.managementAccountId,
      requestParameters: {
        targetId: targetAccount,
        permissionSetArn: assignment.PermissionSetArn,
        principalId: groupId,
      },
    });
    const [byConsole] = await lookUp({
      LookupAttributes: [
        { AttributeKey: 'EventName', AttributeValue: 'AssociateProfile' },
      ],
    });
    // The console's event names neither account nor permission set, and the person by id alone.
    expect(byConsole).not.toHaveProperty('Username');
    expect(byConsole.CloudTrailEvent).not.toContain(targetAccount);
    expect(JSON.parse(byConsole.CloudTrailEvent!)).toMatchObject({
      userIdentity: { onBehalfOf: { userId: ida.identityStoreUserId } },
      requestParameters: { accessorId: groupId, accessorType: 'GROUP' },
    });
  });

  it('tells who signed in, by user id, and which role was opened where', async () => {
    await expect(admin('sign-in', { userId: 'nobody' })).resolves.toBe(404);
    await expect(admin('sign-in', {})).resolves.toBe(400);
    await expect(
      admin('console/assignment', {
        action: 'assign',
        accountId: '000000000000',
        permissionSetArn: exampleSetArn('ReadOnly'),
        principalType: 'GROUP',
        principalId: groupId,
        userId: ida.identityStoreUserId,
      }),
    ).resolves.toBe(409);
    await admin('sign-in', {
      userId: ida.identityStoreUserId,
      role: {
        accountId: '111122223333',
        permissionSetArn: exampleSetArn('ReadOnly'),
      },
    });
    sandbox.clock.advance(5 * MINUTE);
    const events = await lookUp();
    expect(events.map(({ EventName }) => EventName)).toEqual([
      'Federate',
      'Authenticate',
      'UserAuthentication',
    ]);
    for (const { CloudTrailEvent } of events) {
      expect(CloudTrailEvent).not.toContain(ida.userPrincipalName);
      expect(JSON.parse(CloudTrailEvent!)).toMatchObject({
        userIdentity: {
          type: 'IdentityCenterUser',
          onBehalfOf: { userId: ida.identityStoreUserId },
        },
      });
    }
    const inAccount = awsClients(
      sandbox.url,
      await memberAccessKeyId(sandbox.url, '111122223333'),
    ).cloudTrail;
    const [opened] = await lookUp({}, inAccount);
    expect(opened).toMatchObject({
      EventName: 'AssumeRoleWithSAML',
      Username: ida.userPrincipalName,
      ReadOnly: 'true',
    });
    await expect(
      names(
        {
          LookupAttributes: [
            {
              AttributeKey: 'ResourceName',
              AttributeValue: opened.Resources![0].ResourceName!,
            },
          ],
        },
        inAccount,
      ),
    ).resolves.toEqual(['AssumeRoleWithSAML']);
  });

  it('keeps refusals, hides what it says of people, and shows every account its own', async () => {
    const delegate = awsClients(sandbox.url, delegateAccessKeyId);
    await expect(
      delegate.ssoAdmin.send(
        new AttachManagedPolicyToPermissionSetCommand({
          InstanceArn,
          PermissionSetArn: exampleSetArn('AdministratorAccess'),
          ManagedPolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
        }),
      ),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await delegate.identityStore.send(
      new CreateGroupCommand({
        IdentityStoreId: exampleClouds.aws.identityStoreId,
        DisplayName: 'Secret plans',
      }),
    );
    sandbox.clock.advance(5 * MINUTE);
    await expect(names()).resolves.toEqual([]);
    const [group, refused] = await lookUp({}, delegate.cloudTrail);
    expect(group.CloudTrailEvent).toContain('HIDDEN_DUE_TO_SECURITY_REASONS');
    expect(group.CloudTrailEvent).not.toContain('Secret plans');
    expect(JSON.parse(refused.CloudTrailEvent!)).toMatchObject({
      errorCode: 'AccessDenied',
      responseElements: null,
    });
  });

  it('answers two requests a second, in pages of at most fifty, for ninety days', async () => {
    for (let number = 0; number < 60; number++) {
      await awsClients(sandbox.url).identityStore.send(
        new CreateGroupCommand({
          IdentityStoreId: exampleClouds.aws.identityStoreId,
          DisplayName: `Group ${number}`,
        }),
      );
    }
    sandbox.clock.advance(5 * MINUTE);
    const sizes: number[] = [];
    for await (const { Events } of paginateLookupEvents({ client }, {})) {
      sizes.push(Events?.length ?? 0);
    }
    expect(sizes).toEqual([50, 10]);
    sandbox.weather.set({ limits: { cloudTrailRequestsPerSecond: 0.001 } });
    // One token of the wider bucket may be left.
    await expect(Promise.all([names(), names()])).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
    sandbox.weather.set({ limits: { cloudTrailRequestsPerSecond: 1000 } });
    sandbox.clock.advance(91 * 24 * 60 * MINUTE);
    await expect(names()).resolves.toEqual([]);
  });

  it.each<[string, LookupEventsCommandInput, string]>([
    [
      'two attributes',
      {
        LookupAttributes: [
          { AttributeKey: 'EventName', AttributeValue: 'a' },
          { AttributeKey: 'Username', AttributeValue: 'b' },
        ],
      },
      'InvalidLookupAttributesException',
    ],
    [
      'time that runs backwards',
      { StartTime: new Date(2000), EndTime: new Date(1000) },
      'InvalidTimeRangeException',
    ],
    ['large pages', { MaxResults: 51 }, 'InvalidMaxResultsException'],
    ['made-up tokens', { NextToken: 'made up' }, 'InvalidNextTokenException'],
  ])('refuses %s', async (_, input, name) => {
    await expect(lookUp(input)).rejects.toMatchObject({ name });
  });
});
