// Why: what this product makes in a cloud can carry the id of the installation
// that made it, so that a second portal on the same organization, or a cloned
// database, never takes it for its own.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_installation', table => {
    table.comment('One row: the random id of this installation');
    table.string('key').primary().comment('Always "installation"');
    table.string('id').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('aws_access_installation');
};
