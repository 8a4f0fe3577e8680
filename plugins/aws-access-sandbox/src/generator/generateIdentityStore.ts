import { scimIssuer } from '../scim/scimIssuer';
import { exampleClouds, exampleFoundedAt } from '../seed';
import { exampleUuid } from '../seed/exampleIds';
import { exampleJobId } from '../seed/seedEnterpriseApplication';
import type { SandboxStore, SqlValue } from '../store/SandboxStore';
import type { GeneratedGroup } from './generateGroups';
import type { GeneratedPerson } from './generatePeople';
import { SeededRandom } from './SeededRandom';

const { servicePrincipalId } = exampleClouds.entra.enterpriseApplication;

/** `created_at`, `created_by`, `updated_at` and `updated_by` of everything that SCIM carried. */
const stamps = [exampleFoundedAt, 'SCIM', exampleFoundedAt, 'SCIM'];
const STAMP_COLUMNS = ['created_at', 'created_by', 'updated_at', 'updated_by'];

/**
 * Assigns the access groups to the enterprise application and writes what SCIM has carried to the identity store
 * therefore, so that its next cycle finds nothing to do.
 *
 * @returns for each person, by index, whether they were carried
 */
export function generateIdentityStore(
  store: SandboxStore,
  people: GeneratedPerson[],
  groups: GeneratedGroup[],
  seed: number,
): boolean[] {
  const random = new SeededRandom(`${seed}/identity-store`);
  const carried = groups.filter(({ permissionSet }) => permissionSet);
  const inScope: boolean[] = new Array(people.length).fill(false);
  carried.forEach(({ members }) =>
    members.forEach(member => {
      inScope[member] = true;
    }),
  );
  const carriedPeople = people.filter((_, index) => inScope[index]);
  const issuer = scimIssuer(store);

  store.insertMany(
    'entra_app_role_assignments',
    [
      'id',
      'resource_id',
      'app_role_id',
      'principal_id',
      'principal_type',
      'created_at',
    ],
    carried.map(({ entraId }) => [
      Buffer.from(random.uuid()).toString('base64url'),
      servicePrincipalId,
      exampleUuid('app-role', 'User'),
      entraId,
      'Group',
      exampleFoundedAt,
    ]),
  );
  store.insertMany(
    'identity_store_users',
    [
      'user_id',
      'user_name',
      'display_name',
      'given_name',
      'family_name',
      'email',
      'title',
      'external_id_issuer',
      'external_id',
      ...STAMP_COLUMNS,
    ],
    carriedPeople.map(person => [
      person.userId,
      person.userPrincipalName,
      person.displayName,
      person.givenName,
      person.surname,
      person.userPrincipalName,
      person.jobTitle,
      issuer,
      person.entraId,
      ...stamps,
    ]),
  );
  store.insertMany(
    'identity_store_groups',
    [
      'group_id',
      'display_name',
      'external_id_issuer',
      'external_id',
      ...STAMP_COLUMNS,
    ],
    carried.map(group => [
      group.groupId,
      group.displayName,
      issuer,
      group.entraId,
      ...stamps,
    ]),
  );
  store.insertMany(
    'scim_links',
    [
      'job_id',
      'entra_id',
      'object_type',
      'identity_store_object_id',
      'created_at',
      'updated_at',
    ],
    [
      ...carriedPeople.map(({ entraId, userId }) =>
        linkRow('user', entraId, userId),
      ),
      ...carried.map(({ entraId, groupId }) =>
        linkRow('group', entraId, groupId),
      ),
    ],
  );
  store.insertMany(
    'identity_store_memberships',
    ['membership_id', 'group_id', 'user_id', 'created_at', 'created_by'],
    membershipRows(carried, people, random),
  );
  return inScope;
}

function linkRow(
  objectType: 'user' | 'group',
  entraId: string,
  targetId: string,
): SqlValue[] {
  return [
    exampleJobId,
    entraId,
    objectType,
    targetId,
    exampleFoundedAt,
    exampleFoundedAt,
  ];
}

function* membershipRows(
  groups: GeneratedGroup[],
  people: GeneratedPerson[],
  random: SeededRandom,
): Generator<SqlValue[]> {
  for (const { groupId, members } of groups) {
    for (const member of members) {
      yield [
        random.uuid(),
        groupId,
        people[member].userId,
        exampleFoundedAt,
        'SCIM',
      ];
    }
  }
}
