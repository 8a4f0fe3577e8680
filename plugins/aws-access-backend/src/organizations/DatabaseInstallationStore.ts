import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { InstallationStore } from './InstallationStore';

const INSTALLATION = 'aws_access_installation';
const KEY = 'installation';

/** Which installation of the product this database belongs to. */
export class DatabaseInstallationStore implements InstallationStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async getId(): Promise<string> {
    const known = await this.#read();
    if (known) return known;
    // Of two replicas that begin at once, the first one names it.
    await this.#knex(INSTALLATION)
      .insert({ key: KEY, id: randomUUID() })
      .onConflict('key')
      .ignore();
    return (await this.#read())!;
  }

  async #read(): Promise<string | undefined> {
    const row = await this.#knex(INSTALLATION).where({ key: KEY }).first('id');
    return row?.id;
  }
}
