import { RequestRow } from '../requests/stores/RequestStore';
import { isPart } from './isPart';

/** The id of the request of which this one ends a part; undefined = of none. */
export function parentOfPart(
  row: Pick<RequestRow, 'actor' | 'idempotencyKey'>,
): string | undefined {
  return isPart(row) ? row.idempotencyKey.split(':')[1] : undefined;
}
