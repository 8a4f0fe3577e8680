// Why: an operator can stop the writes of an organization, and the gate asks the
// database in the same query as for the authorization. A stop has an end, and a
// row past its end stops nothing.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_write_stops', table => {
    table.string('organization_id').notNullable();
    table.string('kind').notNullable().comment('grants or everything');
    table.text('reason').notNullable();
    table.string('stopped_by').notNullable();
    table.string('since').notNullable();
    table.string('until').notNullable();
    table.primary(['organization_id', 'kind']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('aws_access_write_stops');
};
