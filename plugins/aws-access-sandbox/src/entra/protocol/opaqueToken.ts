import { createCipheriv, createDecipheriv, randomBytes } from 'crypto';
import type { SandboxStore } from '../../store/SandboxStore';

const KEY = 'graph.tokenKey';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function tokenKey(store: SandboxStore): Buffer {
  let key = store.getMeta(KEY);
  if (!key) {
    key = randomBytes(32).toString('base64');
    store.setMeta(KEY, key);
  }
  return Buffer.from(key, 'base64');
}

/**
 * Wraps the state of a list in a token. It is encrypted, because a client that
 * can read a token comes to rely on what is in it.
 */
export function sealToken(store: SandboxStore, content: object): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', tokenKey(store), nonce);
  const sealed = Buffer.concat([
    cipher.update(JSON.stringify(content)),
    cipher.final(),
  ]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString(
    'base64url',
  );
}

/** What is in a token of ours, undefined for any other text. */
export function openToken<T extends object>(
  store: SandboxStore,
  token: string,
): T | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) {
    return undefined;
  }
  const decipher = createDecipheriv(
    'aes-256-gcm',
    tokenKey(store),
    bytes.subarray(0, NONCE_BYTES),
  );
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const content = Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
      decipher.final(),
    ]);
    return JSON.parse(content.toString());
  } catch {
    return undefined;
  }
}
