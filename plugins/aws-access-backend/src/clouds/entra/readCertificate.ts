import { createPrivateKey, KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { CloudError } from '../CloudError';

/** What of a certificate file matters to those who run the portal. */
export interface CertificateFile {
  /** ISO-8601. */
  expiresAt: string;
}

const FIELD = 'entra.credentials.certificatePath';
const CERTIFICATE =
  /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/;
const PRIVATE_KEY =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/;

/**
 * Reads the file with which the plugin signs in to Entra, and says in plain words
 * what is wrong with it: the identity library would speak of padding and ASN.1.
 *
 * @param path - of a PEM file with a certificate and its private key
 * @param now - the present moment
 * @throws CloudError that names the setting and the way to mend it
 */
export async function readCertificate(
  path: string,
  password?: string,
  now: Date = new Date(),
): Promise<CertificateFile> {
  const pem = await readPem(path);
  const certificate = parseCertificate(pem, path);
  const key = parseKey(pem, path, password);
  if (key.asymmetricKeyType !== 'rsa') {
    throw unusable(
      path,
      'CertificateKeyType',
      `The private key in the file at ${FIELD} is no RSA key, and Microsoft Entra ID takes no other. Make a certificate with an RSA key.`,
    );
  }
  if (!certificate.checkPrivateKey(key)) {
    throw unusable(
      path,
      'CertificateKeyMismatch',
      `The certificate and the private key in the file at ${FIELD} do not belong together. Put the key into it that the certificate was made with.`,
    );
  }
  const expiresAt = new Date(certificate.validTo);
  if (expiresAt <= now) {
    throw unusable(
      path,
      'CertificateExpired',
      `The certificate in the file at ${FIELD} has expired on ${day(
        expiresAt,
      )}. Make a new one, add it to the application in Microsoft Entra ID, and put it with its key in place of the old one.`,
    );
  }
  if (new Date(certificate.validFrom) > now) {
    throw unusable(
      path,
      'CertificateNotYetValid',
      `The certificate in the file at ${FIELD} is good from ${day(
        new Date(certificate.validFrom),
      )} on only. Use one that is good today, or set the clock of this machine.`,
    );
  }
  return { expiresAt: expiresAt.toISOString() };
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw unusable(
      message,
      'CertificateUnreadable',
      code === 'ENOENT'
        ? `There is no file at ${FIELD}. Put the certificate and its private key there, in PEM form.`
        : `The file at ${FIELD} cannot be read. Let the user that the backend runs as read it.`,
    );
  }
}

function parseCertificate(pem: string, path: string): X509Certificate {
  // The first one is the application's own; others are the chain behind it.
  const block = CERTIFICATE.exec(pem)?.[0];
  try {
    if (block) return new X509Certificate(block);
  } catch {
    // Said below.
  }
  throw unusable(
    path,
    'CertificateMissing',
    `The file at ${FIELD} holds no certificate in PEM form. Put one into it, beside its private key.`,
  );
}

function parseKey(
  pem: string,
  path: string,
  password: string | undefined,
): KeyObject {
  const block = PRIVATE_KEY.exec(pem)?.[0];
  if (!block) {
    throw unusable(
      path,
      'CertificateKeyMissing',
      `The file at ${FIELD} holds no private key in PEM form. Put the key into it that the certificate was made with.`,
    );
  }
  try {
    return createPrivateKey({ key: block, passphrase: password });
  } catch (error) {
    throw unusable(
      (error as Error).message,
      'CertificateKeyLocked',
      `The private key in the file at ${FIELD} cannot be opened. Set entra.credentials.certificatePassword to its password, or leave it out where the key has none.`,
    );
  }
}

function unusable(
  cloudMessage: string,
  code: string,
  plainWords: string,
): CloudError {
  return new CloudError({
    kind: 'credentials',
    cloud: 'entra',
    operation: 'entra:GetToken',
    code,
    cloudMessage,
    plainWords,
  });
}

/** 2026-11-24: the same day for everybody who reads it. */
function day(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
