import { InputError } from '@backstage/errors';
import {
  Change,
  ExtendInput,
  Plan,
  ParsedFileRequestInput,
} from 'backstage-plugin-aws-access-common';
import { DateTime } from 'luxon';
import { Stores } from '../../database/Stores';
import { narrowWishes } from '../deciding/narrowWishes';
import { RequestRow } from '../stores/RequestStore';

/**
 * The wishes of an extension: the same access in an access group of its own, so
 * that the end of the first takes nothing away from it (docs/adr/0004). Names of
 * groups are left out, because the first group has them. Pure.
 *
 * @param changes - of the request, without what has ended of them
 */
export function toExtension(
  row: RequestRow,
  input: ExtendInput,
  changes: Change[],
): ParsedFileRequestInput {
  return {
    idempotencyKey: input.idempotencyKey,
    organizationId: row.organizationId,
    team: row.teamRef,
    justification: input.justification,
    ...(row.ticket !== null && { ticket: row.ticket }),
    duration: input.duration,
    changes: changes.map(change => {
      if (change.kind !== 'accessGroup') return change;
      const { name: _, ...nameless } = change;
      return nameless;
    }),
  };
}

/**
 * What a request still wishes for: nothing in accounts where somebody ended it.
 *
 * @param plan - the request's present plan
 * @param ended - ids of those accounts
 * @returns nothing where all that it wished for was in them
 */
export function wishesThatStay(
  { changes, duration }: Pick<RequestRow, 'changes' | 'duration'>,
  plan: Plan,
  ended: ReadonlySet<string>,
): Change[] {
  const accountIds = plan.accounts
    .map(({ id }) => id)
    .filter(id => !ended.has(id));
  if (accountIds.length === plan.accounts.length) return changes;
  try {
    return narrowWishes({ duration, changes }, plan, { accountIds }).changes;
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

/** Seconds since the access began, over all extensions before this one. */
export async function secondsOfAccess(
  stores: Pick<Stores, 'requests' | 'now'>,
  row: RequestRow,
): Promise<number> {
  let first = row;
  while (first.extensionOf) {
    const before = await stores.requests.get(first.extensionOf);
    if (!before) break;
    first = before;
  }
  const start = DateTime.fromISO(first.startsAt ?? row.createdAt);
  const seconds = DateTime.fromISO(await stores.now())
    .diff(start)
    .as('seconds');
  return Math.max(0, Math.ceil(seconds));
}
