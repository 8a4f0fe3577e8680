import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
  parseEntityRef,
  RELATION_HAS_MEMBER,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_ACCESS_GROUPS,
  ANNOTATION_ACCOUNT_ID,
  ANNOTATION_ENTRA_USER_ID,
  ANNOTATION_LEADS,
  entraIdSchema,
} from 'backstage-plugin-aws-access-common';
import { plainName } from './plainName';
import { ManagerSource } from '../config/managerSchema';
import { CatalogPerson, PersonDirectory, Team } from './PersonDirectory';

/** The catalog refuses very long queries; this keeps them far below. */
const BATCH = 100;

/** People and teams from the catalog, asked with the plugin's own credentials. */
export class CatalogPersonDirectory implements PersonDirectory {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #trustedLocations: string[];

  /**
   * @param options.trustedLocations - origin locations of the Users and Groups
   *   that count, `*` at the end standing for anything; empty = all count
   */
  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    trustedLocations?: string[];
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#trustedLocations = options.trustedLocations ?? [];
  }

  async findPerson(userRef: string) {
    const [person] = await this.findPeople([userRef]);
    return person;
  }

  async findPeople(userRefs: string[]): Promise<CatalogPerson[]> {
    const users = (await this.#findEntities(userRefs)).filter(
      entity => entity.kind.toLowerCase() === 'user',
    );
    return this.#toPeople(users);
  }

  async findByEntraIds(entraUserIds: string[]) {
    const claimants = await this.#findClaimants(entraUserIds);
    const people = new Map<string, CatalogPerson>();
    for (const person of await this.#toPeople(claimants)) {
      if (person.entraUserId) people.set(person.entraUserId, person);
    }
    return people;
  }

  async findTeam(groupRef: string): Promise<Team | undefined> {
    const [group] = await this.#findEntities([groupRef]);
    if (group?.kind.toLowerCase() !== 'group') return undefined;
    const annotations = group.metadata.annotations ?? {};
    return {
      entityRef: stringifyEntityRef(group),
      displayName: displayNameOf(group),
      leads: leadsOf(group),
      members: await this.findPeople(relationsOf(group, RELATION_HAS_MEMBER)),
      accessGroupNames: splitList(annotations[ANNOTATION_ACCESS_GROUPS]),
    };
  }

  async findLedTeams(userRef: string) {
    const { items } = await this.#catalog.getEntities(
      {
        filter: { kind: 'Group' },
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          `metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}`,
          `metadata.annotations.${ANNOTATION_LEADS}`,
        ],
      },
      await this.#credentials(),
    );
    return items
      .filter(group => this.#isTrusted(group))
      .filter(group => leadsOf(group).includes(userRef))
      .map(group => stringifyEntityRef(group));
  }

  async findManagers(
    userRef: string,
    source: ManagerSource,
  ): Promise<string[]> {
    const [user] = await this.#findEntities([userRef]);
    if (user?.kind.toLowerCase() !== 'user') return [];
    const named =
      'annotation' in source
        ? splitList(user.metadata.annotations?.[source.annotation])
        : relationsOf(user, source.relation);
    return named.flatMap(toUserRef);
  }

  findAccountOwners(accountIds: string[], trustedLocations: string[]) {
    return this.#findOwners(
      ['Resource', 'Component', 'System'],
      accountIds,
      trustedLocations,
    );
  }

  findSystemOwners(accountIds: string[], trustedLocations: string[]) {
    return this.#findOwners(
      ['Component', 'System'],
      accountIds,
      trustedLocations,
    );
  }

  async #findOwners(
    kinds: string[],
    accountIds: string[],
    trustedLocations: string[],
  ) {
    const trusted = new Set(trustedLocations);
    const owners = new Map<string, Set<string>>();
    for (const ids of batchesOf(accountIds)) {
      const { items } = await this.#catalog.getEntities(
        {
          filter: {
            kind: kinds,
            [`metadata.annotations.${ANNOTATION_ACCOUNT_ID}`]: ids,
          },
        },
        await this.#credentials(),
      );
      for (const entity of items) {
        const annotations = entity.metadata.annotations ?? {};
        // Anyone can register an entity; the origin tells who vouches for it.
        if (!trusted.has(annotations[ANNOTATION_ORIGIN_LOCATION])) continue;
        const accountId = annotations[ANNOTATION_ACCOUNT_ID];
        const claims = owners.get(accountId) ?? new Set();
        relationsOf(entity, RELATION_OWNED_BY).forEach(ref => claims.add(ref));
        owners.set(accountId, claims);
      }
    }
    return new Map(
      [...owners].map(([accountId, claims]) => [accountId, [...claims].sort()]),
    );
  }

  /**
   * One to one: an Entra id that two Users claim stands for neither of them, or
   * somebody could take another's place by writing one annotation.
   */
  async #toPeople(users: Entity[]): Promise<CatalogPerson[]> {
    const ids = users.map(entraIdOf).filter(id => id !== null);
    const claimants = new Map<string, number>();
    for (const user of await this.#findClaimants(ids)) {
      const id = entraIdOf(user)!;
      claimants.set(id, (claimants.get(id) ?? 0) + 1);
    }
    return users.map(user => {
      const id = entraIdOf(user);
      return {
        entityRef: stringifyEntityRef(user),
        displayName: displayNameOf(user),
        entraUserId: id !== null && claimants.get(id) === 1 ? id : null,
        teams: relationsOf(user, RELATION_MEMBER_OF),
      };
    });
  }

  async #findClaimants(entraUserIds: string[]): Promise<Entity[]> {
    const found: Entity[] = [];
    // The catalog compares values of filters without regard to case.
    for (const ids of batchesOf([...new Set(entraUserIds)])) {
      const { items } = await this.#catalog.getEntities(
        {
          filter: {
            kind: 'User',
            [`metadata.annotations.${ANNOTATION_ENTRA_USER_ID}`]: ids,
          },
        },
        await this.#credentials(),
      );
      found.push(...items.filter(user => this.#isTrusted(user)));
    }
    return found;
  }

  async #findEntities(refs: string[]): Promise<Entity[]> {
    const found: Entity[] = [];
    for (const entityRefs of batchesOf(refs)) {
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs },
        await this.#credentials(),
      );
      for (const entity of items) {
        if (entity && this.#isTrusted(entity)) found.push(entity);
      }
    }
    return found;
  }

  /** Where a portal lets anybody register Users or Groups, the origin tells whom to believe. */
  #isTrusted(entity: Entity): boolean {
    const origin = entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
    return (
      this.#trustedLocations.length === 0 ||
      this.#trustedLocations.some(location =>
        location.endsWith('*')
          ? origin?.startsWith(location.slice(0, -1))
          : origin === location,
      )
    );
  }

  async #credentials(): Promise<{ credentials: BackstageCredentials }> {
    return { credentials: await this.#auth.getOwnServiceCredentials() };
  }
}

