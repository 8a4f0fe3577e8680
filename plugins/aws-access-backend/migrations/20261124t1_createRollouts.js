// Why: a permission set that was changed reaches its accounts one by one. The
// page of a permission set says where an older version is still at work.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_permission_set_rollouts', table => {
    table.string('organization_id').notNullable();
    table.string('permission_set_arn').notNullable();
    table
      .text('outdated_account_ids')
      .notNullable()
      .comment('JSON: accounts that do not have the latest version');
    table.primary(['organization_id', 'permission_set_arn']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('aws_access_permission_set_rollouts');
};
