// Why: with a key outside the database, who only writes to the database makes no
// decision, no authorization and no later end of access. The key's first use is a
// sealed row of its own, so that records without a seal are believed only once.

const SEALED = [
  'aws_access_decisions',
  'aws_access_authorizations',
  'aws_access_leases',
];

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  for (const name of SEALED) {
    await knex.schema.alterTable(name, table => {
      table
        .string('seal', 80)
        .comment('HMAC-SHA256; null = made without a key');
    });
  }
  await knex.schema.createTable('aws_access_integrity', table => {
    table.string('key').primary();
    table.string('first_used_at').notNullable();
    table.string('seal', 80).notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('aws_access_integrity');
  for (const name of SEALED) {
    await knex.schema.alterTable(name, table => {
      table.dropColumn('seal');
    });
  }
};
