import {
  createThrowAwayCertificate,
  exampleClouds,
  RunningSandbox,
  startSandbox,
  startTlsFront,
  TlsFront,
} from 'backstage-plugin-aws-access-sandbox';
import { createPrivateKey, createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsAccessConfigSchema } from '../../config/AwsAccessConfig';
import { sandboxConfig } from '../../testing/sandboxConfig';
import { CloudWriteGate } from '../CloudWriteGate';
import { RequestLimiter } from '../RequestLimiter';
import { createTokenSource } from './createTokenSource';
import { DefaultEntraCloud } from './DefaultEntraCloud';
import { GatedGraphClient } from './GatedGraphClient';

type Credentials = ReturnType<
  typeof sandboxConfig
>['organizations'][string]['entra']['credentials'];

const { appId } = exampleClouds.entra.portal;
const CLUSTER = 'https://cluster.parcel.example';
const WORKLOAD = 'system:serviceaccount:portal:backstage';

/** The library's real classes, over TLS, against an endpoint that checks what they sign. */
describe('createTokenSource', () => {
  let sandbox: RunningSandbox;
  let front: TlsFront;
  let folder: string;
  const tokens = () =>
    Number(
      sandbox.store.get<{ count: number }>(
        'SELECT count(*) AS count FROM entra_access_tokens',
      )!.count,
    );

  beforeAll(async () => {
    sandbox = await startSandbox();
    front = await startTlsFront(sandbox.url);
    folder = await mkdtemp(join(tmpdir(), 'aws-access-credentials-'));
  });
  afterEach(() => sandbox.weather.set({}));
  afterAll(async () => {
    await front.stop();
    await sandbox.stop();
    await rm(folder, { recursive: true });
  });

  const write = async (name: string, ...parts: string[]) => {
    const path = join(folder, name);
    await writeFile(path, parts.join(''));
    return path;
  };

  function configure(credentials: Credentials, authorityHost = front.url) {
    const input = sandboxConfig(sandbox.url);
    input.organizations.parcel.entra.credentials = {
      ...credentials,
      ...('authorityHost' in credentials && { authorityHost }),
    } as Credentials;
    return awsAccessConfigSchema.parse(input).organizations.parcel.entra;
  }

  const tokenSource = (credentials: Credentials, authorityHost?: string) =>
    createTokenSource(configure(credentials, authorityHost), {
      tlsOptions: { ca: front.certificate },
    });

  function create(credentials: Credentials) {
    const entra = configure(credentials);
    return new DefaultEntraCloud({
      graph: new GatedGraphClient({
        graphUrl: entra.graphUrl,
        getToken: tokenSource(credentials),
        gate: new CloudWriteGate({ verify: async () => {} }),
        limiter: new RequestLimiter({ requestsPerSecond: 100, concurrency: 4 }),
        purpose: 'inventory',
      }),
      applicationId: entra.enterpriseApplicationId,
      servicePrincipalId: entra.servicePrincipalId,
    });
  }

  /** How many tokens two calls need. */
  async function countSignIns(credentials: Credentials) {
    const before = tokens();
    const entra = create(credentials);
    expect(await entra.describeTenant()).toMatchObject({
      tenantId: exampleClouds.entra.tenantId,
    });
    await entra.describeTenant();
    return tokens() - before;
  }

  const bySecret = (clientSecret: string): Credentials => ({
    type: 'clientSecret',
    clientId: appId,
    clientSecret,
    authorityHost: 'https://set.when.created',
  });
  const byCertificate = (
    certificatePath: string,
    certificatePassword?: string,
  ): Credentials => ({
    type: 'certificate',
    clientId: appId,
    certificatePath,
    ...(certificatePassword && { certificatePassword }),
    authorityHost: 'https://set.when.created',
  });
  const byWorkload = (tokenFilePath?: string): Credentials => ({
    type: 'workloadIdentity',
    clientId: appId,
    ...(tokenFilePath && { tokenFilePath }),
    authorityHost: 'https://set.when.created',
  });

  describe('with a client secret', () => {
    const genuine = bySecret(exampleClouds.credentials.portalClientSecret);

    it('signs in as the application, and once for many calls', async () => {
      expect(await countSignIns(genuine)).toBe(1);
    });

    it('says in plain words that the secret is wrong, and where it stands', async () => {
      await expect(
        create(bySecret('wrong')).describeTenant(),
      ).rejects.toMatchObject({
        kind: 'credentials',
        message: expect.stringMatching(
          /does not accept the client secret .* entra\.credentials\.clientSecret/,
        ),
        cloudMessage: expect.stringContaining('AADSTS7000215'),
      });
    });

    it.each<[string, () => Promise<string>]>([
      [
        'a fault of the login authority',
        async () => {
          sandbox.weather.set({
            rules: [
              {
                match: { service: 'token' },
                fault: { type: 'error', status: 503 },
              },
            ],
          });
          return front.url;
        },
      ],
      [
        'too many requests for tokens',
        async () => {
          sandbox.weather.set({
            rules: [
              { match: { service: 'token' }, fault: { type: 'throttle' } },
            ],
          });
          return front.url;
        },
      ],
      [
        'a login authority that is not there',
        async () => {
          const gone = await startTlsFront(sandbox.url);
          await gone.stop();
          return gone.url;
        },
      ],
    ])('does not take %s for a wrong secret', async (_what, make) => {
      await expect(tokenSource(genuine, await make())()).rejects.toMatchObject({
        kind: 'retryLater',
        message:
          'The sign-in of Microsoft Entra ID cannot be reached or is busy',
      });
    });
  });

  describe('with a certificate', () => {
    const own = createThrowAwayCertificate();

    beforeAll(() =>
      sandbox.store.insert('entra_client_certificates', {
        app_id: appId,
        certificate_pem: own.certificate,
        permissions_json: '["Organization.Read.All","Application.Read.All"]',
      }),
    );

    it.each([
      ['certificate and key', () => [own.certificate, own.privateKey]],
      ['key and certificate', () => [own.privateKey, own.certificate]],
    ])('signs in with a file of %s', async (what, parts) => {
      const path = await write(`${what}.pem`, ...parts());
      expect(await countSignIns(byCertificate(path))).toBe(1);
    });

    it('signs in with a key that has a password', async () => {
      const locked = createPrivateKey(own.privateKey).export({
        type: 'pkcs8',
        format: 'pem',
        cipher: 'aes-256-cbc',
        passphrase: 'open sesame',
      }) as string;
      const path = await write('locked.pem', own.certificate, locked);
      expect(await countSignIns(byCertificate(path, 'open sesame'))).toBe(1);
      await expect(
        create(byCertificate(path)).describeTenant(),
      ).rejects.toMatchObject({
        code: 'CertificateKeyLocked',
        message: expect.stringContaining(
          'Set entra.credentials.certificatePassword',
        ),
      });
    });

    it('reads the file anew for the next token, so that a new certificate needs no restart', async () => {
      const path = await write('later.pem', '');
      const entra = create(byCertificate(path));
      await expect(entra.describeTenant()).rejects.toMatchObject({
        code: 'CertificateMissing',
      });
      await write('later.pem', own.certificate, own.privateKey);
      await entra.describeTenant();
    });

    it('says that Entra does not know the certificate', async () => {
      const other = createThrowAwayCertificate();
      await expect(
        create(
          byCertificate(
            await write('other.pem', other.certificate, other.privateKey),
          ),
        ).describeTenant(),
      ).rejects.toMatchObject({
        kind: 'credentials',
        code: 'AADSTS700027',
        message: expect.stringContaining('Add it to the app registration'),
      });
    });
  });

  describe('with the identity of a workload', () => {
    const cluster = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });

    beforeAll(() =>
      sandbox.store.insert('entra_federated_credentials', {
        app_id: appId,
        issuer: CLUSTER,
        subject: WORKLOAD,
        audience: 'api://AzureADTokenExchange',
        issuer_key_pem: cluster.publicKey,
        permissions_json: '["Organization.Read.All","Application.Read.All"]',
      }),
    );

    /** What a cluster puts into the file of a pod. */
    function issue(subject: string): string {
      const encode = (value: object) =>
        Buffer.from(JSON.stringify(value)).toString('base64url');
      const text = `${encode({ alg: 'RS256' })}.${encode({
        iss: CLUSTER,
        sub: subject,
        aud: 'api://AzureADTokenExchange',
        exp: Math.floor(Date.now() / 1000) + 3600,
      })}`;
      return `${text}.${createSign('sha256')
        .update(text)
        .sign(cluster.privateKey, 'base64url')}`;
    }

    it('signs in with the token in the file', async () => {
      const path = await write('workload.jwt', issue(WORKLOAD));
      expect(await countSignIns(byWorkload(path))).toBe(1);
    });

    it('finds the file by what the environment says', async () => {
      const former = { ...process.env };
      process.env.AZURE_FEDERATED_TOKEN_FILE = await write(
        'named.jwt',
        issue(WORKLOAD),
      );
      try {
        expect(await countSignIns(byWorkload())).toBe(1);
      } finally {
        process.env = former;
      }
    });

    it('says what the app registration lacks', async () => {
      await expect(
        create(
          byWorkload(await write('foreign.jwt', issue('somebody else'))),
        ).describeTenant(),
      ).rejects.toMatchObject({
        kind: 'credentials',
        code: 'AADSTS700213',
        message: expect.stringContaining('Add one with its subject'),
      });
    });

    it.each<[string, () => Credentials]>([
      ['no file is named', () => byWorkload()],
      ['the file is not there', () => byWorkload(join(folder, 'gone.jwt'))],
    ])('is not what the plugin fails to start for: %s', async (_what, made) => {
      const entra = create(made());
      await expect(entra.describeTenant()).rejects.toMatchObject({
        kind: 'credentials',
        cloud: 'entra',
        message: expect.stringContaining('workload'),
      });
    });
  });

  it('signs in with the managed identity of the machine', async () => {
    const former = { ...process.env };
    const seen: Array<string | null> = [];
    // What a host on Azure offers: App Service and its kin answer at IDENTITY_ENDPOINT.
    const host = createServer((request, response) => {
      const url = new URL(request.url!, 'http://127.0.0.1');
      seen.push(
        url.searchParams.get('resource'),
        url.searchParams.get('client_id'),
      );
      const known = request.headers['x-identity-header'] === 'host-secret';
      response
        .writeHead(known ? 200 : 401, { 'Content-Type': 'application/json' })
        .end(
          JSON.stringify({
            access_token: exampleClouds.credentials.portalToken,
            token_type: 'Bearer',
            resource: url.searchParams.get('resource'),
            expires_on: String(Math.floor(Date.now() / 1000) + 3600),
          }),
        );
    });
    await new Promise<void>(resolve => {
      host.listen(0, '127.0.0.1', resolve);
    });
    Object.assign(process.env, {
      IDENTITY_ENDPOINT: `http://127.0.0.1:${
        (host.address() as AddressInfo).port
      }/token`,
      IDENTITY_HEADER: 'host-secret',
    });
    try {
      await create({
        type: 'managedIdentity',
        clientId: appId,
      }).describeTenant();
      expect(seen).toEqual([sandbox.url, appId]);
    } finally {
      process.env = former;
      host.close();
    }
  });
});
