// Why: accounts, people and who is in which group are read into drafts as well,
// page by page: no replica holds a part of the inventory in memory, and what it
// replaces is replaced inside the database.

// Columns as in the tables that the drafts take the place of; whoever adds one
// there adds it here.
const DRAFTS = {
  aws_access_draft_accounts: {
    key: ['account_id'],
    columns: table => {
      table.string('account_id', 12).notNullable();
      table.string('name').notNullable();
      table.string('email');
      table.string('state').notNullable();
      table.string('joined_at');
      table.text('ou_path').notNullable();
      table.text('tags').notNullable();
    },
  },
  aws_access_draft_permission_sets: {
    key: ['arn'],
    columns: table => {
      table.string('arn').notNullable();
      table.string('name').notNullable();
      table.string('document_digest', 64).notNullable();
      table.text('document').notNullable();
    },
  },
  aws_access_draft_store_users: {
    key: ['user_id'],
    columns: table => {
      table.string('user_id').notNullable();
      table.string('user_name').notNullable();
      table.string('display_name');
      table.string('external_id');
    },
  },
  aws_access_draft_store_groups: {
    key: ['group_id'],
    columns: table => {
      table.string('group_id').notNullable();
      table.string('display_name').notNullable();
      table.string('external_id');
    },
  },
  aws_access_draft_store_memberships: {
    key: ['group_id', 'user_id'],
    columns: table => {
      table.string('group_id').notNullable();
      table.string('user_id').notNullable();
    },
  },
  aws_access_draft_entra_users: {
    key: ['user_id'],
    columns: table => {
      table.string('user_id').notNullable();
      table.string('user_principal_name').notNullable();
      table.string('display_name');
      table.boolean('account_enabled').notNullable();
    },
  },
  aws_access_draft_entra_groups: {
    key: ['group_id'],
    columns: table => {
      table.string('group_id').notNullable();
      table.string('display_name').notNullable();
      table.string('folded_name', 512).notNullable();
      table.text('description');
      table.boolean('assigned_to_application').notNullable();
      table.integer('owners');
      table.boolean('owned_by_us');
      table.string('unique_name');
      table.text('unusable_because');
    },
  },
  aws_access_draft_entra_memberships: {
    key: ['group_id', 'user_id'],
    columns: table => {
      table.string('group_id').notNullable();
      table.string('user_id').notNullable();
    },
  },
};

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('aws_access_inventory_drafts', table => {
    table.comment('The draft of each part that may take its place');
    table.string('organization_id').notNullable();
    table.string('part').notNullable();
    table.string('draft_id').notNullable();
    table.primary(['organization_id', 'part']);
  });
  for (const [name, { key, columns }] of Object.entries(DRAFTS)) {
    await knex.schema.createTable(name, table => {
      table.string('draft_id').notNullable();
      table.string('organization_id').notNullable();
      columns(table);
      table.primary(['draft_id', ...key]);
      table.index(['organization_id'], `${name}_idx`);
    });
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const name of Object.keys(DRAFTS).reverse()) {
    await knex.schema.dropTable(name);
  }
  await knex.schema.dropTable('aws_access_inventory_drafts');
};
