// Why: a request may be filed for somebody else, and who filed it decides on
// nothing of it either; a repeated call is known by who called. Alternates of a
// later stage are asked by the time for which that stage has been open.

const REQUESTS = 'aws_access_requests';

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable(REQUESTS, table => {
    table.string('filer_ref').comment('Who filed it; null = the requester');
    table.string('filer_person_id').comment('Entra object id of the filer');
  });
  await knex(REQUESTS).update({
    filer_ref: knex.ref('requester_ref'),
    filer_person_id: knex.ref('requester_person_id'),
  });
  await knex.schema.alterTable(REQUESTS, table => {
    table.dropUnique(
      ['requester_ref', 'idempotency_key'],
      'aws_access_requests_idempotency_uniq',
    );
    table.unique(['filer_ref', 'idempotency_key'], {
      indexName: 'aws_access_requests_filer_key_uniq',
    });
    table.index(['filer_ref', 'state'], 'aws_access_requests_filer_idx');
  });
  await knex.schema.alterTable('aws_access_request_plans', table => {
    table
      .text('opened_at')
      .comment('JSON: when later stages opened, by stage id');
  });
};

/**
 * In place, for the rows that refer to it.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE aws_access_request_plans DROP COLUMN opened_at');
  await knex.schema.alterTable(REQUESTS, table => {
    table.dropIndex(['filer_ref', 'state'], 'aws_access_requests_filer_idx');
    table.dropUnique(
      ['filer_ref', 'idempotency_key'],
      'aws_access_requests_filer_key_uniq',
    );
    table.unique(['requester_ref', 'idempotency_key'], {
      indexName: 'aws_access_requests_idempotency_uniq',
    });
  });
  await knex.raw('ALTER TABLE aws_access_requests DROP COLUMN filer_person_id');
  await knex.raw('ALTER TABLE aws_access_requests DROP COLUMN filer_ref');
};
