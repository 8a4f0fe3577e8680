// Why: every other table is keyed by organization, and every state change of
// every other table is audited in the same transaction.
//
// Moments are ISO-8601 text in UTC with milliseconds on both databases: one
// fixed width, so that text order is time order, and no driver turns them into
// another type.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_organizations', table => {
    table.comment('One row per configured organization, from first contact');
    table.string('id').primary();
    table
      .text('pins')
      .comment('JSON: the ids of first contact; a mismatch holds all writes');
    table.string('pinned_at');
    table.text('held_reason').comment('Why writes are held; null = not held');
    table.string('claim_owner').comment('The replica that works for it');
    table
      .bigInteger('claim_epoch')
      .notNullable()
      .defaultTo(0)
      .comment('Raised at each take-over; fences every attempt');
    table.string('claim_until');
  });

  await knex.schema.createTable('aws_access_audit_heads', table => {
    table.comment(
      'Last row of each chain. Appending updates it guarded by its sequence, which makes appenders wait for each other instead of forking the chain',
    );
    table.string('organization_id').primary();
    table.bigInteger('sequence').notNullable();
    table.string('hash', 64).notNullable();
  });

  await knex.schema.createTable('aws_access_audit_events', table => {
    table.comment('Append-only, gap-free, hash-chained per organization');
    table.string('organization_id').notNullable();
    table.bigInteger('sequence').notNullable();
    table.string('at').notNullable();
    table.string('kind').notNullable();
    table.string('actor');
    table.string('request_id');
    table
      .text('canonical')
      .notNullable()
      .comment('RFC 8785 text of the event; what the hash is over');
    table.string('previous_hash', 64).notNullable();
    table.string('hash', 64).notNullable();
    table.primary(['organization_id', 'sequence']);
    table.index(['request_id', 'sequence'], 'aws_access_audit_request_idx');
  });

  await knex.schema.createTable('aws_access_outbox', table => {
    table.comment(
      'What the world hears after the commit: notifications and signals',
    );
    table.string('id').primary();
    table.string('kind').notNullable();
    table.text('payload').notNullable();
    table.string('created_at').notNullable();
    table.string('claimed_until').comment('A replica is delivering it');
    table.integer('attempts').notNullable().defaultTo(0);
    table.index(['created_at'], 'aws_access_outbox_created_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('aws_access_outbox');
  await knex.schema.dropTable('aws_access_audit_events');
  await knex.schema.dropTable('aws_access_audit_heads');
  await knex.schema.dropTable('aws_access_organizations');
};
