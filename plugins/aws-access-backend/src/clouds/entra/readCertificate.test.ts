import { createThrowAwayCertificate } from 'backstage-plugin-aws-access-sandbox';
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCertificate } from './readCertificate';

describe('readCertificate', () => {
  const own = createThrowAwayCertificate({
    validFrom: new Date('2026-01-01T00:00:00Z'),
    validTo: new Date('2027-01-01T00:00:00Z'),
  });
  const whole = own.certificate + own.privateKey;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aws-access-certificate-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const read = async (text: string, now = '2026-06-01') => {
    const path = join(folder, 'entra.pem');
    await writeFile(path, text);
    return readCertificate(path, undefined, new Date(now));
  };

  it('tells when it ends', async () => {
    expect(await read(whole)).toEqual({
      expiresAt: '2027-01-01T00:00:00.000Z',
    });
  });

  it.each<[string, () => string, string | undefined, RegExp]>([
    [
      'nothing',
      () => '',
      undefined,
      /holds no certificate in PEM form\. Put one into it/,
    ],
    [
      'a key alone',
      () => own.privateKey,
      undefined,
      /holds no certificate in PEM form/,
    ],
    [
      'a certificate that is cut off',
      () => own.certificate.replace(/.{200}\n-----END/s, '\n-----END'),
      undefined,
      /holds no certificate in PEM form/,
    ],
    [
      'a certificate alone',
      () => own.certificate,
      undefined,
      /holds no private key in PEM form\. Put the key into it/,
    ],
    [
      'the key of another',
      () => own.certificate + createThrowAwayCertificate().privateKey,
      undefined,
      /do not belong together/,
    ],
    [
      'a key of another kind',
      () =>
        own.certificate +
        generateKeyPairSync('ec', {
          namedCurve: 'P-256',
          publicKeyEncoding: { type: 'spki', format: 'pem' },
          privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        }).privateKey,
      undefined,
      /no RSA key/,
    ],
    [
      'one that has expired',
      () => whole,
      '2027-02-01',
      /has expired on 2027-01-01\. Make a new one, add it to the application/,
    ],
    [
      'one of tomorrow',
      () => whole,
      '2025-12-31',
      /is good from 2026-01-01 on only/,
    ],
  ])('says what is wrong with %s', async (_what, text, now, message) => {
    await expect(read(text(), now)).rejects.toMatchObject({
      kind: 'credentials',
      cloud: 'entra',
      message: expect.stringMatching(message),
    });
    await expect(read(text(), now)).rejects.toThrow(
      'entra.credentials.certificatePath',
    );
  });

  it('says that there is no file, or none that it may read, and keeps the path for operators', async () => {
    const missing = join(folder, 'missing.pem');
    await expect(readCertificate(missing)).rejects.toMatchObject({
      message: expect.stringMatching(/^There is no file at entra\.credentials/),
      cloudMessage: expect.stringContaining(missing),
    });
    const directory = join(folder, 'directory.pem');
    await mkdir(directory);
    await expect(readCertificate(directory)).rejects.toMatchObject({
      message: expect.stringMatching(/cannot be read\. Let the user/),
    });
  });
});
