import { AccountAssignment, StoreGroup, StoreUser } from '../clouds/AwsCloud';
import { collectPages } from '../clouds/collectPages';
import { OrganizationClouds } from '../clouds/OrganizationClouds';
import { unlessMissing } from '../clouds/unlessMissing';
import { digestOf } from '../digest/digestOf';
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
  replaceGroup(organizationId: string, patch: GroupPatch): Promise<void>;
}

/** Reads single objects again and puts them into the inventory. */
export class InventoryPatcher {
  readonly #store: PatchStore;

  constructor(store: PatchStore) {
    this.#store = store;
  }

  /** @throws CloudError when one cannot be read; those before it are stored */
  async readAgain(
    organizationId: string,
    clouds: OrganizationClouds,
    objects: InventoryObject[],
  ): Promise<void> {
    for (const object of objects) {
      if (object.kind === 'assignments') {
        const { accountId, permissionSetArn } = object;
        const assignments = await unlessMissing(() =>
          collectPages(clouds.aws.listAssignments(accountId, permissionSetArn)),
        );
        await this.#store.replaceAssignmentsOf(
          organizationId,
          accountId,
          permissionSetArn,
          assignments ?? [],
        );
      } else if (object.kind === 'permissionSet') {
        const { arn } = object;
        const document = await unlessMissing(() =>
          clouds.aws.describePermissionSet(arn),
        );
        await this.#store.replacePermissionSet(
          organizationId,
          arn,
          document && {
            arn,
            name: document.name,
            documentDigest: digestOf(document),
            document,
          },
        );
      } else {
        await this.#store.replaceGroup(
          organizationId,
          await readGroup(clouds, object.entraGroupId),
        );
      }
    }
  }
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
