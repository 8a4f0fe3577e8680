import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { AccountAssignment } from '../clouds/AwsCloud';
import { AssignmentsDraft, AssignmentsDrafts } from './AssignmentsDraft';
import { rows, TABLES } from './inventoryTables';
import { writePart } from './DatabaseInventoryParts';

const DRAFTS = 'aws_access_inventory_drafts';
const PART = 'assignments';
const PAIRS = 'aws_access_draft_pairs';
const ASSIGNMENTS = 'aws_access_draft_assignments';
/** SQLite joins at most 500 rows into one insert. */
const CHUNK = 400;

/** A draft in tables of its own; the database compares it with what was before. */
class DatabaseAssignmentsDraft implements AssignmentsDraft {
  readonly #knex: Knex;
  readonly #own: { draft_id: string; organization_id: string };
  /** Rows that are not inserted yet: fewer than a chunk, so that answers of a page cost no statement each. */
  readonly #waiting: Record<string, object[]> = {
    [PAIRS]: [],
    [ASSIGNMENTS]: [],
  };

  constructor(knex: Knex, own: { draft_id: string; organization_id: string }) {
    this.#knex = knex;
    this.#own = own;
  }

  async addPairs(permission_set_arn: string, accountIds: string[]) {
    await this.#add(
      PAIRS,
      accountIds.map(account_id => ({
        permission_set_arn,
        account_id,
        chosen: false,
      })),
    );
  }

  async countPairs(): Promise<number> {
    await this.#flush(PAIRS);
    return this.#count(this.#knex, PAIRS);
  }

  async addAssignments(assignments: AccountAssignment[]) {
    await this.#add(ASSIGNMENTS, assignments.map(rows.assignment.toRow));
  }

  async choose(share: number): Promise<number> {
    await this.#flush(ASSIGNMENTS);
    const { draft_id, organization_id } = this.#own;
    await this.#knex.transaction(async transaction => {
      await transaction.raw(
        `UPDATE ${PAIRS} SET read_at = (
           SELECT p.read_at FROM ${TABLES.assignmentPairs} AS p
           WHERE p.organization_id = ? AND p.account_id = ${PAIRS}.account_id
             AND p.permission_set_arn = ${PAIRS}.permission_set_arn)
         WHERE draft_id = ?`,
        [organization_id, draft_id],
      );
      await transaction(PAIRS)
        .where({ draft_id })
        .whereNotExists(samePair(transaction, ASSIGNMENTS, PAIRS))
        .update({ chosen: true });
      const explained = await this.#count(transaction, PAIRS, false);
      const due = transaction(PAIRS)
        .where({ draft_id, chosen: false })
        // Never read ones first, on both databases.
        .orderByRaw(`coalesce(read_at, ''), permission_set_arn, account_id`)
        .limit(Math.ceil(explained * share))
        .select('permission_set_arn', 'account_id');
      await transaction(PAIRS)
        .where({ draft_id })
        .whereIn(['permission_set_arn', 'account_id'], due)
        .update({ chosen: true });
      await transaction(ASSIGNMENTS)
        .where({ draft_id })
        .whereExists(
          samePair(transaction, PAIRS, ASSIGNMENTS).where({ chosen: true }),
        )
        .delete();
    });
    return this.#count(this.#knex, PAIRS, true);
  }

  async *chosen() {
    const { draft_id } = this.#own;
    let last = ['', ''];
    for (;;) {
      const found = await this.#knex(PAIRS)
        .where({ draft_id, chosen: true })
        .whereRaw('(permission_set_arn, account_id) > (?, ?)', last)
        .orderBy(['permission_set_arn', 'account_id'])
        .limit(CHUNK)
        .select('permission_set_arn', 'account_id');
      for (const { permission_set_arn, account_id } of found) {
        yield { accountId: account_id, permissionSetArn: permission_set_arn };
        last = [permission_set_arn, account_id];
      }
      if (found.length < CHUNK) return;
    }
  }

  async finish(readSince: string): Promise<void> {
    await this.#flush(ASSIGNMENTS);
    const { draft_id, organization_id } = this.#own;
    await this.#knex.transaction(async transaction => {
      const current = await transaction(DRAFTS)
        .where({ organization_id, part: PART, draft_id })
        .delete();
      if (current !== 1) {
        throw new Error('Another reading of who is assigned where has begun');
      }
      const columns = 'account_id, permission_set_arn';
      await transaction.raw(
        `INSERT INTO ${ASSIGNMENTS}
           (draft_id, organization_id, ${columns}, principal_type, principal_id)
         SELECT p.draft_id, p.organization_id, a.account_id, a.permission_set_arn, a.principal_type, a.principal_id
         FROM ${PAIRS} AS p JOIN ${TABLES.assignments} AS a
           ON a.organization_id = p.organization_id AND a.account_id = p.account_id
             AND a.permission_set_arn = p.permission_set_arn
         WHERE p.draft_id = ? AND p.chosen = ? AND a.principal_type = 'USER'`,
        [draft_id, false],
      );
      await transaction(TABLES.assignments).where({ organization_id }).delete();
      await transaction.raw(
        `INSERT INTO ${TABLES.assignments}
           (organization_id, ${columns}, principal_type, principal_id)
         SELECT organization_id, ${columns}, principal_type, principal_id
         FROM ${ASSIGNMENTS} WHERE draft_id = ?`,
        [draft_id],
      );
      await transaction(TABLES.assignmentPairs)
        .where({ organization_id })
        .delete();
      await transaction.raw(
        `INSERT INTO ${TABLES.assignmentPairs} (organization_id, ${columns}, read_at)
         SELECT organization_id, ${columns}, CASE WHEN chosen = ? THEN ? ELSE read_at END
         FROM ${PAIRS} WHERE draft_id = ?`,
        [true, readSince, draft_id],
      );
      await writePart(transaction, organization_id, PART, readSince);
      for (const table of [PAIRS, ASSIGNMENTS]) {
        await transaction(table).where({ draft_id }).delete();
      }
    });
  }

  async #count(knex: Knex, table: string, chosen?: boolean): Promise<number> {
    const [{ count }] = await knex(table)
      .where({
        draft_id: this.#own.draft_id,
        ...(chosen !== undefined && { chosen }),
      })
      .count({ count: '*' });
    return Number(count);
  }

  async #add(table: string, content: object[]): Promise<void> {
    const waiting = this.#waiting[table];
    waiting.push(...content);
    if (waiting.length >= CHUNK) await this.#flush(table);
  }

  async #flush(table: string): Promise<void> {
    const content = this.#waiting[table].splice(0);
    for (let start = 0; start < content.length; start += CHUNK) {
      await this.#knex(table)
        .insert(
          content
            .slice(start, start + CHUNK)
            .map(row => ({ ...this.#own, ...row })),
        )
        // A list that changes while its pages are read may name one thing twice.
        .onConflict()
        .ignore();
    }
  }
}

/** Begins drafts in the plugin's database. */
export class DatabaseAssignmentsDrafts implements AssignmentsDrafts {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async begin(organizationId: string): Promise<AssignmentsDraft> {
    const own = { organization_id: organizationId };
    const draft_id = randomUUID();
    await this.#knex.transaction(async transaction => {
      // From here on the draft before it cannot be finished any more.
      await transaction(DRAFTS)
        .insert({ ...own, part: PART, draft_id })
        .onConflict(['organization_id', 'part'])
        .merge();
      await transaction(PAIRS).where(own).delete();
      await transaction(ASSIGNMENTS).where(own).delete();
    });
    return new DatabaseAssignmentsDraft(this.#knex, { ...own, draft_id });
  }
}

/** Rows of one table of a draft that are about the same pair as the other's. */
function samePair(knex: Knex, table: string, other: string) {
  return knex(table)
    .select(knex.raw('1'))
    .where(`${table}.draft_id`, knex.ref(`${other}.draft_id`))
    .where(`${table}.account_id`, knex.ref(`${other}.account_id`))
    .where(
      `${table}.permission_set_arn`,
      knex.ref(`${other}.permission_set_arn`),
    );
}
