// Why: operators are told once that a limit of an hour is reached, and that a stop
// has ended by itself. Both are noted where they are decided, so that a restart
// or another replica does not say it again.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('aws_access_write_counts', table => {
    table.string('told_at').comment('when operators heard of the limit');
  });
  await knex.schema.alterTable('aws_access_write_stops', table => {
    table.string('end_told_at').comment('when people heard of the end');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('aws_access_write_stops', table => {
    table.dropColumn('end_told_at');
  });
  await knex.schema.alterTable('aws_access_write_counts', table => {
    table.dropColumn('told_at');
  });
};
