import canonicalize from 'canonicalize';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { SealedRecord, Seals } from './Seals';

/** HMAC-SHA256 over canonical JSON, so that a field cannot pass for another. */
export class HmacSeals implements Seals {
  readonly isOn = true;
  readonly #keys: string[];

  /** @param keys - the first one seals, each of them verifies */
  constructor(keys: [string, ...string[]]) {
    this.#keys = keys;
  }

  seal(record: SealedRecord): string {
    return sealWith(this.#keys[0], record);
  }

  isGenuine(record: SealedRecord, seal: string | null): boolean {
    if (seal === null) return false;
    const shown = Buffer.from(seal);
    return this.#keys.some(key => {
      const expected = Buffer.from(sealWith(key, record));
      return (
        expected.length === shown.length && timingSafeEqual(expected, shown)
      );
    });
  }
}

function sealWith(key: string, record: SealedRecord): string {
  return createHmac('sha256', key)
    .update(`aws-access/1/${canonicalize(record)}`, 'utf8')
    .digest('hex');
}
