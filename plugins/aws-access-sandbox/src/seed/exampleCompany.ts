import { exampleAccounts, exampleUnits } from './exampleAccounts';
import { exampleAssignments } from './exampleAssignments';
import { exampleGroups } from './exampleGroups';
import { examplePeople, exampleTeams } from './examplePeople';
import { examplePermissionSets } from './examplePermissionSets';

/**
 * Example Parcel, the company of the sandbox and of the catalog in `examples/org`.
 *
 * It is a company as one finds it, not as one would found it: an assignment
 * made directly to a user (Nora), a group that nobody owns
 * (AWS-Reporting-ReadOnly), an over-broad group of production administrators
 * (AWS-Prod-Admins), an assignment of a deleted group on data-staging, a person
 * without a surname whom SCIM cannot provision (Madhuri), and one who moved to
 * another team and kept her access (Lena).
 *
 * @public
 */
export const exampleCompany = {
  teams: exampleTeams,
  people: examplePeople,
  units: exampleUnits,
  accounts: exampleAccounts,
  permissionSets: examplePermissionSets,
  groups: exampleGroups,
  assignments: exampleAssignments,
};
