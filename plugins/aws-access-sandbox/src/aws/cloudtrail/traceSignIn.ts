import { createHash, randomUUID } from 'node:crypto';
import type { SandboxContext } from '../../server/SandboxContext';
import type { ConsoleAssignment } from '../ssoadmin/assignInConsole';
import { writeTrailEvent } from './TrailEvent';

/** A person who signs in to the AWS access portal, and perhaps goes on into an account. */
export interface SignIn {
  /** Id of the user in the identity store. */
  readonly userId: string;
  /** The role that is opened, if one is. */
  readonly role?: { accountId: string; permissionSetArn: string };
}

type TrailContext = Pick<SandboxContext, 'store' | 'clock' | 'switches'>;

/**
 * Writes the events of a sign-in: into the management account's trail that the person was authenticated and federated,
 * into the trail of the account that a role was assumed. They name people of Identity Center by user id, not by name.
 *
 * @param at - milliseconds on the sandbox clock; now when absent
 */
export function traceSignIn(
  context: TrailContext,
  { userId, role }: SignIn,
  at: number = context.clock.now(),
): void {
  const instance = requireInstance(context);
  const { owner_account_id: management, region } = instance;
  const userIdentity = {
    type: 'IdentityCenterUser',
    accountId: management,
    onBehalfOf: {
      userId,
      identityStoreArn: `arn:aws:identitystore::${management}:identitystore/${instance.identity_store_id}`,
    },
    credentialId: randomUUID(),
  };
  const event = { accountId: management, at, region, userIdentity };
  writeTrailEvent(context, {
    ...event,
    name: 'UserAuthentication',
    source: 'signin.amazonaws.com',
    members: {
      eventType: 'AwsServiceEvent',
      additionalEventData: {
        AuthWorkflowID: randomUUID(),
        CredentialType: 'EXTERNAL_IDP',
      },
      serviceEventDetails: { UserAuthentication: 'Success' },
    },
  });
  writeTrailEvent(context, {
    ...event,
    name: 'Authenticate',
    source: 'sso.amazonaws.com',
    members: { eventType: 'AwsServiceEvent' },
  });
  if (!role) {
    return;
  }
  const roleName = roleNameOf(context, role.permissionSetArn);
  writeTrailEvent(context, {
    ...event,
    name: 'Federate',
    source: 'sso.amazonaws.com',
    members: {
      eventType: 'AwsServiceEvent',
      serviceEventDetails: {
        relayId: randomUUID(),
        account_id: role.accountId,
        role_name: roleName,
      },
    },
  });
  const userName = userNameOf(context, userId);
  const roleArn = `arn:aws:iam::${role.accountId}:role/aws-reserved/sso.amazonaws.com/${region}/${roleName}`;
  writeTrailEvent(context, {
    accountId: role.accountId,
    at,
    region,
    name: 'AssumeRoleWithSAML',
    source: 'sts.amazonaws.com',
    readOnly: true,
    userName,
    resources: [{ ResourceType: 'AWS::IAM::Role', ResourceName: roleArn }],
    userIdentity: { type: 'SAMLUser', userName },
    members: {
      requestParameters: { roleArn, roleSessionName: userName },
    },
  });
}

/**
 * Writes what the Identity Center console does when a person assigns or unassigns there: events of the console's own,
 * older API. They name the application profile behind an account's permission set, and neither of the two.
 */
export function traceConsoleAssignment(
  context: TrailContext,
  change: ConsoleAssignment,
): void {
  const instance = requireInstance(context);
  const id = (prefix: string, ...parts: string[]) =>
    `${prefix}-${createHash('sha256')
      .update(parts.join(' '))
      .digest('hex')
      .slice(0, 16)}`;
  writeTrailEvent(context, {
    accountId: instance.owner_account_id,
    at: context.clock.now(),
    region: instance.region,
    name:
      change.action === 'assign' ? 'AssociateProfile' : 'DisassociateProfile',
    source: 'sso.amazonaws.com',
    userIdentity: {
      type: 'IdentityCenterUser',
      accountId: instance.owner_account_id,
      onBehalfOf: {
        userId: change.userId,
        identityStoreArn: `arn:aws:identitystore::${instance.owner_account_id}:identitystore/${instance.identity_store_id}`,
      },
    },
    members: {
      requestParameters: {
        accessorId: change.principalId,
        accessorType: change.principalType,
        directoryId: instance.identity_store_id,
        directoryType: 'UserPool',
        instanceId: id('ins', change.accountId),
        profileId: id('p', change.accountId, change.permissionSetArn),
      },
    },
  });
}

function requireInstance({ store }: TrailContext) {
  const instance = store.get<{
    identity_store_id: string;
    owner_account_id: string;
    region: string;
  }>('SELECT * FROM aws_instance');
  if (!instance) {
    throw new Error('There is no instance of IAM Identity Center');
  }
  return instance;
}

/** The name that Identity Center gives the role of a permission set in an account. */
function roleNameOf({ store }: TrailContext, permissionSetArn: string): string {
  const set = store.get<{ name: string }>(
    'SELECT name FROM aws_permission_sets WHERE arn = ?',
    [permissionSetArn],
  );
  return `AWSReservedSSO_${set?.name}_${permissionSetArn.slice(-16)}`;
}

function userNameOf(
  { store }: TrailContext,
  userId: string,
): string | undefined {
  return store.get<{ user_name: string }>(
    'SELECT user_name FROM identity_store_users WHERE user_id = ?',
    [userId],
  )?.user_name;
}
