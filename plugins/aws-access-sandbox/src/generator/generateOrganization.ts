import type { SandboxContext } from '../server/SandboxContext';
import { seedExampleCompany } from '../seed';
import { generateAccounts } from './generateAccounts';
import { generateAssignments } from './generateAssignments';
import { generateGroups } from './generateGroups';
import { generateIdentityStore } from './generateIdentityStore';
import { generatePeople } from './generatePeople';
import { generatePermissionSets } from './generatePermissionSets';
import { GeneratedTeams } from './GeneratedTeams';
import { checkSize, type OrganizationSize } from './OrganizationSize';

/**
 * Fills an empty store with the example company and, around it, as much of the same kind as the size says: the same
 * size gives the same rows. The example company's people keep exactly the access they have without it.
 *
 * @throws RangeError for a size that cannot be made
 * @public
 */
export function generateOrganization(
  context: Pick<SandboxContext, 'store' | 'clock'>,
  size: OrganizationSize,
): void {
  checkSize(size);
  const { store } = context;
  const { seed } = size;
  const teams = new GeneratedTeams(size);
  store.fill(() => {
    seedExampleCompany(context);
    const accountIds = generateAccounts(store, teams, seed);
    const sets = generatePermissionSets(store, teams, seed);
    const people = generatePeople(store, teams, seed);
    const groups = generateGroups(store, teams, people, sets, seed);
    const carried = generateIdentityStore(store, people, groups, seed);
    generateAssignments(
      store,
      {
        accountIds,
        sets,
        groups,
        userIds: people
          .filter((_, index) => carried[index])
          .map(({ userId }) => userId),
      },
      teams.added.assignments,
      seed,
    );
  });
}
