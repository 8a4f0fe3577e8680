import {
  AccessGroup,
  AccessGroupsQuery,
  AccessGroupsResponse,
  Evidence,
  InventoryPart,
} from 'backstage-plugin-aws-access-common';
import { AccountAssignment } from '../clouds/AwsCloud';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { accessLevelOf } from '../iam/accessLevelOf';
import { freshnessOf } from '../inventory/freshnessOf';
import { Inventory } from '../inventory/Inventory';
import { InventoryEntraGroup } from '../inventory/InventoryStore';
import { pageAcrossOrganizations } from '../inventory/pageAcrossOrganizations';
import { LeaseStore } from '../leases/LeaseStore';
import { IntentStore } from '../provisioning/stores/IntentStore';
import { selectOrganizations } from '../organizations/selectOrganizations';
import { PersonDirectory, Team } from '../people/PersonDirectory';
import { accessNotFound } from './accessTarget';
import { AccessGroupReach } from './AccessGroupReach';
import { AccessGroupService } from './AccessGroupService';
import { findAdoptedGroups } from './findAdoptedGroups';
import { matchTeamGroups } from './matchTeamGroups';

const DEFAULT_LIMIT = 50;

const NEEDED: InventoryPart[] = [
  'permissionSets',
  'assignments',
  'identityStore',
  'entraGroups',
  'enterpriseApplication',
];

/**
 * Groups that may be read, by Entra object id: whole, or only what they have in
 * the reader's own accounts.
 */
type Readable = Map<string, { whole: boolean; evidence: Evidence | null }>;

/** Answers from the stored inventory; no call to a cloud. */
export class DefaultAccessGroupService implements AccessGroupService {
  readonly #organizations: Record<string, OrganizationConfig>;
  readonly #inventory: Inventory;
  readonly #leases: Pick<LeaseStore, 'listLive'>;
  readonly #intents: Pick<IntentStore, 'listOfObjects'>;
  readonly #directory: PersonDirectory;
  readonly #now: () => Promise<string>;

  constructor(options: {
    organizations: Record<string, OrganizationConfig>;
    inventory: Inventory;
    leases: Pick<LeaseStore, 'listLive'>;
    intents: Pick<IntentStore, 'listOfObjects'>;
    directory: PersonDirectory;
    /** The database's present moment. */
    now: () => Promise<string>;
  }) {
    this.#organizations = options.organizations;
    this.#inventory = options.inventory;
    this.#leases = options.leases;
    this.#intents = options.intents;
    this.#directory = options.directory;
    this.#now = options.now;
  }

  async list(
    query: AccessGroupsQuery,
    reach?: AccessGroupReach,
  ): Promise<AccessGroupsResponse> {
    const ids = selectOrganizations(this.#organizations, query.organizationId);
    const team = query.team ? await this.#findTeam(query.team) : null;
    const page = await pageAcrossOrganizations(
      ids,
      { ...query, limit: query.limit ?? DEFAULT_LIMIT },
      async (id, one) => {
        const readable = await this.#findReadable(id, team, reach);
        const { items, ...rest } = await this.#inventory.lists.pageEntraGroups(
          id,
          one,
          readable && [...readable.keys()],
        );
        return {
          ...rest,
          items: await this.#describe(id, items, readable, reach),
        };
      },
    );
    return { ...page, freshness: await this.#freshness(ids) };
  }

  findReadable(organizationId: string, reach?: AccessGroupReach) {
    return this.#findReadable(organizationId, null, reach);
  }

  async #findTeam(teamRef: string): Promise<Team> {
    const team = await this.#directory.findTeam(teamRef);
    if (!team) throw accessNotFound({ kind: 'team', id: teamRef });
    return team;
  }

