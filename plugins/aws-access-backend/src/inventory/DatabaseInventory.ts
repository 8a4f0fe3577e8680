import { Knex } from 'knex';
import { DatabaseAccessRecords } from './DatabaseAccessRecords';
import { DatabaseAssignmentsDrafts } from './DatabaseAssignmentsDraft';
import { DatabaseInventoryLists } from './DatabaseInventoryLists';
import { DatabaseInventoryRotation } from './DatabaseInventoryRotation';
import { DatabaseInventoryStore } from './DatabaseInventoryStore';
import { DatabasePartDrafts } from './DatabasePartDraft';
import { DatabasePatchStore } from './DatabasePatchStore';
import { DatabaseRefreshStore } from './DatabaseRefreshStore';
import { DatabaseRolloutStore } from './DatabaseRolloutStore';
import { Inventory } from './Inventory';

/** The inventory's stores in the plugin's database. */
export class DatabaseInventory implements Inventory {
  readonly store: DatabaseInventoryStore;
  readonly records: DatabaseAccessRecords;
  readonly refreshes: DatabaseRefreshStore;
  readonly rotation: DatabaseInventoryRotation;
  readonly drafts: DatabaseAssignmentsDrafts;
  readonly partDrafts: DatabasePartDrafts;
  readonly rollouts: DatabaseRolloutStore;
  readonly lists: DatabaseInventoryLists;
  readonly patches: DatabasePatchStore;

  /** @param knex - a database that `runMigrations` has brought up to date */
  constructor(knex: Knex) {
    this.store = new DatabaseInventoryStore(knex);
    this.records = new DatabaseAccessRecords(knex);
    this.refreshes = new DatabaseRefreshStore(knex);
    this.rotation = new DatabaseInventoryRotation(knex);
    this.drafts = new DatabaseAssignmentsDrafts(knex);
    this.partDrafts = new DatabasePartDrafts(knex);
    this.rollouts = new DatabaseRolloutStore(knex);
    this.lists = new DatabaseInventoryLists(knex);
    this.patches = new DatabasePatchStore(knex);
  }
}
