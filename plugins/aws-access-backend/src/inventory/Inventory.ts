import { AccessRecords } from './AccessRecords';
import { PatchStore } from './InventoryPatcher';
import { AssignmentsDrafts } from './AssignmentsDraft';
import { InventoryLists } from './InventoryLists';
import { InventoryStore } from './InventoryStore';
import { PartDrafts } from './PartDraft';
import { InventoryRotation } from './InventoryRotation';
import { RefreshStore } from './RefreshStore';
import { RolloutStore } from './RolloutStore';

/** The stores behind the picture of both clouds, by what they are asked. */
export interface Inventory {
  /** Its parts, and what planning reads. */
  readonly store: InventoryStore;
  /** Who has what. */
  readonly records: AccessRecords;
  /** Who refreshes it, and how far that is. */
  readonly refreshes: RefreshStore;
  /** What is read in turns, and whose turn it is. */
  readonly rotation: InventoryRotation;
  /** Who is assigned where, while it is being read. */
  readonly drafts: AssignmentsDrafts;
  /** The other parts, while they are being read. */
  readonly partDrafts: PartDrafts;
  /** Where changed permission sets have not arrived. */
  readonly rollouts: RolloutStore;
  /** What only pages list. */
  readonly lists: InventoryLists;
  /** Single objects that are read again. */
  readonly patches: PatchStore;
}
