import { ManagerSource } from '../config/managerSchema';
import { CatalogPerson, PersonDirectory, Team } from './PersonDirectory';

/**
 * Asks another directory each thing once, for the time of one call to the API: a
 * page of requests names the same people over and over. Never kept longer: a
 * leaver must not decide once the catalog knows.
 */
export class RememberingPersonDirectory implements PersonDirectory {
  readonly #directory: PersonDirectory;
  readonly #people = new Map<string, Promise<CatalogPerson | undefined>>();
  readonly #teams = new Map<string, Promise<Team | undefined>>();
  readonly #ledTeams = new Map<string, Promise<string[]>>();
  readonly #owners = new Map<string, Promise<Map<string, string[]>>>();

  constructor(directory: PersonDirectory) {
    this.#directory = directory;
  }

  findPerson(userRef: string) {
    return remember(this.#people, userRef, () =>
      this.#directory.findPerson(userRef),
    );
  }

  async findPeople(userRefs: string[]) {
    const asked = userRefs.filter(ref => !this.#people.has(ref));
    if (asked.length > 0) {
      const answer = this.#directory.findPeople(asked);
      for (const ref of asked) {
        this.#people.set(
          ref,
          answer.then(people =>
            people.find(person => person.entityRef === ref),
          ),
        );
      }
    }
    const people = await Promise.all(
      userRefs.map(ref => this.#people.get(ref)!),
    );
    return people.filter(person => person !== undefined);
  }

  findByEntraIds(entraUserIds: string[]) {
    return this.#directory.findByEntraIds(entraUserIds);
  }

  findTeam(groupRef: string) {
    return remember(this.#teams, groupRef, () =>
      this.#directory.findTeam(groupRef),
    );
  }

  findLedTeams(userRef: string) {
    return remember(this.#ledTeams, userRef, () =>
      this.#directory.findLedTeams(userRef),
    );
  }

  findManagers(userRef: string, source: ManagerSource) {
    return this.#directory.findManagers(userRef, source);
  }

  findSystemOwners(accountIds: string[], trustedLocations: string[]) {
    const key = JSON.stringify(['systems', accountIds, trustedLocations]);
    return remember(this.#owners, key, () =>
      this.#directory.findSystemOwners(accountIds, trustedLocations),
    );
  }

  findAccountOwners(accountIds: string[], trustedLocations: string[]) {
    const key = JSON.stringify([accountIds, trustedLocations]);
    return remember(this.#owners, key, () =>
      this.#directory.findAccountOwners(accountIds, trustedLocations),
    );
  }
}

function remember<T>(
  known: Map<string, Promise<T>>,
  key: string,
  ask: () => Promise<T>,
): Promise<T> {
  let answer = known.get(key);
  if (!answer) {
    answer = ask();
    known.set(key, answer);
  }
  return answer;
}
