import { Knex } from 'knex';
import { AccountAssignment } from '../clouds/AwsCloud';
import { inChunks } from '../database/inChunks';
import {
  AccessRecords,
  AssignmentFilter,
  MembershipFilter,
  PermissionSetCount,
} from './AccessRecords';
import { rows, TABLES } from './inventoryTables';
import { Membership } from './InventoryStore';

/** Reads the rows that "who has what" joins. */
export class DatabaseAccessRecords implements AccessRecords {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async listAssignments(
    organizationId: string,
    filter: AssignmentFilter,
  ): Promise<AccountAssignment[]> {
    const { accountId, permissionSetArn, principalIds, accountIds } = filter;
    const matching = () =>
      this.#of(TABLES.assignments, organizationId).modify(query => {
        if (accountId) query.where('account_id', accountId);
        if (permissionSetArn) {
          query.where('permission_set_arn', permissionSetArn);
        }
      });
    const [column, ids] = principalIds
      ? ['principal_id', principalIds]
      : ['account_id', accountIds];
    const found = ids
      ? await inChunks(ids, chunk => matching().whereIn(column, chunk))
      : await matching();
    return found.map(rows.assignment.fromRow);
  }

  async countAssigned(organizationId: string): Promise<PermissionSetCount[]> {
    const isGroup = {
      organization_id: organizationId,
      principal_type: 'GROUP',
    };
    const [places, people] = await Promise.all([
      this.#of(TABLES.assignments, organizationId)
        .groupBy('permission_set_arn')
        .select('permission_set_arn')
        .countDistinct({ accounts: 'account_id' })
        .countDistinct({
          groups: this.#knex.raw(
            "case when principal_type = 'GROUP' then principal_id end",
          ),
        }),
      // A union keeps whoever has it in several ways once.
      this.#knex
        .from(
          this.#of(TABLES.assignments, organizationId)
            .where('principal_type', 'USER')
            .select('permission_set_arn', { user_id: 'principal_id' })
            .union(
              this.#knex
                .from(
                  this.#knex(TABLES.assignments)
                    .where(isGroup)
                    .distinct('permission_set_arn', 'principal_id')
                    .as('assigned'),
                )
                .join({ member: TABLES.storeMemberships }, on =>
                  on
                    .on('member.group_id', 'assigned.principal_id')
                    .andOnVal('member.organization_id', organizationId),
                )
                .select('assigned.permission_set_arn', 'member.user_id'),
            )
            .as('holder'),
        )
        .groupBy('permission_set_arn')
        .select('permission_set_arn')
        .count({ people: '*' }),
    ]);
    const peopleOf = new Map(
      people.map((row: any) => [row.permission_set_arn, Number(row.people)]),
    );
    return places.map((row: any) => ({
      permissionSetArn: row.permission_set_arn,
      accounts: Number(row.accounts),
      groups: Number(row.groups),
      people: peopleOf.get(row.permission_set_arn) ?? 0,
    }));
  }

  async getPermissionSets(organizationId: string, arns: string[]) {
    return (
      await this.#byIds(TABLES.permissionSets, organizationId, 'arn', arns)
    ).map(rows.permissionSet.fromRow);
  }

  async findPermissionSetByName(organizationId: string, name: string) {
    const row = await this.#of(TABLES.permissionSets, organizationId)
      .where({ name })
      .first();
    return row && rows.permissionSet.fromRow(row);
  }

  async getStoreUsers(organizationId: string, userIds: string[]) {
    return (
      await this.#byIds(TABLES.storeUsers, organizationId, 'user_id', userIds)
    ).map(rows.storeUser.fromRow);
  }

  async getStoreGroups(organizationId: string, groupIds: string[]) {
    return (
      await this.#byIds(
        TABLES.storeGroups,
        organizationId,
        'group_id',
        groupIds,
      )
    ).map(rows.storeGroup.fromRow);
  }

  async getStoreGroupsByExternalId(
    organizationId: string,
    externalIds: string[],
  ) {
    return (
      await this.#byIds(
        TABLES.storeGroups,
        organizationId,
        'external_id',
        externalIds,
      )
    ).map(rows.storeGroup.fromRow);
  }

  async listStoreGroups(organizationId: string) {
    return (await this.#of(TABLES.storeGroups, organizationId)).map(
      rows.storeGroup.fromRow,
    );
  }

  listStoreMemberships(organizationId: string, filter: MembershipFilter) {
    return this.#memberships(TABLES.storeMemberships, organizationId, filter);
  }

  async getEntraGroups(organizationId: string, groupIds: string[]) {
    return (
      await this.#byIds(
        TABLES.entraGroups,
        organizationId,
        'group_id',
        groupIds,
      )
    ).map(rows.entraGroup.fromRow);
  }

  async listEntraGroups(organizationId: string) {
    return (await this.#of(TABLES.entraGroups, organizationId)).map(
      rows.entraGroup.fromRow,
    );
  }

  listEntraMemberships(organizationId: string, filter: MembershipFilter) {
    return this.#memberships(TABLES.entraMemberships, organizationId, filter);
  }

  async #memberships(
    table: string,
    organizationId: string,
    filter: MembershipFilter,
  ): Promise<Membership[]> {
    const [column, ids] =
      'groupIds' in filter
        ? ['group_id', filter.groupIds]
        : ['user_id', filter.userIds];
    return (await this.#byIds(table, organizationId, column, ids)).map(row => ({
      groupId: row.group_id,
      userId: row.user_id,
    }));
  }

  #of(table: string, organizationId: string) {
    return this.#knex(table).where({ organization_id: organizationId });
  }

  #byIds(
    table: string,
    organizationId: string,
    column: string,
    ids: string[],
  ): Promise<any[]> {
    return inChunks(ids, chunk =>
      this.#of(table, organizationId).whereIn(column, chunk),
    );
  }
}