  /** Undefined = all. */
  async #findReadable(
    organizationId: string,
    team: Team | null,
    reach: AccessGroupReach | undefined,
  ): Promise<Readable | undefined> {
    if (team) return this.#groupsOfTeams(organizationId, [team]);
    if (!reach) return undefined;
    const teams = await Promise.all(
      [...new Set(reach.teams)].map(ref => this.#directory.findTeam(ref)),
    );
    const [owned, ofTeams, own] = await Promise.all([
      this.#groupsIn(organizationId, reach.ownedAccounts),
      this.#groupsOfTeams(
        organizationId,
        teams.filter(found => found !== undefined),
      ),
      this.#groupsOf(organizationId, reach.entraUserId),
    ]);
    const readable: Readable = new Map();
    for (const id of owned) readable.set(id, { whole: false, evidence: null });
    for (const id of [...ofTeams.keys(), ...own]) {
      readable.set(id, { whole: true, evidence: null });
    }
    return readable;
  }

  async #groupsOfTeams(
    organizationId: string,
    teams: Team[],
  ): Promise<Readable> {
    const readable: Readable = new Map();
    if (teams.length === 0) return readable;
    const { records, store } = this.#inventory;
    const [leases, storeGroups, sets] = await Promise.all([
      this.#leases.listLive(organizationId),
      records.listStoreGroups(organizationId),
      store.facts.listPermissionSetNames(organizationId),
    ]);
    const adopted = await findAdoptedGroups(
      this.#intents,
      organizationId,
      leases,
    );
    for (const team of teams) {
      const found = matchTeamGroups({
        team,
        leases,
        adopted,
        storeGroups,
        permissionSetNames: sets.map(({ name }) => name),
        template: this.#organizations[organizationId].groupNaming,
      });
      for (const { groupId, externalId } of storeGroups) {
        const evidence = found.get(groupId);
        if (externalId && evidence) {
          readable.set(externalId, { whole: true, evidence });
        }
      }
      // A new group is the team's before it comes to AWS.
      for (const { teamRef, object } of leases) {
        if (
          teamRef === team.entityRef &&
          'entraGroupId' in object &&
          object.entraGroupId
        ) {
          readable.set(object.entraGroupId, {
            whole: true,
            evidence: adopted.has(object.entraGroupId) ? 'adopted' : 'lease',
          });
        }
      }
    }
    return readable;
  }

  /** Groups that somebody is in, on either side. */
  async #groupsOf(
    organizationId: string,
    entraUserId: string | null,
  ): Promise<string[]> {
    if (entraUserId === null) return [];
    const { records, store } = this.#inventory;
    const [inEntra, users] = await Promise.all([
      records.listEntraMemberships(organizationId, { userIds: [entraUserId] }),
      store.getStoreUsersByExternalId(organizationId, [entraUserId]),
    ]);
    const inAws = await records.listStoreMemberships(organizationId, {
      userIds: users.map(({ userId }) => userId),
    });
    return [
      ...inEntra.map(({ groupId }) => groupId),
      ...(await this.#entraIdsOf(
        organizationId,
        inAws.map(({ groupId }) => groupId),
      )),
    ];
  }

  /** Groups that have something in the accounts. */
  async #groupsIn(
    organizationId: string,
    accountIds: ReadonlySet<string>,
  ): Promise<string[]> {
    const storeGroupIds = new Set<string>();
    for (const accountId of accountIds) {
      for (const assignment of await this.#inventory.records.listAssignments(
        organizationId,
        { accountId },
      )) {
        if (assignment.principalType === 'GROUP') {
          storeGroupIds.add(assignment.principalId);
        }
      }
    }
    return this.#entraIdsOf(organizationId, [...storeGroupIds]);
  }

  async #entraIdsOf(organizationId: string, storeGroupIds: string[]) {
    const groups = await this.#inventory.records.getStoreGroups(
      organizationId,
      storeGroupIds,
    );
    return groups.flatMap(({ externalId }) => externalId ?? []);
  }

  async #describe(
    organizationId: string,
    groups: InventoryEntraGroup[],
    readable: Readable | undefined,
    reach: AccessGroupReach | undefined,
  ): Promise<AccessGroup[]> {
    const { records } = this.#inventory;
    const groupIds = groups.map(({ groupId }) => groupId);
    const [memberships, storeGroups] = await Promise.all([
      records.listEntraMemberships(organizationId, { groupIds }),
      records.getStoreGroupsByExternalId(organizationId, groupIds),
    ]);
    const assignments = await records.listAssignments(organizationId, {
      principalIds: storeGroups.map(({ groupId }) => groupId),
    });
    const sets = await records.getPermissionSets(
      organizationId,
      assignments.map(({ permissionSetArn }) => permissionSetArn),
    );
    return groups.map(group => {
      const storeGroup = storeGroups.find(
        ({ externalId }) => externalId === group.groupId,
      );
      const right = readable?.get(group.groupId);
      const seen = assignments.filter(
        ({ principalId, accountId }: AccountAssignment) =>
          principalId === storeGroup?.groupId &&
          (!readable || right?.whole || reach?.ownedAccounts.has(accountId)),
      );
      const arns = new Set(seen.map(one => one.permissionSetArn));
      return {
        organizationId,
        entraGroupId: group.groupId,
        identityStoreGroupId: storeGroup?.groupId ?? null,
        name: group.displayName,
        description: group.description,
        evidence: right?.evidence ?? null,
        people: memberships.filter(one => one.groupId === group.groupId).length,
        accounts: new Set(seen.map(one => one.accountId)).size,
        permissionSets: sets
          .filter(({ arn }) => arns.has(arn))
          .map(({ arn, name, document }) => ({
            arn,
            name,
            accessLevel: accessLevelOf(document).level,
          }))
          .sort((one, other) => one.name.localeCompare(other.name, 'en')),
        assignedToApplication: group.assignedToApplication,
        unusableBecause: group.unusableBecause,
      };
    });
  }

  async #freshness(ids: string[]) {
    return freshnessOf(
      await Promise.all(
        ids.map(async id => ({
          parts: await this.#inventory.store.getParts(id),
          staleAfter: this.#organizations[id].inventory.staleAfter,
        })),
      ),
      NEEDED,
      await this.#now(),
    );
  }
}
