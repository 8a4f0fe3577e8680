import { AccountScope } from 'backstage-plugin-aws-access-common';

/** A mandate of a plan: which accounts are taken in, and until when. */
export interface PlannedScope {
  scope: AccountScope;
  /** Accounts that are in it now. */
  accountIds: string[];
  /** Seconds from the start. */
  seconds: number;
}

/** Reads a document of a plan; undefined where it is no scope. */
export function readScope(document: unknown): PlannedScope | undefined {
  const found = document as PlannedScope | null | undefined;
  return typeof found?.scope?.kind === 'string' &&
    Array.isArray(found.accountIds) &&
    typeof found.seconds === 'number'
    ? found
    : undefined;
}
