import { InventoryPart } from 'backstage-plugin-aws-access-common';
import { StoreGroup, StoreUser } from '../clouds/AwsCloud';
import { EntraUser } from '../clouds/EntraCloud';
import {
  InventoryAccount,
  InventoryEntraGroup,
  InventoryPermissionSet,
  Membership,
} from './InventoryStore';

/** What parts consist of, by the names of their tables in the code. */
export interface PartContent {
  accounts: InventoryAccount;
  permissionSets: InventoryPermissionSet;
  storeUsers: StoreUser;
  storeGroups: StoreGroup;
  storeMemberships: Membership;
  entraUsers: EntraUser;
  entraGroups: InventoryEntraGroup;
  entraMemberships: Membership;
}

/** Parts that are read into a draft; assignments have one of their own kind. */
export type DraftedPart = Exclude<
  InventoryPart,
  'assignments' | 'enterpriseApplication'
>;

/**
 * What a reading has found so far of one part, kept beside the picture that pages
 * show: a page of it is in memory, never all.
 */
export interface PartDraft {
  /** What is there twice is kept once: a list may change while it is read. */
  add<Kind extends keyof PartContent>(
    kind: Kind,
    items: PartContent[Kind][],
  ): Promise<void>;
  /** Takes over what is known of these permission sets, unread. */
  keepPermissionSets(arns: string[]): Promise<void>;
  /**
   * Takes the place of the picture before, and its age: whoever reads sees the
   * old picture or the new one.
   *
   * @param readSince - when the reading began, ISO-8601; default now
   * @throws Error when another reading of the part has begun meanwhile
   */
  finish(readSince?: string): Promise<void>;
}

/** Begins drafts. */
export interface PartDrafts {
  /** Drafts of the part that were begun before are dropped. */
  begin(organizationId: string, part: DraftedPart): Promise<PartDraft>;
}
