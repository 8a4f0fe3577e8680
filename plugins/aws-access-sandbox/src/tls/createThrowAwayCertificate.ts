import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { der } from './der';

/**
 * What a certificate that nobody trusts says.
 * @public
 */
export interface ThrowAwayCertificateOptions {
  /** Default: an hour ago. */
  validFrom?: Date;
  /** Default: in a day. */
  validTo?: Date;
}

/**
 * A certificate and the key to it, in PEM form.
 * @public
 */
export interface ThrowAwayCertificate {
  certificate: string;
  /** PKCS #8, not encrypted. */
  privateKey: string;
}

const HOUR_MS = 60 * 60 * 1000;

const SHA256_WITH_RSA = der.sequence(
  der.oid('2a864886f70d01010b'),
  Buffer.from([0x05, 0x00]),
);

const EXTENSIONS = [
  // Basic constraints: it is its own authority.
  der.sequence(
    der.oid('551d13'),
    der.octets(der.sequence(der.tagged(0x01, Buffer.from([0xff])))),
  ),
  // Other names of the machine.
  der.sequence(
    der.oid('551d11'),
    der.octets(
      der.sequence(
        der.tagged(0x82, Buffer.from('localhost')),
        der.tagged(0x87, Buffer.from([127, 0, 0, 1])),
      ),
    ),
  ),
];

/**
 * Makes a self-signed certificate for this machine (`localhost`, `127.0.0.1`):
 * for tests of TLS, and of applications that sign in with a certificate. Node.js
 * reads certificates and makes none.
 *
 * @public
 */
export function createThrowAwayCertificate(
  options: ThrowAwayCertificateOptions = {},
): ThrowAwayCertificate {
  const {
    validFrom = new Date(Date.now() - HOUR_MS),
    validTo = new Date(Date.now() + 24 * HOUR_MS),
  } = options;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
  });
  const name = der.sequence(
    der.set(der.sequence(der.oid('550403'), der.utf8('localhost'))),
  );
  const toBeSigned = der.sequence(
    der.tagged(0xa0, der.integer(Buffer.from([2]))), // version 3
    der.integer(Buffer.from([1]), randomBytes(15)),
    SHA256_WITH_RSA,
    name,
    der.sequence(der.time(validFrom), der.time(validTo)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der.tagged(0xa3, der.sequence(...EXTENSIONS)),
  );
  return {
    certificate: toPem(
      der.sequence(
        toBeSigned,
        SHA256_WITH_RSA,
        der.bits(sign('sha256', toBeSigned, privateKey)),
      ),
    ),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

function toPem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g)!;
  return [
    '-----BEGIN CERTIFICATE-----',
    ...lines,
    '-----END CERTIFICATE-----',
    '',
  ].join('\n');
}
