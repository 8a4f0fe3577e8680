import {
  exampleClouds,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsAccessConfigSchema } from '../../config/AwsAccessConfig';
import { sandboxConfig } from '../../testing/sandboxConfig';
import { CloudWriteGate } from '../CloudWriteGate';
import { DefaultCloudsProvider } from '../DefaultCloudsProvider';
import { createAwsClients, createAwsLimiters } from './createAwsClients';
import { createRequestHandler } from './createRequestHandler';

type AwsConfig = ReturnType<
  typeof sandboxConfig
>['organizations'][string]['aws'];

const [portal, delegate] = exampleClouds.credentials.awsAccessKeys;
const { managementAccountId } = exampleClouds.aws;
const DELEGATED = '100000000003';

describe('AWS credentials', () => {
  let sandbox: RunningSandbox;
  let folder: string;
  const former = { ...process.env };

  beforeAll(async () => {
    sandbox = await startSandbox();
    folder = await mkdtemp(join(tmpdir(), 'aws-access-chain-'));
  });
  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (name.startsWith('AWS_')) delete process.env[name];
    }
  });
  afterEach(() => {
    process.env = { ...former };
  });
  afterAll(async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true });
  });

  function connect(credentials: AwsConfig['credentials']) {
    const { aws } = new DefaultCloudsProvider({
      config: awsAccessConfigSchema.parse(
        sandboxConfig(sandbox.url, {
          aws: { region: 'eu-central-1', endpoint: sandbox.url, credentials },
        }),
      ),
      verifier: { verify: async () => {} },
    }).forOrganization('parcel');
    return aws;
  }

  const inEnvironment = ({ accessKeyId }: { accessKeyId: string }) =>
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: 'sandbox',
    });

  it.each<[string, () => unknown, AwsConfig['credentials']]>([
    [
      'nothing is configured and the environment has keys',
      () => inEnvironment(portal),
      undefined,
    ],
    [
      'the default chain is configured and a profile has keys',
      async () => {
        const file = join(folder, 'credentials');
        await writeFile(
          file,
          `[portal]\naws_access_key_id = ${portal.accessKeyId}\naws_secret_access_key = sandbox\n`,
        );
        Object.assign(process.env, {
          AWS_SHARED_CREDENTIALS_FILE: file,
          AWS_CONFIG_FILE: file,
          AWS_PROFILE: 'portal',
        });
      },
      { type: 'default' },
    ],
    [
      'a role of the management account is assumed',
      () => inEnvironment(portal),
      {
        type: 'assumeRole',
        roleArn: `arn:aws:iam::${managementAccountId}:role/backstage`,
        externalId: 'portal',
      },
    ],
    [
      'a role of the delegated administrator account is assumed',
      () => inEnvironment(delegate),
      {
        type: 'assumeRole',
        roleArn: `arn:aws:iam::${DELEGATED}:role/backstage`,
      },
    ],
  ])('are found where %s', async (_what, prepare, credentials) => {
    await prepare();
    expect(await connect(credentials).describeInstance()).toMatchObject({
      instanceArn: exampleClouds.aws.instanceArn,
    });
  });

  it('say in plain words that the role may not be assumed', async () => {
    inEnvironment(delegate);
    await expect(
      connect({
        type: 'assumeRole',
        roleArn: `arn:aws:iam::${managementAccountId}:role/backstage`,
      }).describeInstance(),
    ).rejects.toMatchObject({
      kind: 'credentials',
      message: expect.stringMatching(
        /assume the role at aws\.credentials\.roleArn; its trust policy/,
      ),
    });
  });

  it('say in plain words that there are none', async () => {
    Object.assign(process.env, {
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
      AWS_CONFIG_FILE: join(folder, 'none'),
    });
    await expect(connect(undefined).describeInstance()).rejects.toMatchObject({
      kind: 'credentials',
      message:
        'No AWS credentials were found where the configuration says they are',
    });
  });
});

describe('an answer of AWS', () => {
  const server = createServer();

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  beforeEach(() => server.removeAllListeners('request'));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each<[string, (write: (text: string) => void) => void]>([
    ['stalls after its headers', write => write('{"Organization":')],
    [
      'comes a byte now and then',
      write => {
        write('{"Organization":');
        setInterval(() => write(' '), 10).unref();
      },
    ],
  ])('that %s is asked for again', async (_how, stall) => {
    let asked = 0;
    server.on('request', (_request, response) => {
      asked++;
      if (asked === 1) {
        stall(text => response.write(text));
      } else response.end('{"Organization":{"Id":"o-parcel"}}');
    });
    const { port } = server.address() as AddressInfo;
    const { organizations } = createAwsClients({
      config: {
        region: 'eu-central-1',
        endpoint: `http://127.0.0.1:${port}`,
        credentials: {
          type: 'accessKey',
          accessKeyId: 'a',
          secretAccessKey: 'b',
        },
      },
      gate: new CloudWriteGate({ verify: async () => {} }),
      limiters: createAwsLimiters(
        { requestsPerSecond: 100 } as Parameters<typeof createAwsLimiters>[0],
        () => {},
      ),
      purpose: 'provisioning',
      requestHandler: createRequestHandler(200),
    });
    const { Organization: organization } = await organizations.read(client =>
      client.send(new DescribeOrganizationCommand({})),
    );
    expect(organization).toEqual({ Id: 'o-parcel' });
  });
});
