// Why: an extension is a request of its own that goes on with the access of
// another; the time of both together counts for the policy's maximum.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('aws_access_requests', table => {
    table
      .string('extension_of')
      .comment('Id of the request whose access it goes on with');
  });
};

/**
 * In place, for the rows that refer to it.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE aws_access_requests DROP COLUMN extension_of');
};
