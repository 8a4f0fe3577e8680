// Why: pages answer from tables and never wait for a cloud. A part of the
// inventory is replaced as a whole when it was read to its end, so a missing
// page is never read as a removal.

const organization = table => table.string('organization_id').notNullable();

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_inventory_parts', table => {
    organization(table);
    table.string('part').notNullable();
    table.string('as_of').comment('When the stored rows were read');
    table.boolean('complete').notNullable();
    table.text('reason').comment('Why the last attempt failed');
    table.string('attempted_at');
    table.primary(['organization_id', 'part']);
  });

  await knex.schema.createTable('aws_access_inventory_refreshes', table => {
    table.comment('The last refresh of each organization, with its progress');
    table.string('organization_id').primary();
    table.string('requested_at').comment('Somebody asked for one');
    table.string('started_at');
    table.string('finished_at');
    table.string('runner').comment('The replica that runs it');
    table.string('runner_until');
    table.string('part');
    table.integer('done');
    table.integer('total');
  });

  await knex.schema.createTable('aws_access_inventory_patches', table => {
    table.comment(
      'Objects that the product changed and read again by itself; a refresh that began earlier has an older picture of them and reads them once more',
    );
    organization(table);
    table.string('object_key').notNullable();
    table.text('object').notNullable().comment('JSON: InventoryObject');
    table.string('patched_at').notNullable();
    table.primary(['organization_id', 'object_key']);
  });

  await knex.schema.createTable('aws_access_accounts', table => {
    organization(table);
    table.string('account_id', 12).notNullable();
    table.string('name').notNullable();
    table.string('email');
    table.string('state').notNullable();
    table.string('joined_at');
    table
      .text('ou_path')
      .notNullable()
      .comment('JSON: [{id, name}] from the root');
    table.text('tags').notNullable().comment('JSON');
    table.primary(['organization_id', 'account_id']);
  });

  await knex.schema.createTable('aws_access_permission_sets', table => {
    organization(table);
    table.string('arn').notNullable();
    table.string('name').notNullable();
    table.string('document_digest', 64).notNullable();
    table.text('document').notNullable().comment('JSON: PermissionSetDocument');
    table.primary(['organization_id', 'arn']);
  });

  await knex.schema.createTable('aws_access_assignments', table => {
    organization(table);
    table.string('account_id', 12).notNullable();
    table.string('permission_set_arn').notNullable();
    table.string('principal_type').notNullable().comment('GROUP or USER');
    table.string('principal_id').notNullable();
    table.primary([
      'organization_id',
      'account_id',
      'permission_set_arn',
      'principal_type',
      'principal_id',
    ]);
    table.index(
      ['organization_id', 'principal_id'],
      'aws_access_assignments_principal_idx',
    );
    table.index(
      ['organization_id', 'permission_set_arn'],
      'aws_access_assignments_set_idx',
    );
  });

  await knex.schema.createTable('aws_access_store_users', table => {
    table.comment('Users of the identity store');
    organization(table);
    table.string('user_id').notNullable();
    table.string('user_name').notNullable();
    table.string('display_name');
    table.string('external_id').comment('Entra object id');
    table.primary(['organization_id', 'user_id']);
    table.index(
      ['organization_id', 'external_id'],
      'aws_access_store_users_ext_idx',
    );
  });

  await knex.schema.createTable('aws_access_store_groups', table => {
    table.comment('Groups of the identity store');
    organization(table);
    table.string('group_id').notNullable();
    table.string('display_name').notNullable();
    table.string('external_id').comment('Entra object id');
    table.primary(['organization_id', 'group_id']);
    table.index(
      ['organization_id', 'external_id'],
      'aws_access_store_groups_ext_idx',
    );
  });

  await knex.schema.createTable('aws_access_store_memberships', table => {
    organization(table);
    table.string('group_id').notNullable();
    table.string('user_id').notNullable();
    table.primary(['organization_id', 'group_id', 'user_id']);
    table.index(
      ['organization_id', 'user_id'],
      'aws_access_store_members_user_idx',
    );
  });

  await knex.schema.createTable('aws_access_entra_users', table => {
    organization(table);
    table.string('user_id').notNullable();
    table.string('user_principal_name').notNullable();
    table.string('display_name');
    table.boolean('account_enabled').notNullable();
    table.primary(['organization_id', 'user_id']);
  });

  await knex.schema.createTable('aws_access_entra_groups', table => {
    table.comment(
      'Groups that carry access: assigned to the enterprise application, or with a counterpart in the identity store',
    );
    organization(table);
    table.string('group_id').notNullable();
    table.string('display_name').notNullable();
    table.string('folded_name', 512).notNullable();
    table.text('description');
    table.boolean('assigned_to_application').notNullable();
    table.integer('owners').comment('How many owners; null = not read');
    table.primary(['organization_id', 'group_id']);
    table.index(
      ['organization_id', 'folded_name'],
      'aws_access_entra_groups_name_idx',
    );
  });

  await knex.schema.createTable('aws_access_entra_memberships', table => {
    organization(table);
    table.string('group_id').notNullable();
    table.string('user_id').notNullable();
    table.primary(['organization_id', 'group_id', 'user_id']);
    table.index(
      ['organization_id', 'user_id'],
      'aws_access_entra_members_user_idx',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'aws_access_entra_memberships',
    'aws_access_entra_groups',
    'aws_access_entra_users',
    'aws_access_store_memberships',
    'aws_access_store_groups',
    'aws_access_store_users',
    'aws_access_assignments',
    'aws_access_permission_sets',
    'aws_access_accounts',
    'aws_access_inventory_patches',
    'aws_access_inventory_refreshes',
    'aws_access_inventory_parts',
  ]) {
    await knex.schema.dropTable(table);
  }
};
