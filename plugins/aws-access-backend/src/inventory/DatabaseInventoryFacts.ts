import { Knex } from 'knex';
import { countOtherOwners } from '../clouds/countOtherOwners';
import { inChunks } from '../database/inChunks';
import { ExistingGroup } from '../facts/FactsSource';
import { toHolders } from '../facts/toHolders';
import { DatabaseAccessRecords } from './DatabaseAccessRecords';
import { AssignmentPair } from './AssignmentsDraft';
import { InventoryFacts, OrganizationFacts } from './InventoryFacts';
import { Membership } from './InventoryStore';
import { TABLES } from './inventoryTables';

/** Joins the stored rows to what a plan asks. */
export class DatabaseInventoryFacts implements InventoryFacts {
  readonly #knex: Knex;
  readonly #records: DatabaseAccessRecords;

  constructor(knex: Knex) {
    this.#knex = knex;
    this.#records = new DatabaseAccessRecords(knex);
  }

  async findGroups(
    organizationId: string,
    groupIds: string[],
  ): Promise<ExistingGroup[]> {
    const records = this.#records;
    const [groups, memberships, storeGroups] = await Promise.all([
      records.getEntraGroups(organizationId, groupIds),
      records.listEntraMemberships(organizationId, { groupIds }),
      records.getStoreGroupsByExternalId(organizationId, groupIds),
    ]);
    const assignments = await records.listAssignments(organizationId, {
      principalIds: storeGroups.map(({ groupId }) => groupId),
    });
    const members = byGroup(memberships);
    return groups.map(group => {
      const storeGroup = storeGroups.find(
        ({ externalId }) => externalId === group.groupId,
      );
      return {
        groupId: group.groupId,
        displayName: group.displayName,
        description: group.description,
        uniqueName: group.uniqueName,
        memberIds: (members.get(group.groupId) ?? []).sort(),
        unusableBecause: group.unusableBecause,
        ownedByUs: group.ownedByUs,
        otherOwners:
          group.owners === null || group.ownedByUs === null
            ? null
            : countOtherOwners({
                count: group.owners,
                includeUs: group.ownedByUs,
              }),
        assignedToApplication: group.assignedToApplication,
        storeGroupId: storeGroup?.groupId ?? null,
        assignments: assignments
          .filter(({ principalId }) => principalId === storeGroup?.groupId)
          .map(({ accountId, permissionSetArn }) => ({
            accountId,
            permissionSetArn,
          })),
      };
    });
  }

  async findHolders(organizationId: string, permissionSetArn: string) {
    const records = this.#records;
    const assignments = await records.listAssignments(organizationId, {
      permissionSetArn,
    });
    const idsOf = (type: string) => [
      ...new Set(
        assignments
          .filter(({ principalType }) => principalType === type)
          .map(({ principalId }) => principalId),
      ),
    ];
    const groupIds = idsOf('GROUP');
    const [storeGroups, storeMembers] = await Promise.all([
      records.getStoreGroups(organizationId, groupIds),
      records.listStoreMemberships(organizationId, { groupIds }),
    ]);
    const [storeUsers, entraMembers] = await Promise.all([
      records.getStoreUsers(organizationId, [
        ...new Set([
          ...idsOf('USER'),
          ...storeMembers.map(({ userId }) => userId),
        ]),
      ]),
      records.listEntraMemberships(organizationId, {
        groupIds: storeGroups.flatMap(({ externalId }) => externalId ?? []),
      }),
    ]);
    return toHolders(assignments, {
      storeGroups: new Map(storeGroups.map(group => [group.groupId, group])),
      storeUsers: new Map(storeUsers.map(user => [user.userId, user])),
      storeMembers: byGroup(storeMembers),
      entraMembers: byGroup(entraMembers),
    });
  }

  async listCrowdedAccounts(
    organizationId: string,
    accountIds: string[],
    permissionSets: number,
  ): Promise<Map<string, string[]>> {
    const crowded: string[] = await inChunks(accountIds, chunk =>
      this.#knex(TABLES.assignments)
        .where('organization_id', organizationId)
        .whereIn('account_id', chunk)
        .groupBy('account_id')
        .havingRaw('count(distinct permission_set_arn) >= ?', [permissionSets])
        .pluck('account_id'),
    );
    const found = new Map<string, string[]>();
    for (const accountId of crowded) {
      found.set(
        accountId,
        await this.#knex(TABLES.assignments)
          .where({ organization_id: organizationId, account_id: accountId })
          .distinct('permission_set_arn')
          .pluck('permission_set_arn'),
      );
    }
    return found;
  }

  listPermissionSetNames(organizationId: string) {
    return this.#knex(TABLES.permissionSets)
      .where({ organization_id: organizationId })
      .orderBy('name')
      .select('arn', 'name');
  }

  async listUnknownPairs(organizationId: string, pairs: AssignmentPair[]) {
    const known = new Map<string, Set<string>>();
    const unknown: AssignmentPair[] = [];
    for (const pair of pairs) {
      const { accountId, permissionSetArn } = pair;
      let accountIds = known.get(permissionSetArn);
      if (!accountIds) {
        accountIds = new Set(
          await this.#knex(TABLES.assignmentPairs)
            .where({
              organization_id: organizationId,
              permission_set_arn: permissionSetArn,
            })
            .pluck('account_id'),
        );
        known.set(permissionSetArn, accountIds);
      }
      if (!accountIds.has(accountId)) unknown.push(pair);
    }
    return unknown;
  }

  async getOrganization(organizationId: string): Promise<OrganizationFacts> {
    const row = await this.#knex(TABLES.organizationFacts)
      .where({ organization_id: organizationId })
      .first();
    const ids = row?.delegated_administrator_ids ?? null;
    const enabled = row?.permission_sets_enabled ?? null;
    return {
      ...(ids !== null && { delegatedAdministratorIds: JSON.parse(ids) }),
      ...(enabled !== null && { permissionSetsEnabled: Boolean(enabled) }),
    };
  }

  setDelegatedAdministratorIds(
    organizationId: string,
    ids: string[] | undefined,
  ) {
    return this.#set(organizationId, {
      delegated_administrator_ids: ids ? JSON.stringify(ids) : null,
    });
  }

  setPermissionSetsEnabled(organizationId: string, enabled: boolean) {
    return this.#set(organizationId, { permission_sets_enabled: enabled });
  }

  async #set(organizationId: string, facts: object): Promise<void> {
    await this.#knex(TABLES.organizationFacts)
      .insert({ organization_id: organizationId, ...facts })
      .onConflict('organization_id')
      .merge(facts);
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
