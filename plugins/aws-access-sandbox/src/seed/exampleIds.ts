import { createHash } from 'crypto';

/** The namespace of every name-based id of the example company. */
const NAMESPACE = Buffer.from('b2a6c1d0f3e44d5a9c7b0e1f2a3b4c5d', 'hex');

const digest = (name: string) =>
  createHash('sha1').update(NAMESPACE).update(name).digest();

/**
 * A name-based UUID (RFC 9562, version 5): the same on every machine and after
 * every reset, so that the catalog files can carry it literally.
 *
 * @param kind - what the id is for, such as `entra-user`
 * @param name - the name of the thing inside its kind
 */
export function exampleUuid(kind: string, name: string): string {
  const bytes = digest(`${kind}/${name}`).subarray(0, 16);
  bytes[6] = 0x50 + (bytes[6] % 16);
  bytes[8] = 0x80 + (bytes[8] % 64);
  return bytes
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Sixteen hexadecimal digits, as AWS writes them in permission set ARNs. */
export function exampleHex16(kind: string, name: string): string {
  return digest(`${kind}/${name}`).toString('hex').slice(0, 16);
}

/** An organizational unit id below the example root: `ou-ex01-` and eight characters. */
export function exampleUnitId(name: string): string {
  return `ou-ex01-${digest(`unit/${name}`).toString('hex').slice(0, 8)}`;
}
