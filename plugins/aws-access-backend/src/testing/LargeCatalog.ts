import {
  CatalogPerson,
  PersonDirectory,
  Team,
} from '../people/PersonDirectory';

export const TEAMS = 8;
export const PEOPLE = 480;
/** Members of the group that looks at production. */
export const SECURITY = ['user:default/security-0', 'user:default/security-1'];

export const userRef = (n: number) => `user:default/person-${n % PEOPLE}`;
export const teamRef = (n: number) => `group:default/team-${n % TEAMS}`;
/** The Entra object id of a User. */
export const personId = (ref: string) => `entra of ${ref}`;

function teamsOf(ref: string): string[] {
  return SECURITY.includes(ref) ? ['group:default/security'] : [];
}

function toLead(ref: string): string {
  return ref.replace('group:', 'user:');
}

function toPerson(ref: string): CatalogPerson {
  const [, number] = /person-(\d+)$/.exec(ref) ?? [];
  return {
    entityRef: ref,
    displayName: ref,
    entraUserId: personId(ref),
    teams: number ? [teamRef(Number(number))] : teamsOf(ref),
  };
}

/** The catalog of the company, in memory. */
export class LargeCatalog implements PersonDirectory {
  async findPerson(ref: string) {
    return toPerson(ref);
  }

  async findPeople(refs: string[]) {
    return refs.map(toPerson);
  }

  async findByEntraIds(ids: string[]) {
    return new Map(
      ids.map(id => [id, toPerson(id.replace('entra of ', ''))] as const),
    );
  }

  async findTeam(ref: string): Promise<Team | undefined> {
    return {
      entityRef: ref,
      displayName: ref,
      leads:
        ref === 'group:default/security' ? [] : [`${ref}-lead`].map(toLead),
      members: (ref === 'group:default/security' ? SECURITY : []).map(toPerson),
      accessGroupNames: [],
    };
  }

  async findLedTeams(ref: string) {
    const [, number] = /team-(\d)-lead$/.exec(ref) ?? [];
    return number ? [teamRef(Number(number))] : [];
  }

  async findManagers() {
    return [];
  }

  async findSystemOwners() {
    return new Map();
  }

  async findAccountOwners() {
    return new Map();
  }
}
