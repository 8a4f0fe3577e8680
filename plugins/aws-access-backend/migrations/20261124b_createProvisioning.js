// Why: an approved plan becomes an authorization and durable steps. A step
// records its intent before it writes to a cloud, so that after a crash the
// product knows that it must look, and can tell its own work from others'.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_authorizations', table => {
    table.string('id').primary();
    table.string('organization_id').notNullable();
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table.string('kind').notNullable().comment('grant, mandate or removal');
    table.integer('plan_version').notNullable();
    table.string('plan_digest', 64).notNullable();
    table.string('created_at').notNullable();
    table
      .string('lapses_at')
      .comment('A grant that has not started by then is void; null = never');
    table.string('revoked_at');
    table.unique(['request_id', 'kind', 'plan_version'], {
      indexName: 'aws_access_authorizations_once_uniq',
    });
  });

  await knex.schema.createTable('aws_access_steps', table => {
    table.string('id').primary();
    table.string('organization_id').notNullable();
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table
      .string('authorization_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_authorizations')
      .onDelete('CASCADE');
    table.string('phase').notNullable().comment('grant or removal');
    table.integer('position').notNullable();
    table.string('kind').notNullable();
    table.text('title').notNullable();
    table.text('input').notNullable().comment('JSON');
    table
      .string('state')
      .notNullable()
      .comment('pending, running, waiting, done, failed or skipped');
    table.text('detail').comment('Plain words for people');
    table.text('cloud_message').comment('The raw message, for operators');
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('not_before').comment('Earliest moment of the next attempt');
    table.bigInteger('epoch').comment('Epoch of the claim of the last attempt');
    table.text('result').comment('JSON: ids that later steps need');
    table.string('started_at');
    table.string('finished_at');
    table.unique(['request_id', 'phase', 'position'], {
      indexName: 'aws_access_steps_position_uniq',
    });
    table.index(
      ['organization_id', 'state', 'not_before'],
      'aws_access_steps_due_idx',
    );
  });

  await knex.schema.createTable('aws_access_intents', table => {
    table.comment(
      'Write-ahead: one row per cloud write, before it is sent. Intent + absent before + present after = ours',
    );
    table.string('id').primary();
    table
      .string('step_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_steps')
      .onDelete('CASCADE');
    table.string('organization_id').notNullable();
    table
      .string('object_key')
      .notNullable()
      .comment('What is written, e.g. assignment/<account>/<set>/<group>');
    table.string('operation').notNullable();
    table.string('input_digest', 64).notNullable();
    table.string('nonce').comment('Random part of a name that we made');
    table.bigInteger('epoch').notNullable();
    table.integer('attempt').notNullable();
    table
      .string('state')
      .notNullable()
      .comment('intended, confirmed (seen in the cloud) or abandoned');
    table.text('before').comment('JSON: the value read before; null = absent');
    table.text('result').comment('JSON: ids and the asynchronous request id');
    table.string('intended_at').notNullable();
    table.string('confirmed_at');
    table.index(['step_id'], 'aws_access_intents_step_idx');
    table.index(
      ['organization_id', 'object_key'],
      'aws_access_intents_object_idx',
    );
  });

  await knex.schema.createTable('aws_access_leases', table => {
    table.comment(
      'One reason why one piece of access exists, from when to when',
    );
    table.string('id').primary();
    table.string('organization_id').notNullable();
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table
      .string('object_key')
      .notNullable()
      .comment('The cloud object that the lease keeps alive');
    table.string('object_kind').notNullable();
    table.text('object').notNullable().comment('JSON: ids of the object');
    table.string('team_ref').notNullable();
    table.string('starts_at').notNullable();
    table.string('ends_at').comment('Null = no end');
    table.string('ended_at').comment('When it stopped being a reason');
    table.string('removed_at').comment('When its object was verified gone');
    table.unique(['request_id', 'object_key'], {
      indexName: 'aws_access_leases_object_uniq',
    });
    table.index(['organization_id', 'object_key'], 'aws_access_leases_key_idx');
    table.index(['ended_at', 'ends_at'], 'aws_access_leases_due_idx');
  });

  await knex.schema.createTable('aws_access_footprints', table => {
    table.comment(
      'Object keys of started requests, held until they are verified, so that two requests never compose unseen',
    );
    table.string('organization_id').notNullable();
    table.string('object_key').notNullable();
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table
      .string('mode')
      .notNullable()
      .comment(
        'exclusive: the request changes the object; shared: it relies on it',
      );
    table.primary(['organization_id', 'object_key', 'request_id']);
  });

  await knex.schema.createTable('aws_access_reserved_names', table => {
    table.comment(
      'Group names that plans and started requests use, folded (NFKC, lower case): SCIM merges by name',
    );
    table.string('organization_id').notNullable();
    table.string('folded_name', 512).notNullable();
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table.primary(['organization_id', 'folded_name']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('aws_access_reserved_names');
  await knex.schema.dropTable('aws_access_footprints');
  await knex.schema.dropTable('aws_access_leases');
  await knex.schema.dropTable('aws_access_intents');
  await knex.schema.dropTable('aws_access_steps');
  await knex.schema.dropTable('aws_access_authorizations');
};
