import { Environment } from 'backstage-plugin-aws-access-common';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { AccountAssignment } from '../clouds/AwsCloud';
import { Inventory } from '../inventory/Inventory';
import { Membership } from '../inventory/InventoryStore';
import { LeaseRow, LeaseStore } from '../leases/LeaseStore';
import { IntentStore } from '../provisioning/stores/IntentStore';
import { PersonDirectory, Team } from '../people/PersonDirectory';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { RequestStore } from '../requests/stores/RequestStore';
import { AccessFacts, assignmentKey, TeamFacts } from './AccessFacts';
import { findAdopted } from './findAdopted';
import { findAdoptedGroups } from './findAdoptedGroups';
import { matchTeamGroups } from './matchTeamGroups';

/** What to join; found by the service from what was asked. */
export type AccessSubject =
  | { kind: 'team'; team: Team }
  | { kind: 'user'; entraUserId: string }
  | { kind: 'account'; accountId: string }
  | { kind: 'permissionSet'; arn: string };

/** Reads from tables and the catalog what one answer is joined from. */
export class AccessFactsReader {
  readonly #inventory: Inventory;
  readonly #leases: Pick<LeaseStore, 'listLive'>;
  readonly #intents: Pick<IntentStore, 'listOfObjects'>;
  readonly #requests: Pick<RequestStore, 'get'>;
  readonly #directory: PersonDirectory;
  readonly #accountFacts: AccountFactsReader;

  constructor(options: {
    inventory: Inventory;
    leases: Pick<LeaseStore, 'listLive'>;
    intents: Pick<IntentStore, 'listOfObjects'>;
    requests: Pick<RequestStore, 'get'>;
    directory: PersonDirectory;
    accountFacts: AccountFactsReader;
  }) {
    this.#inventory = options.inventory;
    this.#leases = options.leases;
    this.#intents = options.intents;
    this.#requests = options.requests;
    this.#directory = options.directory;
    this.#accountFacts = options.accountFacts;
  }

