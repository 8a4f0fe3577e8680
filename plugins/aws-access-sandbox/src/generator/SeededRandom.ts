import { createCipheriv, createHash } from 'node:crypto';

/** Random bytes made at a time. */
const CHUNK_BYTES = 1 << 16;

const zeros = Buffer.alloc(CHUNK_BYTES);

/**
 * Random numbers and ids that are the same for the same seed, on every machine: the key stream of AES-128 in
 * counter mode. Not for secrets.
 */
export class SeededRandom {
  private readonly cipher;
  private chunk = Buffer.alloc(0);
  private hex = '';
  private used = 0;

  /** @param seed - any text; what is made for different purposes takes different texts, so that they do not interfere */
  constructor(seed: string) {
    const key = createHash('sha256').update(seed).digest();
    this.cipher = createCipheriv(
      'aes-128-ctr',
      key.subarray(0, 16),
      key.subarray(16),
    );
  }

  /** A whole number from 0 up to, but not including, the bound (at most 2^32). */
  below(bound: number): number {
    const at = this.take(4);
    return Math.floor((this.chunk.readUInt32LE(at) / 2 ** 32) * bound);
  }

  /** A version 4 UUID in lower case. */
  uuid(): string {
    const at = this.take(16) * 2;
    const { hex } = this;
    const variant = '89ab'[this.chunk[at / 2 + 8] % 4];
    return `${hex.slice(at, at + 8)}-${hex.slice(at + 8, at + 12)}-4${hex.slice(
      at + 13,
      at + 16,
    )}-${variant}${hex.slice(at + 17, at + 20)}-${hex.slice(at + 20, at + 32)}`;
  }

  /** As many lower-case hexadecimal digits, an even number of at most 32. */
  hexDigits(count: number): string {
    const at = this.take(count / 2) * 2;
    return this.hex.slice(at, at + count);
  }

  /** Reserves bytes of the current chunk and returns where they start. */
  private take(bytes: number): number {
    if (this.used + bytes > this.chunk.length) {
      this.chunk = this.cipher.update(zeros);
      this.hex = this.chunk.toString('hex');
      this.used = 0;
    }
    const at = this.used;
    this.used += bytes;
    return at;
  }
}
