import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { SCHEMA_SQL, SCHEMA_VERSION } from './schema';

/**
 * A value that SQLite can hold.
 * @public
 */
export type SqlValue = string | number | bigint | null;

interface Connection {
  readonly database: Database.Database;
  readonly statements: Map<string, Database.Statement>;
}

/** Rows that one statement inserts when there are many. */
const ROWS_AT_ONCE = 50;

/** The tables that say who is calling. */
const CREDENTIALS =
  /\b(aws_access_keys|entra_access_tokens|entra_client_secrets|entra_client_certificates|entra_federated_credentials)\b/;

/**
 * The sandbox's state: one SQLite file that both clouds share.
 *
 * It is synchronous on purpose. A request handler that does not await anything is atomic against every other
 * request, so the emulated services never see half of each other's writes.
 *
 * @public
 */
export class SandboxStore {
  private connection: Connection;
  private readonly own: Connection;
  /** Copies of the state that stand still, closed with the store. */
  private readonly pins = new Set<SandboxStore>();

  /**
   * Opens (and creates, when it is missing) a state file.
   *
   * @param file - path of the file, or `:memory:`
   * @throws Error when the file was written by a version with other tables
   */
  static open(file: string): SandboxStore {
    if (file !== ':memory:') {
      mkdirSync(dirname(file), { recursive: true });
    }
    const database = new Database(file);
    database.pragma('journal_mode = WAL');
    // WAL with NORMAL keeps every committed transaction through a killed process, and costs no fsync a write.
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    const version = database.pragma('user_version', { simple: true });
    if (version !== 0 && version !== SCHEMA_VERSION) {
      database.close();
      throw new Error(
        `The sandbox state in ${file} has format ${version}, this version needs ${SCHEMA_VERSION}: delete the file to start again from the seed`,
      );
    }
    database.exec(SCHEMA_SQL);
    database.pragma(`user_version = ${SCHEMA_VERSION}`);
    return new SandboxStore(database);
  }

  private constructor(database: Database.Database) {
    this.own = { database, statements: new Map() };
    this.connection = this.own;
  }

  /** All rows of a query. Parameters are positional (`?`) or, as one object, named (`:name`). */
  all<T = Record<string, SqlValue>>(
    sql: string,
    parameters: SqlValue[] | Record<string, SqlValue> = [],
  ): T[] {
    return this.prepare(sql).all(parameters) as T[];
  }

  /** The first row of a query. */
  get<T = Record<string, SqlValue>>(
    sql: string,
    parameters: SqlValue[] | Record<string, SqlValue> = [],
  ): T | undefined {
    return this.prepare(sql).get(parameters) as T | undefined;
  }

  /** Runs a writing statement and returns how many rows it changed. */
  run(
    sql: string,
    parameters: SqlValue[] | Record<string, SqlValue> = [],
  ): number {
    return this.prepare(sql, this.own).run(parameters).changes;
  }

