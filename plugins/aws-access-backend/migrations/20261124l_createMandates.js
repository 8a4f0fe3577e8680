// Why: what a request keeps true after its approval, such as a permission set in
// every account of an organizational unit, needs a limit, an owner and an end of
// its own, and a record of everything that was done in its name.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_mandates', table => {
    table.comment('What an approved request keeps true as the world changes');
    table.string('id').primary();
    table.string('organization_id').notNullable();
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table
      .string('kind')
      .notNullable()
      .comment('scope: accounts of a scope; team: members of a team');
    table.string('object_key', 512).notNullable().comment('In the plan');
    table.text('document').notNullable().comment('JSON: what is kept true');
    table.string('owner_ref').notNullable();
    table.integer('ceiling').comment('Most accounts it may ever hold');
    table.string('approved_at').notNullable();
    table.string('starts_at').notNullable();
    table.string('ends_at').comment('Null = with its request');
    table.string('revoked_at');
    table
      .text('held_reason')
      .comment('Why it waits for an operator; null = it does not');
    table.unique(['request_id', 'object_key'], {
      indexName: 'aws_access_mandates_object_uniq',
    });
    table.index(['organization_id'], 'aws_access_mandates_org_idx');
  });

  await knex.schema.createTable('aws_access_mandate_entries', table => {
    table
      .string('mandate_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_mandates')
      .onDelete('CASCADE');
    table.string('subject').notNullable().comment('Account id or Entra id');
    table
      .string('verdict')
      .notNullable()
      .comment('approved, takenIn, asked, ignored or left');
    table.text('reason').notNullable();
    table
      .string('request_id')
      .comment('What was filed for it; null = it is part of the request itself')
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table.string('at').notNullable();
    table.primary(['mandate_id', 'subject']);
    table.index(['request_id'], 'aws_access_mandate_entries_request_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('aws_access_mandate_entries');
  await knex.schema.dropTable('aws_access_mandates');
};
