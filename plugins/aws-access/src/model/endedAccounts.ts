import { EndedPart, RequestDetail } from 'backstage-plugin-aws-access-common';

/** By account id, how the access in it ended while the rest goes on. */
export type EndedAccounts = ReadonlyMap<string, EndedPart>;

/** Where what a request gave has ended already. */
export function endedAccountsOf({
  endedParts = [],
}: Pick<RequestDetail, 'endedParts'>): EndedAccounts {
  return new Map(
    endedParts.flatMap(part =>
      part.accounts.map(({ id }) => [id, part] as const),
    ),
  );
}

/** The account that an object of a plan lies in; undefined where it lies in none. */
export function accountOfObject(document: unknown): string | undefined {
  return typeof document === 'object' &&
    document !== null &&
    'accountId' in document &&
    typeof document.accountId === 'string'
    ? document.accountId
    : undefined;
}