  /** Adds a row whose keys are column names; absent (`undefined`) ones take the column's default. */
  insert(table: string, row: Record<string, SqlValue | undefined>): void {
    const columns = Object.keys(row).filter(key => row[key] !== undefined);
    this.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns
        .map(() => '?')
        .join(', ')})`,
      this.own,
    ).run(columns.map(key => row[key] as SqlValue));
  }

  /**
   * Adds many rows in one transaction, as fast as SQLite can: rows are made one at a time as they are written, so
   * that a million of them never exist at once.
   *
   * @param rows - values in the order of the columns
   */
  insertMany(
    table: string,
    columns: readonly string[],
    rows: Iterable<readonly SqlValue[]>,
  ): void {
    const row = `(${columns.map(() => '?').join(', ')})`;
    const write = (values: SqlValue[], count: number) =>
      this.prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array(count)
          .fill(row)
          .join(', ')}`,
        this.own,
      ).run(values);
    this.transaction(() => {
      let values: SqlValue[] = [];
      for (const each of rows) {
        values.push(...each);
        if (values.length === ROWS_AT_ONCE * columns.length) {
          write(values, ROWS_AT_ONCE);
          values = [];
        }
      }
      if (values.length > 0) {
        write(values, values.length / columns.length);
      }
    });
  }

  /**
   * Runs work that fills the store, in one transaction and without the indexes that only make reading fast. They are
   * built at the end, from sorted rows: that takes a third less time and memory for a million rows.
   */
  fill(work: () => void): void {
    this.transaction(() => {
      const indexes = this.all<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
      );
      for (const { name } of indexes) {
        this.own.database.exec(`DROP INDEX ${name}`);
      }
      work();
      this.own.database.exec(SCHEMA_SQL);
    });
  }

  /** Runs the work in one transaction: all of it or, when it throws, none. Nested calls join the outer one. */
  transaction<T>(work: () => T): T {
    const { database } = this.connection;
    return database.inTransaction
      ? work()
      : database.transaction(work).immediate();
  }

  /**
   * A view of the state as it is now, which later writes do not change. A state file costs nothing to pin; a state in
   * memory is copied.
   */
  pin(): SandboxStore {
    const { database } = this.own;
    const copy = database.memory
      ? new Database(database.serialize())
      : new Database(database.name, { readonly: true });
    copy.pragma('query_only = ON');
    // The transaction stays open: in WAL mode it keeps seeing what its first read saw.
    copy.exec('BEGIN');
    copy.prepare('SELECT count(*) FROM meta').get();
    const pin = new SandboxStore(copy);
    this.pins.add(pin);
    return pin;
  }

  /** Gives up a pinned view. */
  unpin(pin: SandboxStore): void {
    this.pins.delete(pin);
    pin.close();
  }

  /**
   * Runs synchronous work that reads from a pinned view instead of the state. Credentials stay fresh: the clouds know
   * a new token at once, whatever else they have not heard of. What the work writes goes into the state.
   */
  readFrom(pin: SandboxStore, work: () => void): void {
    this.connection = pin.own;
    try {
      work();
    } finally {
      this.connection = this.own;
    }
  }

  /** Reads a value of the `meta` table: the clock's offset, the seed's name, counters. */
  getMeta(key: string): string | undefined {
    return this.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', [
      key,
    ])?.value;
  }

  /** Writes a value of the `meta` table. */
  setMeta(key: string, value: string): void {
    this.run(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      [key, value],
    );
  }

  /** The next number of a named counter, from 1 and never twice, also across restarts. */
  nextCount(name: string): number {
    return this.transaction(() => {
      const next = Number(this.getMeta(`counter.${name}`) ?? '0') + 1;
      this.setMeta(`counter.${name}`, String(next));
      return next;
    });
  }

  /** Empties every table, so that a seed can be planted again. */
  clear(): void {
    this.transaction(() => {
      const { database } = this.own;
      database.pragma('defer_foreign_keys = ON');
      for (const table of this.tableNames()) {
        database.exec(`DELETE FROM ${table}`);
      }
    });
  }

  /** How many rows each table holds. */
  countRows(): Record<string, number> {
    return Object.fromEntries(
      this.tableNames().map(table => [
        table,
        this.get<{ count: number }>(`SELECT count(*) AS count FROM ${table}`)
          ?.count ?? 0,
      ]),
    );
  }

  /** Closes the file; the store cannot be used afterwards. */
  close(): void {
    for (const pin of this.pins) {
      pin.close();
    }
    this.pins.clear();
    this.own.statements.clear();
    this.own.database.close();
  }

  private tableNames(): string[] {
    return this.all<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    ).map(row => row.name);
  }

  private prepare(
    sql: string,
    connection = CREDENTIALS.test(sql) ? this.own : this.connection,
  ): Database.Statement {
    const { database, statements } = connection;
    let statement = statements.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  }
}
