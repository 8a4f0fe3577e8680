import { AccessGroupReach } from '../access/AccessGroupReach';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { Caller, readsEverything } from './Viewer';

/**
 * Whose groups the caller may read (security rule 29); undefined = everybody's.
 */
export async function groupReachOf(
  caller: Caller,
  accounts: Pick<AccountFactsReader, 'listOwnedBy'>,
): Promise<AccessGroupReach | undefined> {
  if (readsEverything(caller)) return undefined;
  const [led, owned] = await Promise.all([
    caller.directory.findLedTeams(caller.userRef),
    accounts.listOwnedBy(caller.userRef, caller.directory),
  ]);
  return {
    entraUserId: caller.entraUserId,
    teams: [...caller.teams, ...led],
    ownedAccounts: new Set(owned),
  };
}
