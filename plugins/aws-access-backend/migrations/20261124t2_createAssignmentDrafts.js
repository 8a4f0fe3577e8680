// Why: who is assigned where is the largest part of the inventory. It is read
// into a draft beside it, page by page, and takes its place when it is whole: no
// replica has to hold all of it in memory.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_draft_pairs', table => {
    table.string('draft_id').notNullable();
    table.string('organization_id').notNullable();
    table.string('permission_set_arn').notNullable();
    table.string('account_id', 12).notNullable();
    table.string('read_at').comment('When it was read whole before');
    table.boolean('chosen').notNullable().comment('Read whole in this reading');
    table.primary(['draft_id', 'permission_set_arn', 'account_id']);
  });
  await knex.schema.createTable('aws_access_draft_assignments', table => {
    table.string('draft_id').notNullable();
    table.string('organization_id').notNullable();
    table.string('permission_set_arn').notNullable();
    table.string('account_id', 12).notNullable();
    table.string('principal_type').notNullable();
    table.string('principal_id').notNullable();
    table.primary([
      'draft_id',
      'permission_set_arn',
      'account_id',
      'principal_type',
      'principal_id',
    ]);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('aws_access_draft_assignments');
  await knex.schema.dropTable('aws_access_draft_pairs');
};
