import { ManagerSource } from '../config/managerSchema';

/** A catalog User, and the person behind it. */
export interface CatalogPerson {
  entityRef: string;
  displayName: string;
  /**
   * The person's Entra object id. Null when the User has none, or when two Users
   * claim the same one: then neither can be trusted (security rule 6).
   */
  entraUserId: string | null;
  /** Refs of the groups the User is a member of. */
  teams: string[];
}

/** A catalog Group as this product uses it. */
export interface Team {
  entityRef: string;
  displayName: string;
  /** Named in the leads annotation; never mere members (security rule 6). */
  leads: string[];
  members: CatalogPerson[];
  /** Names of Entra groups given by annotation; for display only. */
  accessGroupNames: string[];
}

/**
 * People and teams as the catalog knows them, read with the plugin's own
 * credentials. An unreachable catalog is an error, never an empty answer.
 */
export interface PersonDirectory {
  findPerson(userRef: string): Promise<CatalogPerson | undefined>;
  findPeople(userRefs: string[]): Promise<CatalogPerson[]>;
  findByEntraIds(entraUserIds: string[]): Promise<Map<string, CatalogPerson>>;
  findTeam(groupRef: string): Promise<Team | undefined>;
  /** Refs of the teams whose leads annotation names the User. */
  findLedTeams(userRef: string): Promise<string[]>;
  /** Refs of users whom the User names as who answers for them. */
  findManagers(userRef: string, source: ManagerSource): Promise<string[]>;
  /**
   * Owners of the systems and components in the accounts, from trusted catalog
   * entities only, by account id.
   */
  findSystemOwners(
    accountIds: string[],
    trustedLocations: string[],
  ): Promise<Map<string, string[]>>;
  /** Owners of the accounts, from trusted catalog entities only, by account id. */
  findAccountOwners(
    accountIds: string[],
    trustedLocations: string[],
  ): Promise<Map<string, string[]>>;
}
