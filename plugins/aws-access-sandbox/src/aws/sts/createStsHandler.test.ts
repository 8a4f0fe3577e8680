import {
  ListInstancesCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { exampleClouds } from '../../seed';
import { type RunningSandbox, startSandbox } from '../../server/startSandbox';
import { delegateAccessKeyId } from '../../testing/awsClients';

const { aws, credentials } = exampleClouds;
const [portal] = credentials.awsAccessKeys;

describe('sts', () => {
  let sandbox: RunningSandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.stop());

  const call = async (
    form: Record<string, string>,
    accessKeyId: string = portal.accessKeyId,
  ) => {
    const response = await fetch(sandbox.url, {
      method: 'POST',
      headers: {
        Authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261124/eu-central-1/sts/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: new URLSearchParams({ Version: '2011-06-15', ...form }),
    });
    const text = await response.text();
    return {
      status: response.status,
      element: (name: string) =>
        new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1],
    };
  };

  const assume = (accountId: string, accessKeyId?: string) =>
    call(
      {
        Action: 'AssumeRole',
        RoleArn: `arn:aws:iam::${accountId}:role/portal/Reader`,
        RoleSessionName: 'portal',
        DurationSeconds: '900',
      },
      accessKeyId,
    );

  it('says who is calling', async () => {
    const identity = await call({ Action: 'GetCallerIdentity' });
    expect(identity.element('Account')).toBe(portal.accountId);
    const stranger = await call({ Action: 'GetCallerIdentity' }, 'AKIANOBODY');
    expect(stranger.element('Code')).toBe('InvalidClientTokenId');
  });

  it('gives keys of a role, which work until they expire', async () => {
    const role = await assume(aws.delegatedAdministratorAccountId);
    expect(role.element('Arn')).toBe(
      `arn:aws:sts::${aws.delegatedAdministratorAccountId}:assumed-role/Reader/portal`,
    );
    const client = new SSOAdminClient({
      endpoint: sandbox.url,
      region: aws.region,
      maxAttempts: 1,
      credentials: {
        accessKeyId: role.element('AccessKeyId')!,
        secretAccessKey: role.element('SecretAccessKey')!,
        sessionToken: role.element('SessionToken')!,
      },
    });
    await expect(
      client.send(new ListInstancesCommand({})),
    ).resolves.toBeDefined();
    sandbox.clock.advance(900_000);
    await expect(
      client.send(new ListInstancesCommand({})),
    ).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  });

  it('refuses roles of other accounts and bad requests', async () => {
    const foreign = await assume(aws.managementAccountId, delegateAccessKeyId);
    expect([foreign.status, foreign.element('Code')]).toEqual([
      403,
      'AccessDenied',
    ]);
    const bad = await call({ Action: 'AssumeRole', RoleArn: 'me' });
    expect([bad.status, bad.element('Code')]).toEqual([400, 'ValidationError']);
    const unknown = await call({ Action: 'GetSessionToken' });
    expect(unknown.element('Code')).toBe('InvalidAction');
  });
});
