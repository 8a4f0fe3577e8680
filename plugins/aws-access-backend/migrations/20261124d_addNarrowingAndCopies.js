// Why: an approver may approve less than was asked for. The narrower plan is a
// new version, and decisions on the wider one go on counting for it. A request
// may copy the wishes of another.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('aws_access_request_plans', table => {
    table
      .integer('counts_from_version')
      .comment('Oldest version whose decisions count; null = only its own');
  });
  await knex.schema.alterTable('aws_access_requests', table => {
    table.string('copy_of').comment('Id of the request whose wishes it copies');
  });
};

/**
 * SQLite drops a plain column in place only in this form: Knex would make the
 * table anew, and the rows that refer to it would go with the old one.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE aws_access_requests DROP COLUMN copy_of');
  await knex.raw(
    'ALTER TABLE aws_access_request_plans DROP COLUMN counts_from_version',
  );
};
