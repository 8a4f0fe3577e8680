import { ManagerSource } from '../config/managerSchema';
import { Batch } from '../database/Batch';
import { CatalogPerson, PersonDirectory, Team } from './PersonDirectory';

type Owners = Batch<string, string[]>;

/**
 * Asks another directory each thing once, and what is asked at the same time in
 * one go, for the time of one call to the API: a page of requests names the same
 * people over and over. Never kept longer: a leaver must not decide once the
 * catalog knows.
 */
export class RememberingPersonDirectory implements PersonDirectory {
  readonly #directory: PersonDirectory;
  readonly #askPeople: Batch<string, CatalogPerson>;
  readonly #people = new Map<string, Promise<CatalogPerson | undefined>>();
  readonly #teams = new Map<string, Promise<Team | undefined>>();
  readonly #refs = new Map<string, Promise<string[]>>();
  readonly #askOwners = new Map<string, Owners>();
  readonly #owners = new Map<string, Promise<string[] | undefined>>();

  constructor(directory: PersonDirectory) {
    this.#directory = directory;
    this.#askPeople = new Batch(async refs => {
      const people = await directory.findPeople(refs);
      return new Map(people.map(person => [person.entityRef, person]));
    });
  }

  findPerson(userRef: string) {
    return remember(this.#people, userRef, () =>
      this.#directory.findPerson(userRef),
    );
  }

  async findPeople(userRefs: string[]) {
    const people = await Promise.all(
      userRefs.map(ref =>
        remember(this.#people, ref, () => this.#askPeople.load(ref)),
      ),
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
    return remember(this.#refs, `leads ${userRef}`, () =>
      this.#directory.findLedTeams(userRef),
    );
  }

  findManagers(userRef: string, source: ManagerSource) {
    return remember(
      this.#refs,
      `managers ${userRef} ${JSON.stringify(source)}`,
      () => this.#directory.findManagers(userRef, source),
    );
  }

  findSystemOwners(accountIds: string[], trustedLocations: string[]) {
    return this.#ownersOf(
      `systems ${JSON.stringify(trustedLocations)}`,
      accountIds,
      ids => this.#directory.findSystemOwners(ids, trustedLocations),
    );
  }

  findAccountOwners(accountIds: string[], trustedLocations: string[]) {
    return this.#ownersOf(
      `accounts ${JSON.stringify(trustedLocations)}`,
      accountIds,
      ids => this.#directory.findAccountOwners(ids, trustedLocations),
    );
  }

  async #ownersOf(
    kind: string,
    accountIds: string[],
    ask: (accountIds: string[]) => Promise<Map<string, string[]>>,
  ): Promise<Map<string, string[]>> {
    let batch = this.#askOwners.get(kind);
    if (!batch) {
      batch = new Batch(ask);
      this.#askOwners.set(kind, batch);
    }
    const owners = new Map<string, string[]>();
    await Promise.all(
      [...new Set(accountIds)].map(async id => {
        const found = await remember(this.#owners, `${kind} ${id}`, () =>
          batch.load(id),
        );
        if (found) owners.set(id, found);
      }),
    );
    return owners;
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
