import {
  ListInstancesCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { exampleClouds } from '../../seed';
import { type RunningSandbox, startSandbox } from '../../server/startSandbox';
import {
  awsConfiguration,
  delegateAccessKeyId,
} from '../../testing/awsClients';

const { aws, credentials } = exampleClouds;
const [portal] = credentials.awsAccessKeys;
const delegateAccountId = aws.delegatedAdministratorAccountId;

const roleIn = (accountId: string) => ({
  RoleArn: `arn:aws:iam::${accountId}:role/portal/Reader`,
  RoleSessionName: 'portal',
  DurationSeconds: 900,
});

describe('sts', () => {
  let sandbox: RunningSandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.stop());

  const sts = (accessKeyId?: string) =>
    new STSClient(awsConfiguration(sandbox.url, accessKeyId));

  it('says who is calling', async () => {
    await expect(
      sts().send(new GetCallerIdentityCommand({})),
    ).resolves.toMatchObject({ Account: portal.accountId });
    await expect(
      sts('AKIANOBODY').send(new GetCallerIdentityCommand({})),
    ).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('lets a client come in through a role, until the role expires', async () => {
    const configuration = awsConfiguration(sandbox.url);
    const through = new SSOAdminClient({
      ...configuration,
      credentials: fromTemporaryCredentials({
        masterCredentials: configuration.credentials,
        params: roleIn(delegateAccountId),
        clientConfig: configuration,
      }),
    });
    await expect(
      through.send(new ListInstancesCommand({})),
    ).resolves.toMatchObject({ Instances: [expect.anything()] });

    const role = await sts().send(
      new AssumeRoleCommand(roleIn(delegateAccountId)),
    );
    expect(role.AssumedRoleUser?.Arn).toBe(
      `arn:aws:sts::${delegateAccountId}:assumed-role/Reader/portal`,
    );
    sandbox.clock.advance(900_000);
    await expect(
      through.send(new ListInstancesCommand({})),
    ).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  });

  it('takes the key of a role only with its session token', async () => {
    const { Credentials } = await sts().send(
      new AssumeRoleCommand(roleIn(delegateAccountId)),
    );
    const accessKeyId = Credentials!.AccessKeyId!;
    for (const sessionToken of [undefined, 'another']) {
      const configuration = {
        ...awsConfiguration(sandbox.url),
        credentials: { accessKeyId, secretAccessKey: 'any', sessionToken },
      };
      await expect(
        new SSOAdminClient(configuration).send(new ListInstancesCommand({})),
      ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
      await expect(
        new STSClient(configuration).send(new GetCallerIdentityCommand({})),
      ).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    }
    await expect(
      sts(accessKeyId).send(new GetCallerIdentityCommand({})),
    ).resolves.toMatchObject({ Account: delegateAccountId });
  });

  it('refuses roles of other accounts and bad requests', async () => {
    await expect(
      sts(delegateAccessKeyId).send(
        new AssumeRoleCommand(roleIn(aws.managementAccountId)),
      ),
    ).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(
      sts().send(
        new AssumeRoleCommand({
          ...roleIn(delegateAccountId),
          DurationSeconds: 60,
        }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(
      sts().send(new GetSessionTokenCommand({})),
    ).rejects.toMatchObject({ name: 'InvalidAction' });
  });
});
