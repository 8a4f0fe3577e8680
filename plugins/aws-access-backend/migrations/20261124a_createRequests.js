// Why: what was asked, what was shown for it, who decided, and what happened.
// A decision is bound to a plan version and digest, so plans are kept by
// version and never changed.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_requests', table => {
    table.string('id').primary();
    table.integer('number').notNullable().unique();
    table.string('organization_id').notNullable();
    table.string('state').notNullable();
    table.text('state_reason');
    table
      .integer('version')
      .notNullable()
      .comment('Counts the changes of this row; every change is guarded by it');
    table.integer('plan_version').notNullable();
    table.string('plan_digest', 64).notNullable();
    table.string('requester_ref').notNullable();
    table
      .string('requester_person_id')
      .comment('Entra object id; null = the requester has no mapped person');
    table
      .string('actor')
      .comment('What filed it for the requester, e.g. plugin:scaffolder');
    table.string('team_ref').notNullable();
    table.text('title').notNullable();
    table.text('justification').notNullable();
    table.text('ticket');
    table.string('duration').comment('ISO-8601; null = standing');
    table.text('changes').notNullable().comment('JSON: the changes as filed');
    table.string('idempotency_key').notNullable();
    table.string('body_digest', 64).notNullable();
    table.string('created_at').notNullable();
    table.string('updated_at').notNullable();
    table.string('approved_at');
    table.string('starts_at');
    table.string('ends_at');
    table.unique(['requester_ref', 'idempotency_key'], {
      indexName: 'aws_access_requests_idempotency_uniq',
    });
    table.index(['state', 'number'], 'aws_access_requests_state_idx');
    table.index(
      ['requester_ref', 'number'],
      'aws_access_requests_requester_idx',
    );
    table.index(['team_ref', 'number'], 'aws_access_requests_team_idx');
    table.index(
      ['organization_id', 'state'],
      'aws_access_requests_organization_idx',
    );
  });

  await knex.schema.createTable('aws_access_request_plans', table => {
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table.integer('version').notNullable();
    table.string('digest', 64).notNullable();
    table.text('plan').notNullable().comment('JSON');
    table
      .text('policy')
      .notNullable()
      .comment('JSON: the stages asked for, frozen as a minimum');
    table.string('computed_at').notNullable();
    table.primary(['request_id', 'version']);
  });

  await knex.schema.createTable('aws_access_request_people', table => {
    table.comment(
      'Who benefits from a plan version; they decide on nothing of it',
    );
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table.integer('plan_version').notNullable();
    table.string('entra_user_id').notNullable();
    table.string('entity_ref');
    table.primary(['request_id', 'plan_version', 'entra_user_id']);
    table.index(['entity_ref'], 'aws_access_request_people_ref_idx');
  });

  await knex.schema.createTable('aws_access_request_accounts', table => {
    table.comment(
      'Accounts that a plan version touches; their owners may read',
    );
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table.integer('plan_version').notNullable();
    table.string('account_id', 12).notNullable();
    table.primary(['request_id', 'plan_version', 'account_id']);
    table.index(['account_id'], 'aws_access_request_accounts_idx');
  });

  await knex.schema.createTable('aws_access_request_asked', table => {
    table.comment(
      'Who was asked to decide when a plan version was made; who may decide is resolved anew each time',
    );
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table.integer('plan_version').notNullable();
    table.string('entity_ref').notNullable();
    table.primary(['request_id', 'plan_version', 'entity_ref']);
    table.index(['entity_ref'], 'aws_access_request_asked_ref_idx');
  });

  await knex.schema.createTable('aws_access_decisions', table => {
    table.string('id').primary();
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table.integer('plan_version').notNullable();
    table.string('plan_digest', 64).notNullable();
    table.string('person_id').notNullable().comment('Entra object id');
    table.string('entity_ref').notNullable();
    table.string('verdict').notNullable();
    table.text('reason');
    table.string('decided_at').notNullable();
    table.unique(['request_id', 'plan_version', 'person_id'], {
      indexName: 'aws_access_decisions_once_uniq',
    });
  });

  await knex.schema.createTable('aws_access_timeline', table => {
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table.integer('sequence').notNullable();
    table.string('at').notNullable();
    table.string('kind').notNullable();
    table.string('actor_ref');
    table.text('text').notNullable();
    table.primary(['request_id', 'sequence']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('aws_access_timeline');
  await knex.schema.dropTable('aws_access_decisions');
  await knex.schema.dropTable('aws_access_request_asked');
  await knex.schema.dropTable('aws_access_request_accounts');
  await knex.schema.dropTable('aws_access_request_people');
  await knex.schema.dropTable('aws_access_request_plans');
  await knex.schema.dropTable('aws_access_requests');
};
