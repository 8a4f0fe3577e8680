import type { SandboxStore } from '../store/SandboxStore';
import { scimIssuer } from '../scim/scimIssuer';
import { exampleFoundedAt } from './exampleConstants';
import { exampleGroups } from './exampleGroups';
import { exampleUuid } from './exampleIds';
import { examplePeople, ExamplePerson } from './examplePeople';
import { exampleJobId } from './seedEnterpriseApplication';

const stamps = {
  created_at: exampleFoundedAt,
  created_by: 'SCIM',
  updated_at: exampleFoundedAt,
  updated_by: 'SCIM',
};

function link(
  store: SandboxStore,
  objectType: 'user' | 'group',
  entraId: string,
  identityStoreObjectId: string,
): void {
  store.insert('scim_links', {
    job_id: exampleJobId,
    entra_id: entraId,
    object_type: objectType,
    identity_store_object_id: identityStoreObjectId,
    created_at: exampleFoundedAt,
    updated_at: exampleFoundedAt,
  });
}

function seedUser(store: SandboxStore, person: ExamplePerson): void {
  store.insert('identity_store_users', {
    user_id: person.identityStoreUserId,
    user_name: person.userPrincipalName,
    display_name: person.displayName,
    given_name: person.givenName,
    family_name: person.surname,
    email: person.userPrincipalName,
    title: person.jobTitle,
    external_id_issuer: scimIssuer(store),
    external_id: person.entraId,
    ...stamps,
  });
  link(store, 'user', person.entraId, person.identityStoreUserId);
}

/** Writes what SCIM has carried from the directory to the identity store, and what it could not. */
export function seedIdentityStore(store: SandboxStore, now: number): void {
  const carried = exampleGroups.filter(({ assigned }) => assigned);
  const inScope = new Set(carried.flatMap(({ members }) => members));
  const people = examplePeople.filter(({ name }) => inScope.has(name));
  for (const person of people) {
    if (person.surname) {
      seedUser(store, person);
    } else {
      store.insert('entra_provisioning_log', {
        id: exampleUuid('provisioning-log', person.name),
        job_id: exampleJobId,
        cycle_id: exampleUuid('provisioning-cycle', 'first'),
        happened_at: now - 15 * 60_000,
        action: 'Create',
        status: 'failure',
        source_id: person.entraId,
        source_type: 'User',
        source_display_name: person.displayName,
        error_code: 'MissingRequiredAttribute',
        reason: 'The required attribute surname has no value',
      });
    }
  }
  for (const group of carried) {
    store.insert('identity_store_groups', {
      group_id: group.identityStoreGroupId,
      display_name: group.displayName,
      external_id_issuer: scimIssuer(store),
      external_id: group.entraId,
      ...stamps,
    });
    link(store, 'group', group.entraId, group.identityStoreGroupId);
    for (const person of people) {
      if (person.surname && group.members.includes(person.name)) {
        store.insert('identity_store_memberships', {
          membership_id: exampleUuid(
            'membership',
            `${group.displayName}/${person.name}`,
          ),
          group_id: group.identityStoreGroupId,
          user_id: person.identityStoreUserId,
          created_at: exampleFoundedAt,
          created_by: 'SCIM',
        });
      }
    }
  }
}
