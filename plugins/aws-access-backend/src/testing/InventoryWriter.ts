import { Knex } from 'knex';
import { AccountAssignment, StoreGroup, StoreUser } from '../clouds/AwsCloud';
import { EntraUser } from '../clouds/EntraCloud';
import { DatabaseInventory } from '../inventory/DatabaseInventory';
import {
  InventoryAccount,
  InventoryEntraGroup,
  InventoryPermissionSet,
  Membership,
} from '../inventory/InventoryStore';
import { DraftedPart, PartContent } from '../inventory/PartDraft';

/**
 * Fills the inventory without clouds: each part as a whole, as if it had been read
 * since `readSince`.
 */
export class InventoryWriter {
  readonly #inventory: DatabaseInventory;

  constructor(knex: Knex) {
    this.#inventory = new DatabaseInventory(knex);
  }

  replaceAccounts(
    organizationId: string,
    accounts: InventoryAccount[],
    readSince?: string,
  ) {
    return this.#replace(organizationId, 'accounts', readSince, { accounts });
  }

  replacePermissionSets(
    organizationId: string,
    permissionSets: InventoryPermissionSet[],
    readSince?: string,
  ) {
    return this.#replace(organizationId, 'permissionSets', readSince, {
      permissionSets,
    });
  }

  async replaceAssignments(
    organizationId: string,
    assignments: AccountAssignment[],
    readSince = new Date().toISOString(),
  ): Promise<void> {
    const draft = await this.#inventory.drafts.begin(organizationId);
    await draft.addAssignments(assignments);
    await draft.finish(readSince);
  }

  replaceIdentityStore(
    organizationId: string,
    content: {
      users: StoreUser[];
      groups: StoreGroup[];
      memberships: Membership[];
    },
    readSince?: string,
  ) {
    return this.#replace(organizationId, 'identityStore', readSince, {
      storeUsers: content.users,
      storeGroups: content.groups,
      storeMemberships: content.memberships,
    });
  }

  replaceEntraUsers(
    organizationId: string,
    entraUsers: EntraUser[],
    readSince?: string,
  ) {
    return this.#replace(organizationId, 'entraUsers', readSince, {
      entraUsers,
    });
  }

  replaceEntraGroups(
    organizationId: string,
    content: { groups: InventoryEntraGroup[]; memberships: Membership[] },
    readSince?: string,
  ) {
    return this.#replace(organizationId, 'entraGroups', readSince, {
      entraGroups: content.groups,
      entraMemberships: content.memberships,
    });
  }

  async #replace(
    organizationId: string,
    part: DraftedPart,
    readSince: string | undefined,
    content: { [Kind in keyof PartContent]?: PartContent[Kind][] },
  ): Promise<void> {
    const draft = await this.#inventory.partDrafts.begin(organizationId, part);
    for (const [kind, items] of Object.entries(content)) {
      await draft.add(kind as keyof PartContent, items as any[]);
    }
    await draft.finish(readSince);
  }
}
