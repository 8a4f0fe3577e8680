import { AccountAssignment, StoreGroup, StoreUser } from '../clouds/AwsCloud';
import { collectPages } from '../clouds/collectPages';
import { OrganizationClouds } from '../clouds/OrganizationClouds';
import { unlessMissing } from '../clouds/unlessMissing';
import { AwsPartsReader } from './AwsPartsReader';
import { EntraGroupContent, EntraPartsReader } from './EntraPartsReader';
import { InventoryPermissionSet } from './InventoryStore';
import { InventoryObject } from './RefreshStore';

/** One group as both directories hold it; undefined = not there. */
export interface GroupPatch {
  entraGroupId: string;
  entra: EntraGroupContent | undefined;
  store:
    | { group: StoreGroup; memberIds: string[]; users: StoreUser[] }
    | undefined;
}

/** Replaces single objects without changing the age of their parts. */
export interface PatchStore {
  replaceAssignmentsOf(
    organizationId: string,
    accountId: string,
    permissionSetArn: string,
    assignments: AccountAssignment[],
  ): Promise<void>;
  /** Undefined = it is not there any more. */
  replacePermissionSet(
    organizationId: string,
    arn: string,
    set: InventoryPermissionSet | undefined,
  ): Promise<void>;
  /** See RolloutStore. */
  replaceOutdatedAccountIds(
    organizationId: string,
    arn: string,
    accountIds: string[] | undefined,
  ): Promise<void>;
  replaceGroup(organizationId: string, patch: GroupPatch): Promise<void>;
  /** Whoever reads sees all of the work or nothing of it. */
  together(work: (store: PatchStore) => Promise<void>): Promise<void>;
}

/** Puts into a store what was read. */
type Patch = (store: PatchStore) => Promise<void>;

/**
 * In this order: a failure in between may show assignments of a group that is not
 * known yet, never a group that seems to have nothing, by which a plan would miss
 * what its members get.
 */
const ORDER: Record<InventoryObject['kind'], number> = {
  assignments: 0,
  permissionSet: 1,
  group: 2,
};

/** Reads single objects again and puts them into the inventory, all at once. */
export class InventoryPatcher {
  readonly #store: PatchStore;

  constructor(store: PatchStore) {
    this.#store = store;
  }

  /**
   * @throws CloudError when one cannot be read; those before it, assignments
   *   first, are stored
   */
  async readAgain(
    organizationId: string,
    clouds: OrganizationClouds,
    objects: InventoryObject[],
  ): Promise<void> {
    const patches: Patch[] = [];
    try {
      const ordered = [...objects].sort(
        (one, other) => ORDER[one.kind] - ORDER[other.kind],
      );
      for (const object of ordered) {
        patches.push(await readPatch(organizationId, clouds, object));
      }
    } finally {
      await this.#store.together(async store => {
        for (const patch of patches) await patch(store);
      });
    }
  }
}

async function readPatch(
  organizationId: string,
  clouds: OrganizationClouds,
  object: InventoryObject,
): Promise<Patch> {
  if (object.kind === 'assignments') {
    const { accountId, permissionSetArn } = object;
    const assignments = await unlessMissing(() =>
      collectPages(clouds.aws.listAssignments(accountId, permissionSetArn)),
    );
    return store =>
      store.replaceAssignmentsOf(
        organizationId,
        accountId,
        permissionSetArn,
        assignments ?? [],
      );
  }
  if (object.kind === 'permissionSet') {
    const { arn } = object;
    const read = await new AwsPartsReader(clouds.aws).readPermissionSet(arn);
    return async store => {
      await store.replacePermissionSet(organizationId, arn, read?.set);
      await store.replaceOutdatedAccountIds(
        organizationId,
        arn,
        read?.outdatedAccountIds,
      );
    };
  }
  const group = await readGroup(clouds, object.entraGroupId);
  return store => store.replaceGroup(organizationId, group);
}

async function readGroup(
  { aws, entra }: OrganizationClouds,
  entraGroupId: string,
): Promise<GroupPatch> {
  const assignment = await unlessMissing(() =>
    entra.findApplicationAssignment(entraGroupId),
  );
  const content = await new EntraPartsReader(entra).readGroup(
    entraGroupId,
    assignment !== undefined,
  );
  const group = await aws.findStoreGroupByExternalId(entraGroupId);
  if (!group) return { entraGroupId, entra: content, store: undefined };
  const memberIds = await unlessMissing(() =>
    collectPages(aws.listStoreMembers(group.groupId)),
  );
  // A member may be new to AWS together with the group.
  const users = await Promise.all(
    (content?.members ?? []).map(({ userId }) =>
      aws.findStoreUserByExternalId(userId),
    ),
  );
  return {
    entraGroupId,
    entra: content,
    store: {
      group,
      memberIds: memberIds ?? [],
      users: users.filter(user => user !== undefined),
    },
  };
}
