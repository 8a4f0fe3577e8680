import { PRODUCT_ACTOR } from '../requests/productActor';
import { RequestRow } from '../requests/stores/RequestStore';

/**
 * Whether a request only ends a part of another one. The product files these by
 * itself; keys alone prove nothing, since who files a request chooses its key.
 */
export function isPart({
  actor,
  idempotencyKey,
}: Pick<RequestRow, 'actor' | 'idempotencyKey'>): boolean {
  return actor === PRODUCT_ACTOR && idempotencyKey.startsWith('part:');
}
