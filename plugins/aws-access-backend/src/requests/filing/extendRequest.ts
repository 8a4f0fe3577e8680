import {
  ExtendInput,
  ParsedFileRequestInput,
} from 'backstage-plugin-aws-access-common';
import { DateTime } from 'luxon';
import { Stores } from '../../database/Stores';
import { RequestRow } from '../stores/RequestStore';

/**
 * The wishes of an extension: the same access in an access group of its own, so
 * that the end of the first takes nothing away from it (docs/adr/0004). Names of
 * groups are left out, because the first group has them. Pure.
 */
export function toExtension(
  row: RequestRow,
  input: ExtendInput,
): ParsedFileRequestInput {
  return {
    idempotencyKey: input.idempotencyKey,
    organizationId: row.organizationId,
    team: row.teamRef,
    justification: input.justification,
    ...(row.ticket !== null && { ticket: row.ticket }),
    duration: input.duration,
    changes: row.changes.map(change => {
      if (change.kind !== 'accessGroup') return change;
      const { name: _, ...nameless } = change;
      return nameless;
    }),
  };
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
