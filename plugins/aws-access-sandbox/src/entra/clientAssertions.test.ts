import {
  constants,
  createHash,
  createSign,
  generateKeyPairSync,
  X509Certificate,
} from 'node:crypto';
import { exampleClouds } from '../seed';
import { RunningSandbox, startSandbox } from '../server/startSandbox';
import { createThrowAwayCertificate } from '../tls/createThrowAwayCertificate';

const { appId } = exampleClouds.entra.portal;
const { tenantId } = exampleClouds.entra;
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const CLUSTER = 'https://cluster.parcel.example';
const WORKLOAD = 'system:serviceaccount:portal:backstage';

let sandbox: RunningSandbox;
const own = createThrowAwayCertificate();
const old = createThrowAwayCertificate({
  validFrom: new Date('2020-01-01'),
  validTo: new Date('2021-01-01'),
});
const cluster = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

beforeAll(async () => {
  sandbox = await startSandbox();
  for (const { certificate } of [own, old]) {
    sandbox.store.insert('entra_client_certificates', {
      app_id: appId,
      certificate_pem: certificate,
      permissions_json: '["User.Read.All"]',
    });
  }
  sandbox.store.insert('entra_federated_credentials', {
    app_id: appId,
    issuer: CLUSTER,
    subject: WORKLOAD,
    audience: 'api://AzureADTokenExchange',
    issuer_key_pem: cluster.publicKey,
    permissions_json: '["User.Read.All"]',
  });
});
afterAll(() => sandbox.stop());

const encode = (value: object) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const thumbprintOf = (pem: string) =>
  createHash('sha256').update(new X509Certificate(pem).raw).digest('base64url');

function sign(
  header: { alg: string },
  claims: object,
  privateKey: string,
): string {
  const text = `${encode(header)}.${encode(claims)}`;
  const signature = createSign('sha256')
    .update(text)
    .sign(
      header.alg === 'PS256'
        ? {
            key: privateKey,
            padding: constants.RSA_PKCS1_PSS_PADDING,
            saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
          }
        : { key: privateKey },
    );
  return `${text}.${signature.toString('base64url')}`;
}

async function ask(client: Record<string, string>) {
  const response = await fetch(`${sandbox.url}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      scope: 'https://graph.microsoft.com/.default',
      ...client,
    }),
  });
  const body = await response.json();
  return body.access_token ? 'token' : body.error_codes[0];
}

const askWith = (assertion: string) =>
  ask({ client_assertion: assertion, client_assertion_type: JWT_BEARER });

describe('a certificate of the application', () => {
  const claims = () => ({
    iss: appId,
    sub: appId,
    aud: `${sandbox.url}/${tenantId}/oauth2/v2.0/token`,
    exp: inSeconds(600),
    nbf: inSeconds(0),
    jti: 'once',
  });
  const header = (pem: string, alg = 'PS256') => ({
    alg,
    typ: 'JWT',
    'x5t#S256': thumbprintOf(pem),
  });

  it.each(['PS256', 'RS256'])('is good with %s', async alg => {
    const assertion = sign(
      header(own.certificate, alg),
      claims(),
      own.privateKey,
    );
    expect(await askWith(assertion)).toBe('token');
  });

  it.each<[string, number, () => string]>([
    [
      'another key',
      700027,
      () => sign(header(own.certificate), claims(), old.privateKey),
    ],
    [
      'a certificate that is not registered',
      700027,
      () => {
        const other = createThrowAwayCertificate();
        return sign(header(other.certificate), claims(), other.privateKey);
      },
    ],
    [
      'a certificate that has expired',
      700027,
      () => sign(header(old.certificate), claims(), old.privateKey),
    ],
    [
      'another audience',
      700023,
      () =>
        sign(
          header(own.certificate),
          { ...claims(), aud: 'https://login.elsewhere.example' },
          own.privateKey,
        ),
    ],
    [
      'an assertion of another application',
      700021,
      () =>
        sign(
          header(own.certificate),
          { ...claims(), iss: 'other', sub: 'other' },
          own.privateKey,
        ),
    ],
    [
      'an assertion that has expired',
      700024,
      () =>
        sign(
          header(own.certificate),
          { ...claims(), exp: inSeconds(-600) },
          own.privateKey,
        ),
    ],
    [
      'an assertion of tomorrow',
      700024,
      () =>
        sign(
          header(own.certificate),
          { ...claims(), nbf: inSeconds(3600) },
          own.privateKey,
        ),
    ],
    [
      'an assertion that nobody has signed',
      50027,
      () => `${encode({ alg: 'none' })}.${encode(claims())}.`,
    ],
    ['no token at all', 50027, () => 'nonsense'],
  ])('gives nothing for %s', async (_what, code, assertion) => {
    expect(await askWith(assertion())).toBe(code);
  });
});

describe('a federated credential', () => {
  const claims = () => ({
    iss: CLUSTER,
    sub: WORKLOAD,
    aud: 'api://AzureADTokenExchange',
    exp: inSeconds(600),
  });
  const header = { alg: 'RS256' };

  it('is good as its issuer signed it', async () => {
    const assertion = sign(header, claims(), cluster.privateKey);
    expect(await askWith(assertion)).toBe('token');
  });

  it.each<[string, number, object]>([
    ['another issuer', 700211, { iss: 'https://other.example' }],
    ['another workload', 700213, { sub: 'system:serviceaccount:other:x' }],
    ['another audience', 700212, { aud: 'https://kubernetes.default.svc' }],
    ['one that has expired', 700024, { exp: inSeconds(-3600) }],
  ])('gives nothing for %s', async (_what, code, changes) => {
    const assertion = sign(
      header,
      { ...claims(), ...changes },
      cluster.privateKey,
    );
    expect(await askWith(assertion)).toBe(code);
  });

  it('gives nothing for what another key signed', async () => {
    expect(await askWith(sign(header, claims(), own.privateKey))).toBe(700027);
  });
});

it('says what is missing, and which application it does not know', async () => {
  expect(await ask({})).toBe(7000218);
  expect(await ask({ client_secret: 'wrong' })).toBe(7000215);
  expect(await ask({ client_assertion: 'x' })).toBe(900144);
  expect(await ask({ client_id: tenantId, client_secret: 'x' })).toBe(700016);
});
