import knexFactory from 'knex';
import { ProvisioningWorld } from './ProvisioningWorld';

/**
 * A worker as a process of its own, for tests that kill it. Its one argument is
 * JSON: the database's client and connection, and where the sandbox listens.
 */
const { client, connection, url } = JSON.parse(process.argv[2]);
const knex = knexFactory({ client, connection, useNullAsDefault: true });
new ProvisioningWorld(knex, { url }).engine().start();
