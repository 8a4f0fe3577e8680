// Why: a stage may have alternates, who are asked when it has waited too long.
// The worker must find those requests without reading all that are pending.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('aws_access_request_plans', table => {
    table
      .string('waiting_since')
      .comment('Since when it waits for decisions; null = since computed');
    table
      .string('alternates_at')
      .comment('When alternates are asked next; null = never');
    table.index(['alternates_at'], 'aws_access_request_plans_alternates_idx');
  });
};

/**
 * In place, as in the migration before.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX aws_access_request_plans_alternates_idx');
  await knex.raw(
    'ALTER TABLE aws_access_request_plans DROP COLUMN alternates_at',
  );
  await knex.raw(
    'ALTER TABLE aws_access_request_plans DROP COLUMN waiting_since',
  );
};
