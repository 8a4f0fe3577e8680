// Why: when many people seem to have left Entra at once, their access waits for an
// operator, who must find it waiting on whichever replica, also after a restart.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_held_leavers', table => {
    table.comment('People whose access ends only when an operator says go');
    table.string('organization_id').primary();
    table.text('people').notNullable().comment('JSON: Entra object ids');
    table.string('since').notNullable();
    table
      .string('released_at')
      .comment('When an operator said go; null = they wait');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('aws_access_held_leavers');
};
