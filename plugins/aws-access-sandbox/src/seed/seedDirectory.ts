import type { SandboxStore } from '../store/SandboxStore';
import { exampleClouds, exampleFoundedAt } from './exampleConstants';
import { exampleGroups } from './exampleGroups';
import { examplePeople, exampleTeams } from './examplePeople';

const entraId = (name: string) =>
  examplePeople.find(person => person.name === name)!.entraId;

/** Writes the Entra tenant with its people and groups. */
export function seedDirectory(store: SandboxStore): void {
  store.insert('entra_tenant', {
    id: exampleClouds.entra.tenantId,
    display_name: exampleClouds.company,
    default_domain: exampleClouds.domain,
  });
  for (const person of examplePeople) {
    store.insert('entra_users', {
      id: person.entraId,
      user_principal_name: person.userPrincipalName,
      display_name: person.displayName,
      given_name: person.givenName,
      surname: person.surname,
      mail: person.userPrincipalName,
      mail_nickname: person.name,
      job_title: person.jobTitle,
      department: exampleTeams.find(({ name }) => name === person.team)!
        .displayName,
      created_at: exampleFoundedAt,
    });
  }
  for (const group of exampleGroups) {
    store.insert('entra_groups', {
      id: group.entraId,
      display_name: group.displayName,
      description: group.description,
      mail_nickname: group.mailNickname,
      created_at: exampleFoundedAt,
      updated_at: exampleFoundedAt,
    });
    for (const owner of group.owners) {
      store.insert('entra_group_owners', {
        group_id: group.entraId,
        owner_id: entraId(owner),
        owner_type: 'user',
        created_at: exampleFoundedAt,
      });
    }
    if (group.ownedByPortal) {
      store.insert('entra_group_owners', {
        group_id: group.entraId,
        owner_id: exampleClouds.entra.portal.servicePrincipalId,
        owner_type: 'servicePrincipal',
        created_at: exampleFoundedAt,
      });
    }
    for (const member of group.members) {
      store.insert('entra_group_members', {
        group_id: group.entraId,
        member_id: entraId(member),
        member_type: 'user',
        created_at: exampleFoundedAt,
      });
    }
  }
}
