// Why: how often a person may do what costs much holds across replicas. One row
// per person and kind: the minute of the last time, and how often in it.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_rates', table => {
    table.comment('How often people did something in one minute');
    table.string('kind').notNullable().comment('preview, comment or denial');
    table.string('user_ref').notNullable();
    table.string('minute', 16).notNullable().comment('2026-11-24T09:30, UTC');
    table.integer('count').notNullable();
    table.primary(['kind', 'user_ref']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('aws_access_rates');
};
