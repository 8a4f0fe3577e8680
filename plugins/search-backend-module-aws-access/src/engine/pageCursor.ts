import { InputError } from '@backstage/errors';

/**
 * The number of the page that a cursor of Backstage search means. All engines
 * write it so, and the search page makes such cursors by itself.
 *
 * @throws InputError when it is no such cursor
 */
export function readPageCursor(cursor: string | undefined): number {
  if (!cursor) return 0;
  const text = Buffer.from(cursor, 'base64').toString('utf8');
  if (!/^\d{1,6}$/.test(text)) throw new InputError('Invalid page cursor');
  return Number(text);
}

/** @param page - from 0 */
export function writePageCursor(page: number): string {
  return Buffer.from(String(page), 'utf8').toString('base64');
}