  async read(
    organizationId: string,
    config: OrganizationConfig,
    subject: AccessSubject,
    onlyAccounts?: ReadonlySet<string>,
  ): Promise<AccessFacts> {
    const live = await this.#leases.listLive(organizationId);
    const team =
      subject.kind === 'team'
        ? await this.#readTeam(organizationId, config, subject.team, live)
        : null;
    const assignments = (
      await this.#readAssignments(organizationId, subject, team)
    ).filter(({ accountId }) => !onlyAccounts || onlyAccounts.has(accountId));
    const principals = await this.#readPrincipals(organizationId, assignments);
    const leases = leasesOn(assignments, live);
    return {
      organizationId,
      accessPortalUrl: config.accessPortalUrl ?? null,
      assignments,
      ...(await this.#readTargets(organizationId, assignments)),
      ...principals,
      people: await this.#directory.findByEntraIds([
        ...principals.entraUsers.keys(),
      ]),
      leases,
      adopted: await findAdopted(
        this.#intents,
        organizationId,
        [...leases.values()].flat().map(({ object }) => object),
      ),
      requestNumbers: await this.#readRequestNumbers(
        [...leases.values()].flat(),
      ),
      team,
      onlyEntraUserId: subject.kind === 'user' ? subject.entraUserId : null,
    };
  }

  async #readTeam(
    organizationId: string,
    config: OrganizationConfig,
    team: Team,
    leases: LeaseRow[],
  ): Promise<TeamFacts> {
    const { records, store } = this.#inventory;
    const [storeGroups, sets] = await Promise.all([
      records.listStoreGroups(organizationId),
      // Quotas allow 3,500 permission sets.
      store.pagePermissionSets(organizationId, { limit: 4_000 }),
    ]);
    return {
      displayName: team.displayName,
      memberEntraIds: new Set(
        team.members.flatMap(({ entraUserId }) => entraUserId ?? []),
      ),
      evidence: matchTeamGroups({
        team,
        leases,
        adopted: await findAdoptedGroups(this.#intents, organizationId, leases),
        storeGroups,
        permissionSetNames: sets.items.map(({ name }) => name),
        template: config.groupNaming,
      }),
    };
  }

  async #readAssignments(
    organizationId: string,
    subject: AccessSubject,
    team: TeamFacts | null,
  ): Promise<AccountAssignment[]> {
    const { records } = this.#inventory;
    switch (subject.kind) {
      case 'account':
        return records.listAssignments(organizationId, {
          accountId: subject.accountId,
        });
      case 'permissionSet':
        return records.listAssignments(organizationId, {
          permissionSetArn: subject.arn,
        });
      case 'user':
        return records.listAssignments(organizationId, {
          principalIds: await this.#principalsOf(
            organizationId,
            subject.entraUserId,
          ),
        });
      default: {
        const members = await this.#inventory.store.getStoreUsersByExternalId(
          organizationId,
          [...team!.memberEntraIds],
        );
        return records.listAssignments(organizationId, {
          principalIds: [
            ...team!.evidence.keys(),
            ...members.map(({ userId }) => userId),
          ],
        });
      }
    }
  }

  /** A person's own users in the identity store, and the groups they are in on either side. */
  async #principalsOf(
    organizationId: string,
    entraUserId: string,
  ): Promise<string[]> {
    const { records, store } = this.#inventory;
    const users = await store.getStoreUsersByExternalId(organizationId, [
      entraUserId,
    ]);
    const userIds = users.map(({ userId }) => userId);
    const [inAws, inEntra] = await Promise.all([
      records.listStoreMemberships(organizationId, { userIds }),
      records.listEntraMemberships(organizationId, { userIds: [entraUserId] }),
    ]);
    const groups = await records.getStoreGroupsByExternalId(
      organizationId,
      inEntra.map(({ groupId }) => groupId),
    );
    return [
      ...userIds,
      ...inAws.map(({ groupId }) => groupId),
      ...groups.map(({ groupId }) => groupId),
    ];
  }

  async #readTargets(
    organizationId: string,
    assignments: AccountAssignment[],
  ): Promise<
    Pick<AccessFacts, 'accounts' | 'environments' | 'permissionSets'>
  > {
    const [accounts, sets] = await Promise.all([
      this.#inventory.store.getAccounts(
        organizationId,
        assignments.map(({ accountId }) => accountId),
      ),
      this.#inventory.records.getPermissionSets(
        organizationId,
        assignments.map(({ permissionSetArn }) => permissionSetArn),
      ),
    ]);
    const facts = await this.#accountFacts.factsOf(organizationId, accounts);
    return {
      accounts: new Map(accounts.map(account => [account.accountId, account])),
      environments: new Map(
        [...facts].map(
          ([accountId, { environment }]): [string, Environment] => [
            accountId,
            environment.known ? environment.value : 'unknown',
          ],
        ),
      ),
      permissionSets: new Map(sets.map(set => [set.arn, set])),
    };
  }

  async #readPrincipals(
    organizationId: string,
    assignments: AccountAssignment[],
  ): Promise<
    Pick<
      AccessFacts,
      | 'storeGroups'
      | 'storeUsers'
      | 'provisionedEntraIds'
      | 'storeMembers'
      | 'entraGroupsAreKnown'
      | 'entraGroups'
      | 'entraUsers'
      | 'entraMembers'
    >
  > {
    const { records, store } = this.#inventory;
    const idsOf = (type: AccountAssignment['principalType']) =>
      assignments
        .filter(({ principalType }) => principalType === type)
        .map(({ principalId }) => principalId);
    const storeGroups = await records.getStoreGroups(
      organizationId,
      idsOf('GROUP'),
    );
    const entraGroupIds = storeGroups.flatMap(
      ({ externalId }) => externalId ?? [],
    );
    const [storeMembers, entraMembers, entraGroups, parts] = await Promise.all([
      records.listStoreMemberships(organizationId, {
        groupIds: storeGroups.map(({ groupId }) => groupId),
      }),
      records.listEntraMemberships(organizationId, { groupIds: entraGroupIds }),
      records.getEntraGroups(organizationId, entraGroupIds),
      store.getParts(organizationId),
    ]);
    const entraIds = entraMembers.map(({ userId }) => userId);
    const storeUsers = [
      ...(await records.getStoreUsers(organizationId, [
        ...idsOf('USER'),
        ...storeMembers.map(({ userId }) => userId),
      ])),
      ...(await store.getStoreUsersByExternalId(organizationId, entraIds)),
    ];
    const entraUsers = await store.getEntraUsers(organizationId, [
      ...entraIds,
      ...storeUsers.flatMap(({ externalId }) => externalId ?? []),
    ]);
    return {
      storeGroups: new Map(storeGroups.map(group => [group.groupId, group])),
      storeUsers: new Map(storeUsers.map(user => [user.userId, user])),
      provisionedEntraIds: new Set(
        storeUsers.flatMap(({ externalId }) => externalId ?? []),
      ),
      storeMembers: byGroup(storeMembers),
      entraGroupsAreKnown: parts.some(
        ({ part, asOf }) => part === 'entraGroups' && asOf !== null,
      ),
      entraGroups: new Map(entraGroups.map(group => [group.groupId, group])),
      entraUsers: new Map(entraUsers.map(user => [user.userId, user])),
      entraMembers: byGroup(entraMembers),
    };
  }

  async #readRequestNumbers(leases: LeaseRow[]): Promise<Map<string, number>> {
    const numbers = new Map<string, number>();
    for (const requestId of new Set(leases.map(lease => lease.requestId))) {
      const request = await this.#requests.get(requestId);
      if (request) numbers.set(requestId, request.number);
    }
    return numbers;
  }
}

function byGroup(memberships: Membership[]): Map<string, string[]> {
  const members = new Map<string, string[]>();
  for (const { groupId, userId } of memberships) {
    const known = members.get(groupId);
    if (known) known.push(userId);
    else members.set(groupId, [userId]);
  }
  return members;
}

function leasesOn(
  assignments: AccountAssignment[],
  live: LeaseRow[],
): Map<string, LeaseRow[]> {
  const keys = new Set(assignments.map(assignmentKey));
  const leases = new Map<string, LeaseRow[]>();
  for (const lease of live) {
    const key = keyOf(lease);
    if (key !== null && keys.has(key)) {
      leases.set(key, [...(leases.get(key) ?? []), lease]);
    }
  }
  return leases;
}

/** Null when the lease is not on an assignment. */
function keyOf({ object }: LeaseRow): string | null {
  switch (object.kind) {
    case 'accountAssignment':
      return assignmentKey({ ...object, principalId: object.storeGroupId });
    case 'userAssignment':
      return assignmentKey({ ...object, principalId: object.storeUserId });
    default:
      return null;
  }
}