function entraIdOf(user: Entity): string | null {
  // Not trimmed: claimants are looked up by the value as it is written, so a
  // claim with a blank around it would not be seen beside the true one.
  const id = user.metadata.annotations?.[ANNOTATION_ENTRA_USER_ID];
  return entraIdSchema.safeParse(id).data ?? null;
}

function displayNameOf(entity: Entity): string {
  const profile = entity.spec?.profile as { displayName?: string } | undefined;
  return (
    plainName(profile?.displayName || entity.metadata.title || '') ||
    entity.metadata.name
  );
}

function relationsOf(entity: Entity, type: string): string[] {
  const refs = (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef);
  return [...new Set(refs)];
}

function leadsOf(group: Entity): string[] {
  return splitList(group.metadata.annotations?.[ANNOTATION_LEADS]).flatMap(
    toUserRef,
  );
}

function splitList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
}

function toUserRef(text: string): string[] {
  try {
    const ref = parseEntityRef(text, {
      defaultKind: 'user',
      defaultNamespace: 'default',
    });
    return ref.kind.toLowerCase() === 'user' ? [stringifyEntityRef(ref)] : [];
  } catch {
    // A lead that is misspelt leads nothing.
    return [];
  }
}

function batchesOf<T>(items: T[]): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += BATCH) {
    batches.push(items.slice(start, start + BATCH));
  }
  return batches;
}
