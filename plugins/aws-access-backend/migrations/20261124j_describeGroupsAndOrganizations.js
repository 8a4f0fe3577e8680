// Why: a plan asks whether a group may carry access at all, which accounts are
// delegated administrators, and whether the instance has permission sets. Where
// that is not read yet it is unknown, never fine.

const NOT_READ = 'It has not been read since the last upgrade.';

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('aws_access_entra_groups', table => {
    table.string('unique_name');
    table.text('unusable_because').comment('Null = it can carry access');
  });
  await knex('aws_access_entra_groups').update({ unusable_because: NOT_READ });

  await knex.schema.createTable('aws_access_organization_facts', table => {
    table.comment('What the clouds say of an organization as a whole');
    table.string('organization_id').primary();
    table
      .text('delegated_administrator_ids')
      .comment('JSON; null = unknown: not read, or not ours to know');
    table.boolean('permission_sets_enabled').comment('Null = not read');
  });

  await knex.schema.alterTable('aws_access_permission_sets', table => {
    table
      .string('read_at')
      .comment('When its document was read; null = due to be read again');
  });

  await knex.schema.createTable('aws_access_assignment_pairs', table => {
    table.comment(
      'Accounts that have a permission set, and when everybody who is assigned there was read',
    );
    table.string('organization_id').notNullable();
    table.string('account_id', 12).notNullable();
    table.string('permission_set_arn').notNullable();
    table.string('read_at').comment('Null = not yet');
    table.primary(['organization_id', 'account_id', 'permission_set_arn']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('aws_access_assignment_pairs');
  await knex.schema.alterTable('aws_access_permission_sets', table => {
    table.dropColumn('read_at');
  });
  await knex.schema.dropTable('aws_access_organization_facts');
  await knex.schema.alterTable('aws_access_entra_groups', table => {
    table.dropColumn('unusable_because');
    table.dropColumn('unique_name');
  });
};
