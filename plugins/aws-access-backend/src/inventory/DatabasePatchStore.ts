import { Knex } from 'knex';
import { AccountAssignment } from '../clouds/AwsCloud';
import { DatabaseRolloutStore } from './DatabaseRolloutStore';
import { GroupPatch, PatchStore } from './InventoryPatcher';
import { InventoryPermissionSet } from './InventoryStore';
import { rows, TABLES } from './inventoryTables';

/** Replaces single objects of the inventory. */
export class DatabasePatchStore implements PatchStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  together(work: (store: PatchStore) => Promise<void>): Promise<void> {
    return this.#knex.transaction(transaction =>
      work(new DatabasePatchStore(transaction)),
    );
  }

  async replaceOutdatedAccountIds(
    organizationId: string,
    arn: string,
    accountIds: string[] | undefined,
  ): Promise<void> {
    await new DatabaseRolloutStore(this.#knex).record(
      organizationId,
      new Map([[arn, accountIds]]),
    );
  }

  async replaceAssignmentsOf(
    organizationId: string,
    accountId: string,
    permissionSetArn: string,
    assignments: AccountAssignment[],
  ): Promise<void> {
    await this.#knex.transaction(async transaction => {
      await transaction(TABLES.assignments)
        .where({
          organization_id: organizationId,
          account_id: accountId,
          permission_set_arn: permissionSetArn,
        })
        .delete();
      await put(
        transaction,
        TABLES.assignments,
        organizationId,
        assignments.map(rows.assignment.toRow),
      );
    });
  }

  async replacePermissionSet(
    organizationId: string,
    arn: string,
    set: InventoryPermissionSet | undefined,
  ): Promise<void> {
    await this.#knex.transaction(async transaction => {
      await transaction(TABLES.permissionSets)
        .where({ organization_id: organizationId, arn })
        .delete();
      await put(
        transaction,
        TABLES.permissionSets,
        organizationId,
        // Its turn comes again at the next refresh: nothing says when it was read.
        set ? [rows.permissionSet.toRow(set)] : [],
      );
    });
  }

  async replaceGroup(organizationId: string, patch: GroupPatch): Promise<void> {
    const { entraGroupId, entra, store } = patch;
    await this.#knex.transaction(async transaction => {
      const organization = { organization_id: organizationId };
      const replace = async (
        table: string,
        key: Record<string, string>,
        content: object[],
      ) => {
        await transaction(table)
          .where({ ...organization, ...key })
          .delete();
        await put(transaction, table, organizationId, content);
      };

      const inEntra = { group_id: entraGroupId };
      await replace(
        TABLES.entraGroups,
        inEntra,
        entra ? [rows.entraGroup.toRow(entra.group)] : [],
      );
      await replace(
        TABLES.entraMemberships,
        inEntra,
        (entra?.members ?? []).map(({ userId }) => ({
          ...inEntra,
          user_id: userId,
        })),
      );
      for (const user of entra?.members ?? []) {
        await replace(TABLES.entraUsers, { user_id: user.userId }, [
          rows.entraUser.toRow(user),
        ]);
      }

      const former: Array<{ group_id: string }> = await transaction(
        TABLES.storeGroups,
      )
        .where({ ...organization, external_id: entraGroupId })
        .select('group_id');
      for (const { group_id } of former) {
        await replace(TABLES.storeGroups, { group_id }, []);
        await replace(TABLES.storeMemberships, { group_id }, []);
      }
      if (!store) return;
      await put(transaction, TABLES.storeGroups, organizationId, [
        rows.storeGroup.toRow(store.group),
      ]);
      await put(
        transaction,
        TABLES.storeMemberships,
        organizationId,
        store.memberIds.map(userId => ({
          group_id: store.group.groupId,
          user_id: userId,
        })),
      );
      for (const user of store.users) {
        await replace(TABLES.storeUsers, { user_id: user.userId }, [
          rows.storeUser.toRow(user),
        ]);
      }
    });
  }
}

async function put(
  transaction: Knex.Transaction,
  table: string,
  organizationId: string,
  content: object[],
): Promise<void> {
  if (content.length === 0) return;
  await transaction.batchInsert(
    table,
    content.map(row => ({ organization_id: organizationId, ...row })),
    // SQLite joins at most 500 rows into one insert.
    400,
  );
}
