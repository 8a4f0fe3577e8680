// Why: past a number of writes or removals in an hour an operator must say go.
// The writes are counted where they are recorded, from the operator's last word
// on.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_write_counts', table => {
    table.string('organization_id').primary();
    table.string('counted_from').notNullable();
  });
  await knex.schema.alterTable('aws_access_intents', table => {
    table.index(
      ['organization_id', 'intended_at'],
      'aws_access_intents_intended_idx',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX aws_access_intents_intended_idx');
  await knex.schema.dropTable('aws_access_write_counts');
};
