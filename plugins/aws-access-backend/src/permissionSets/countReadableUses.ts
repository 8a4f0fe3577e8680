import { AuthorizedAccessService } from '../authorization/AuthorizedAccessService';
import { Caller } from '../authorization/Viewer';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { AccessRecords, PermissionSetCount } from '../inventory/AccessRecords';
import { readAccess } from './readAccess';
import { UseCounter } from './UseCounter';

/**
 * Where permission sets are used, as far as the caller may read (security rule
 * 29): their own access, their teams', and that of accounts they own.
 */
export async function countReadableUses(
  options: {
    access: Pick<AuthorizedAccessService, 'getAccess'>;
    accounts: Pick<AccountFactsReader, 'listOwnedBy'>;
    records: AccessRecords;
  },
  organizationId: string,
  caller: Caller,
): Promise<PermissionSetCount[]> {
  const { access, accounts, records } = options;
  const counter = new UseCounter();
  const queries = [
    { user: caller.userRef },
    ...caller.teams.map(team => ({ team })),
  ];
  for (const query of queries) {
    const asked = { organizationId, ...query };
    for (const entry of await readAccess(access, asked, caller)) {
      counter.addEntry(entry);
    }
  }
  await addOwned(
    counter,
    records,
    organizationId,
    await accounts.listOwnedBy(caller.userRef, caller.directory),
  );
  return counter.counts();
}

async function addOwned(
  counter: UseCounter,
  records: AccessRecords,
  organizationId: string,
  accountIds: string[],
): Promise<void> {
  if (accountIds.length === 0) return;
  const assignments = await records.listAssignments(organizationId, {
    accountIds,
  });
  const memberships = await records.listStoreMemberships(organizationId, {
    groupIds: assignments
      .filter(({ principalType }) => principalType === 'GROUP')
      .map(({ principalId }) => principalId),
  });
  const membersOf = new Map<string, string[]>();
  for (const { groupId, userId } of memberships) {
    const members = membersOf.get(groupId);
    if (members) members.push(userId);
    else membersOf.set(groupId, [userId]);
  }
  const users = await records.getStoreUsers(organizationId, [
    ...memberships.map(({ userId }) => userId),
    ...assignments
      .filter(({ principalType }) => principalType === 'USER')
      .map(({ principalId }) => principalId),
  ]);
  const known = new Set(users.map(({ userId }) => userId));
  for (const assignment of assignments) {
    const { principalType, principalId } = assignment;
    const userIds =
      principalType === 'USER'
        ? [principalId]
        : membersOf.get(principalId) ?? [];
    counter.addAssignment(
      assignment,
      userIds.filter(userId => known.has(userId)),
    );
  }
}
