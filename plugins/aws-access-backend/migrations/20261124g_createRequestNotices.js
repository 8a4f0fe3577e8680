// Why: a reminder and a warning are sent once for a plan version, whichever
// replica gets to it first; and what is due soon is found without reading every
// request.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_request_notices', table => {
    table.comment('Reminders and warnings that were sent, each once');
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table.integer('plan_version').notNullable();
    table.string('kind').notNullable().comment('reminded or expiring');
    table.string('sent_at').notNullable();
    table.primary(['request_id', 'plan_version', 'kind']);
  });
  await knex.schema.alterTable('aws_access_requests', table => {
    table.index(
      ['organization_id', 'state', 'ends_at'],
      'aws_access_requests_ends_idx',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('aws_access_requests', table => {
    table.dropIndex(
      ['organization_id', 'state', 'ends_at'],
      'aws_access_requests_ends_idx',
    );
  });
  await knex.schema.dropTable('aws_access_request_notices');
};
