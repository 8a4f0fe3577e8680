// Why: the audit log is searched by kind, actor and time, and grows for ever.

const INDEXES = [
  [['organization_id', 'kind', 'sequence'], 'aws_access_audit_kind_idx'],
  [['organization_id', 'actor', 'sequence'], 'aws_access_audit_actor_idx'],
  [['organization_id', 'at'], 'aws_access_audit_at_idx'],
];

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('aws_access_audit_events', table => {
    for (const [columns, name] of INDEXES) table.index(columns, name);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('aws_access_audit_events', table => {
    for (const [columns, name] of INDEXES) table.dropIndex(columns, name);
  });
};
