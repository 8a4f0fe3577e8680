// Why: who owns a group decides on who is in it, so a plan must know whether
// somebody besides this product does before a group carries or is taken over.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('aws_access_entra_groups', table => {
    table
      .boolean('owned_by_us')
      .comment('Our own service principal is an owner; null = not read');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('aws_access_entra_groups', table => {
    table.dropColumn('owned_by_us');
  });
};
