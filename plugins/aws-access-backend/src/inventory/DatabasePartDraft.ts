import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { writePart } from './DatabaseInventoryParts';
import { rows, TABLES } from './inventoryTables';
import { Membership } from './InventoryStore';
import { DraftedPart, PartContent, PartDraft, PartDrafts } from './PartDraft';

const DRAFTS = 'aws_access_inventory_drafts';
/** SQLite joins at most 500 rows into one insert. */
const CHUNK = 400;

const PARTS: Record<DraftedPart, Array<keyof PartContent>> = {
  accounts: ['accounts'],
  permissionSets: ['permissionSets'],
  identityStore: ['storeUsers', 'storeGroups', 'storeMemberships'],
  entraUsers: ['entraUsers'],
  entraGroups: ['entraGroups', 'entraMemberships'],
};

const toMembershipRow = ({ groupId, userId }: Membership) => ({
  group_id: groupId,
  user_id: userId,
});

const TO_ROW: {
  [Kind in keyof PartContent]: (item: PartContent[Kind]) => object;
} = {
  accounts: rows.account.toRow,
  permissionSets: rows.permissionSet.toRow,
  storeUsers: rows.storeUser.toRow,
  storeGroups: rows.storeGroup.toRow,
  storeMemberships: toMembershipRow,
  entraUsers: rows.entraUser.toRow,
  entraGroups: rows.entraGroup.toRow,
  entraMemberships: toMembershipRow,
};

/** The same columns as in the table, and whose draft it is. */
function draftTable(kind: keyof PartContent): string {
  return TABLES[kind].replace('aws_access_', 'aws_access_draft_');
}

/** A draft in tables of its own; the database puts it in its place. */
class DatabasePartDraft implements PartDraft {
  readonly #knex: Knex;
  readonly #part: DraftedPart;
  readonly #own: { draft_id: string; organization_id: string };
  /** Rows that are not inserted yet: fewer than a chunk. */
  readonly #waiting = new Map<keyof PartContent, object[]>();
  readonly #columns = new Map<keyof PartContent, string[]>();

  constructor(
    knex: Knex,
    part: DraftedPart,
    own: { draft_id: string; organization_id: string },
  ) {
    this.#knex = knex;
    this.#part = part;
    this.#own = own;
  }

  async add<Kind extends keyof PartContent>(
    kind: Kind,
    items: PartContent[Kind][],
  ): Promise<void> {
    const waiting = this.#waiting.get(kind) ?? [];
    this.#waiting.set(kind, waiting);
    for (const item of items) waiting.push(TO_ROW[kind](item));
    if (waiting.length >= CHUNK) await this.#flush(kind);
  }

  async keepPermissionSets(arns: string[]): Promise<void> {
    const columns = ['arn', 'name', 'document_digest', 'document'];
    this.#columns.set('permissionSets', columns);
    const { draft_id, organization_id } = this.#own;
    for (let start = 0; start < arns.length; start += CHUNK) {
      const known = this.#knex(TABLES.permissionSets)
        .where({ organization_id })
        .whereIn('arn', arns.slice(start, start + CHUNK))
        .select(this.#knex.raw('?, ?', [draft_id, organization_id]))
        .select(columns);
      await this.#knex(
        this.#knex.raw('?? (??, ??, ??, ??, ??, ??)', [
          draftTable('permissionSets'),
          'draft_id',
          'organization_id',
          ...columns,
        ]),
      ).insert(known);
    }
  }

  async finish(readSince?: string): Promise<void> {
    const { draft_id, organization_id } = this.#own;
    const part = this.#part;
    for (const kind of PARTS[part]) await this.#flush(kind);
    await this.#knex.transaction(async transaction => {
      const current = await transaction(DRAFTS)
        .where({ organization_id, part, draft_id })
        .delete();
      if (current !== 1) {
        throw new Error(`Another reading of the part ${part} has begun`);
      }
      for (const kind of PARTS[part]) {
        await transaction(TABLES[kind]).where({ organization_id }).delete();
        const columns = this.#columns.get(kind);
        // Nothing was added where no columns are known.
        if (!columns) continue;
        const all = ['organization_id', ...columns];
        const into = transaction.raw(`?? (${all.map(() => '??').join(', ')})`, [
          TABLES[kind],
          ...all,
        ]);
        const draft = transaction(draftTable(kind));
        await transaction(into).insert(
          draft.clone().where({ draft_id }).select(all),
        );
        await draft.where({ draft_id }).delete();
      }
      await writePart(transaction, organization_id, part, readSince);
    });
  }

  async #flush(kind: keyof PartContent): Promise<void> {
    const content = this.#waiting.get(kind)?.splice(0) ?? [];
    if (content.length > 0) this.#columns.set(kind, Object.keys(content[0]));
    for (let start = 0; start < content.length; start += CHUNK) {
      await this.#knex(draftTable(kind))
        .insert(
          content
            .slice(start, start + CHUNK)
            .map(row => ({ ...this.#own, ...row })),
        )
        .onConflict()
        .ignore();
    }
  }
}

/** Begins drafts in the plugin's database. */
export class DatabasePartDrafts implements PartDrafts {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async begin(organizationId: string, part: DraftedPart): Promise<PartDraft> {
    const organization_id = organizationId;
    const draft_id = randomUUID();
    await this.#knex.transaction(async transaction => {
      // From here on the draft before it cannot be finished any more.
      await transaction(DRAFTS)
        .insert({ organization_id, part, draft_id })
        .onConflict(['organization_id', 'part'])
        .merge();
      for (const kind of PARTS[part]) {
        await transaction(draftTable(kind)).where({ organization_id }).delete();
      }
    });
    return new DatabasePartDraft(this.#knex, part, {
      draft_id,
      organization_id,
    });
  }
}
