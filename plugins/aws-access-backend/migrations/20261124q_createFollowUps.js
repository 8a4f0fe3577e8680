// Why: a template that follows a request is started once, whatever replica or
// crash: its row is there before the scaffolder is asked, and leaves `waiting`
// by one guarded update.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_follow_ups', table => {
    table.comment('Templates to start when the access of a request is usable');
    table
      .string('request_id')
      .primary()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table
      .string('state')
      .notNullable()
      .comment('waiting, starting, started or notStarted');
    table.string('task_id').nullable().comment("The scaffolder's task");
    table.text('detail').nullable().comment('Why it was not started');
    table.string('queued_at').notNullable();
    table.string('changed_at').notNullable().comment('Of the state');
    table.index(['state', 'queued_at'], 'aws_access_follow_ups_state');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('aws_access_follow_ups');
};
