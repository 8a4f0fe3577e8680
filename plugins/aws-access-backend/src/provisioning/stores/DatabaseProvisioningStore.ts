import { Knex } from 'knex';
import { Seals } from '../../integrity/Seals';
import { DatabaseAuthorizationStore } from './DatabaseAuthorizationStore';
import { DatabaseFootprintStore } from './DatabaseFootprintStore';
import { DatabaseIntentStore } from './DatabaseIntentStore';
import { DatabaseStepStore } from './DatabaseStepStore';
import { DatabaseWorkStore } from './DatabaseWorkStore';
import { ProvisioningStore } from './ProvisioningStore';
import { StepRow } from './StepStore';

/** Everything that carrying out requests keeps. */
export class DatabaseProvisioningStore implements ProvisioningStore {
  readonly authorizations: DatabaseAuthorizationStore;
  readonly steps: DatabaseStepStore;
  readonly intents: DatabaseIntentStore;
  readonly footprints: DatabaseFootprintStore;
  readonly work: DatabaseWorkStore;
  readonly #knex: Knex;

  constructor(knex: Knex, seals: Seals) {
    this.#knex = knex;
    this.authorizations = new DatabaseAuthorizationStore(knex, seals);
    this.steps = new DatabaseStepStore(knex);
    this.intents = new DatabaseIntentStore(knex);
    this.footprints = new DatabaseFootprintStore(knex);
    this.work = new DatabaseWorkStore(knex);
  }

  async listSteps(requestId: string): Promise<StepRow[]> {
    return this.steps.listOfRequest(requestId);
  }

  async lockRequest(requestId: string): Promise<void> {
    // Writing a value over itself takes the row's lock on both databases.
    await this.#knex('aws_access_requests')
      .where({ id: requestId })
      .update({ id: requestId });
  }
}
