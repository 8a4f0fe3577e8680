import { AccessRecords } from './AccessRecords';
import { PatchStore } from './InventoryPatcher';
import { InventoryStore } from './InventoryStore';
import { RefreshStore } from './RefreshStore';

/** The stores behind the picture of both clouds, by what they are asked. */
export interface Inventory {
  /** Its parts, and what planning reads. */
  readonly store: InventoryStore;
  /** Who has what. */
  readonly records: AccessRecords;
  /** Who refreshes it, and how far that is. */
  readonly refreshes: RefreshStore;
  /** Single objects that are read again. */
  readonly patches: PatchStore;
}
