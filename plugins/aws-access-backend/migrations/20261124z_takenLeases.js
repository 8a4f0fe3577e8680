// Why: what an approved removal took from a request must be told from what that
// request left behind at its own end, also years later.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('aws_access_leases', table => {
    table
      .string('taken_by_request_id')
      .comment('Whose approved removal took the object away; null = none did');
    table.index(['taken_by_request_id'], 'aws_access_leases_taken_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX aws_access_leases_taken_idx');
  await knex.schema.alterTable('aws_access_leases', table => {
    table.dropColumn('taken_by_request_id');
  });
};
