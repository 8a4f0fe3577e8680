import { createHash, generateKeyPairSync, randomBytes, sign } from 'crypto';

/** A certificate with the numbers that Graph tells of it. */
export type SelfSignedCertificate = {
  /** DER in base64. */
  certificate: string;
  /** SHA-1 in upper-case hexadecimal digits. */
  thumbprint: string;
  /** SHA-1 in base64. */
  identifier: string;
};

const SHA256_WITH_RSA = '06092a864886f70d01010b0500';
const COMMON_NAME = '0603550403';

/** One element of ASN.1 in its distinguished encoding. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const bytes: number[] = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) {
    bytes.unshift(rest % 256);
  }
  const length =
    content.length < 0x80 ? [content.length] : [0x80 + bytes.length, ...bytes];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const SEQUENCE = 0x30;

const name = (text: string) =>
  der(
    SEQUENCE,
    der(
      0x31,
      der(
        SEQUENCE,
        Buffer.from(COMMON_NAME, 'hex'),
        der(0x0c, Buffer.from(text)),
      ),
    ),
  );

const time = (milliseconds: number) =>
  der(
    0x18,
    Buffer.from(
      `${new Date(milliseconds).toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`,
    ),
  );

/**
 * A real X.509 certificate, so that whoever reads the SAML settings can parse it.
 * Its private key is thrown away: nobody signs in to the sandbox.
 *
 * @param commonName - without `CN=`
 * @param from - in milliseconds, as `until`
 */
export function selfSignedCertificate(
  commonName: string,
  from: number,
  until: number,
): SelfSignedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
  });
  const algorithm = der(SEQUENCE, Buffer.from(SHA256_WITH_RSA, 'hex'));
  const serial = randomBytes(8);
  serial[0] = 0x40 + (serial[0] % 0x40);
  const body = der(
    SEQUENCE,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    algorithm,
    name(commonName),
    der(SEQUENCE, time(from), time(until)),
    name(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = der(
    SEQUENCE,
    body,
    algorithm,
    der(0x03, Buffer.from([0]), signature),
  );
  const digest = createHash('sha1').update(certificate).digest();
  return {
    certificate: certificate.toString('base64'),
    thumbprint: digest.toString('hex').toUpperCase(),
    identifier: digest.toString('base64'),
  };
}
