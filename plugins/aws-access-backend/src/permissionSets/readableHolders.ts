import {
  AccessEntry,
  AccessQuery,
  Holder,
} from 'backstage-plugin-aws-access-common';
import { holderKey } from '../access/holderKey';
import { AuthorizedAccessService } from '../authorization/AuthorizedAccessService';
import { Caller, readsEverything } from '../authorization/Viewer';
import { readAccess } from './readAccess';

/**
 * Who has the permission set, as far as the caller may read (security rule 29):
 * everybody, or those in accounts that they own, in their teams, and themselves.
 * Each way into an account once, with all of whom they may read.
 */
export async function readableHolders(
  access: Pick<AuthorizedAccessService, 'getAccess'>,
  { organizationId, arn }: { organizationId: string; arn: string },
  caller: Caller,
): Promise<AccessEntry[]> {
  const queries: AccessQuery[] = readsEverything(caller)
    ? [{ permissionSet: arn }]
    : [
        { permissionSet: arn },
        ...caller.teams.map(team => ({ team })),
        { user: caller.userRef },
      ];
  const entries = new Map<string, AccessEntry>();
  for (const query of queries) {
    for (const entry of await readAccess(
      access,
      { organizationId, ...query },
      caller,
    )) {
      if (entry.permissionSet.arn !== arn) continue;
      const before = entries.get(entry.id);
      entries.set(entry.id, merge(before?.holders ?? [], entry));
    }
  }
  return [...entries.values()];
}

/** What was asked for a team is about the team; this is about everybody. */
function merge(known: Holder[], entry: AccessEntry): AccessEntry {
  const holders = new Map(
    [...known, ...entry.holders].map(holder => [
      holderKey(holder),
      { ...holder, inTeam: null },
    ]),
  );
  return {
    ...entry,
    evidence: null,
    holders: [...holders.values()].sort((one, other) =>
      one.displayName.localeCompare(other.displayName, 'en'),
    ),
  };
}
