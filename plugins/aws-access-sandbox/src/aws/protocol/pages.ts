import { createHash } from 'node:crypto';
import type { AwsCall } from './AwsService';

/** The paging members that every list operation takes. */
export interface PageRequest {
  MaxResults?: number;
  NextToken?: string;
}

/** Rows of one page and the token of the next. */
export interface Page<Row> {
  readonly rows: Row[];
  readonly NextToken?: string;
}

/**
 * Cuts one page out of rows that have a growing `seq`.
 *
 * A token holds the last row seen, so rows that come or go between two pages neither repeat nor hide others. It is
 * bound to the operation and its other arguments, as AWS binds its own. The weather may make a page shorter than the
 * caller asked, or empty: only a missing token ends a list.
 *
 * @param read - rows with `seq` greater than the first argument, in order, at most as many as the second says
 * @param invalidToken - the service's own error for a token that does not belong to this list
 */
export function readPage<Row extends { seq: number }>(options: {
  call: AwsCall;
  input: PageRequest;
  defaultSize: number;
  read: (after: number, limit: number) => Row[];
  invalidToken: () => Error;
}): Page<Row> {
  const { call, input, defaultSize, read, invalidToken } = options;
  const scope = scopeOf(call.operation, input);
  const { seq: after, page } = input.NextToken
    ? decodeToken(input.NextToken, scope, invalidToken)
    : { seq: 0, page: 0 };
  const size = Math.min(
    input.MaxResults ?? defaultSize,
    call.weather.pageSize ?? Infinity,
  );
  const found = read(after, size + 1);
  const rows = found.slice(0, size);
  return found.length > size
    ? {
        rows,
        NextToken: encodeToken({
          scope,
          seq: rows[size - 1]?.seq ?? after,
          page: page + 1,
        }),
      }
    : { rows };
}

function scopeOf(operation: string, input: PageRequest): string {
  const { MaxResults: _size, NextToken: _token, ...rest } = input;
  return createHash('sha256')
    .update(JSON.stringify([operation, rest]))
    .digest('hex')
    .slice(0, 16);
}

/** The page is counted so that no two tokens of a list are the same, which some clients take for an endless loop. */
interface Token {
  scope: string;
  seq: number;
  page: number;
}

function encodeToken(token: Token): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function decodeToken(
  text: string,
  scope: string,
  invalidToken: () => Error,
): Token {
  let decoded: Partial<Token> | null;
  try {
    decoded = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw invalidToken();
  }
  const { seq, page } = decoded ?? {};
  if (
    decoded?.scope !== scope ||
    !Number.isSafeInteger(seq) ||
    !Number.isSafeInteger(page)
  ) {
    throw invalidToken();
  }
  return decoded as Token;
}
