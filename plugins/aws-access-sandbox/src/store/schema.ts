import { ENTRA_SQL } from './entraSchema';

/**
 * The tables of the sandbox, both halves in one file so that one transaction can carry a change from Entra to
 * Identity Center.
 *
 * Times are integers: milliseconds since the epoch on the sandbox clock. Booleans are 0 or 1. Columns that end in
 * `_json` hold JSON text. `seq` columns keep the order of creation, which is the order of the list pages.
 */
const META = `
CREATE TABLE IF NOT EXISTS meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
`;

const AWS = `
CREATE TABLE IF NOT EXISTS aws_organization (
  id TEXT PRIMARY KEY,
  arn TEXT NOT NULL,
  root_id TEXT NOT NULL,
  root_arn TEXT NOT NULL,
  management_account_id TEXT NOT NULL,
  management_account_email TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS aws_instance (
  instance_arn TEXT PRIMARY KEY,
  identity_store_id TEXT NOT NULL,
  owner_account_id TEXT NOT NULL,
  name TEXT,
  region TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'ACTIVE',
  permission_sets_enabled INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS aws_organizational_units (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  arn TEXT NOT NULL,
  name TEXT NOT NULL,
  parent_id TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS aws_organizational_units_parent ON aws_organizational_units (parent_id, seq);

CREATE TABLE IF NOT EXISTS aws_accounts (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  arn TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'ACTIVE',
  joined_method TEXT NOT NULL DEFAULT 'CREATED',
  joined_at INTEGER NOT NULL,
  parent_id TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS aws_accounts_parent ON aws_accounts (parent_id, seq);
CREATE INDEX IF NOT EXISTS aws_accounts_email ON aws_accounts (email);

CREATE TABLE IF NOT EXISTS aws_account_creations (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  request_id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('IN_PROGRESS', 'SUCCEEDED', 'FAILED')),
  failure_reason TEXT,
  account_id TEXT,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  tags_json TEXT NOT NULL,
  requested_at INTEGER NOT NULL,
  completes_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS aws_account_creations_due ON aws_account_creations (state, completes_at);

CREATE TABLE IF NOT EXISTS aws_resource_tags (
  resource_id TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (resource_id, key)
);

CREATE TABLE IF NOT EXISTS aws_delegated_administrators (
  account_id TEXT NOT NULL,
  service_principal TEXT NOT NULL,
  enabled_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, service_principal)
);

CREATE TABLE IF NOT EXISTS aws_access_keys (
  access_key_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  principal_arn TEXT NOT NULL,
  expires_at INTEGER
);

CREATE TABLE IF NOT EXISTS aws_permission_sets (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  arn TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  description TEXT,
  session_duration TEXT NOT NULL DEFAULT 'PT1H',
  relay_state TEXT,
  inline_policy TEXT,
  permissions_boundary_json TEXT,
  revision INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS aws_managed_policy_attachments (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  permission_set_arn TEXT NOT NULL REFERENCES aws_permission_sets (arn) ON DELETE CASCADE,
  policy_arn TEXT NOT NULL,
  policy_name TEXT NOT NULL,
  UNIQUE (permission_set_arn, policy_arn)
);

CREATE TABLE IF NOT EXISTS aws_customer_managed_policy_references (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  permission_set_arn TEXT NOT NULL REFERENCES aws_permission_sets (arn) ON DELETE CASCADE,
  name TEXT NOT NULL,
  path TEXT NOT NULL DEFAULT '/',
  UNIQUE (permission_set_arn, name, path)
);

CREATE TABLE IF NOT EXISTS aws_account_customer_policies (
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT NOT NULL DEFAULT '/',
  PRIMARY KEY (account_id, name, path)
);

CREATE TABLE IF NOT EXISTS aws_provisioned_permission_sets (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  permission_set_arn TEXT NOT NULL,
  account_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  provisioned_at INTEGER NOT NULL,
  UNIQUE (permission_set_arn, account_id)
);
CREATE INDEX IF NOT EXISTS aws_provisioned_by_account ON aws_provisioned_permission_sets (account_id, seq);
CREATE INDEX IF NOT EXISTS aws_provisioned_by_set ON aws_provisioned_permission_sets (permission_set_arn, seq, revision);

CREATE TABLE IF NOT EXISTS aws_account_assignments (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL,
  permission_set_arn TEXT NOT NULL,
  principal_type TEXT NOT NULL CHECK (principal_type IN ('USER', 'GROUP')),
  principal_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (permission_set_arn, account_id, principal_type, principal_id)
);
CREATE INDEX IF NOT EXISTS aws_account_assignments_principal ON aws_account_assignments (principal_id, seq);

CREATE TABLE IF NOT EXISTS aws_operations (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  request_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('create', 'delete', 'provision')),
  status TEXT NOT NULL CHECK (status IN ('IN_PROGRESS', 'SUCCEEDED', 'FAILED')),
  failure_reason TEXT,
  permission_set_arn TEXT NOT NULL,
  account_id TEXT,
  principal_type TEXT,
  principal_id TEXT,
  effect_applied INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  completes_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS aws_operations_due ON aws_operations (effect_applied, completes_at);
CREATE INDEX IF NOT EXISTS aws_operations_list ON aws_operations (kind, status, seq);
CREATE INDEX IF NOT EXISTS aws_operations_kind ON aws_operations (kind, seq);

CREATE TABLE IF NOT EXISTS aws_instance_regions (
  region TEXT PRIMARY KEY,
  added_at INTEGER NOT NULL,
  removed_at INTEGER
);

CREATE TABLE IF NOT EXISTS aws_access_control_configurations (
  instance_arn TEXT PRIMARY KEY,
  attributes_json TEXT NOT NULL,
  created_at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS aws_trail_events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL,
  event_time INTEGER NOT NULL,
  visible_at INTEGER NOT NULL,
  event_name TEXT NOT NULL,
  event_source TEXT NOT NULL,
  user_name TEXT,
  access_key_id TEXT,
  read_only INTEGER NOT NULL,
  resources_json TEXT NOT NULL,
  event_json TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS aws_trail_events_account ON aws_trail_events (account_id, seq);
`;

const IDENTITY_STORE = `
CREATE TABLE IF NOT EXISTS identity_store_users (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id TEXT NOT NULL UNIQUE,
  user_name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  display_name TEXT,
  given_name TEXT,
  family_name TEXT,
  email TEXT,
  phone_number TEXT,
  title TEXT,
  active INTEGER NOT NULL DEFAULT 1,
  external_id_issuer TEXT,
  external_id TEXT,
  attributes_json TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS identity_store_users_external ON identity_store_users (external_id);
CREATE INDEX IF NOT EXISTS identity_store_users_email_any_case ON identity_store_users (email COLLATE NOCASE);

CREATE TABLE IF NOT EXISTS identity_store_groups (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  description TEXT,
  external_id_issuer TEXT,
  external_id TEXT,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS identity_store_groups_external ON identity_store_groups (external_id);

CREATE TABLE IF NOT EXISTS identity_store_memberships (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  membership_id TEXT NOT NULL UNIQUE,
  group_id TEXT NOT NULL REFERENCES identity_store_groups (group_id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES identity_store_users (user_id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  UNIQUE (group_id, user_id)
);
CREATE INDEX IF NOT EXISTS identity_store_memberships_user ON identity_store_memberships (user_id, seq);
CREATE INDEX IF NOT EXISTS identity_store_memberships_group ON identity_store_memberships (group_id, seq);
`;

/** The statements that make an empty state file ready, safe to run on a filled one. */
export const SCHEMA_SQL = [META, AWS, IDENTITY_STORE, ENTRA_SQL].join('\n');

/** Raised when a table changes shape: a state file of another version is refused with a hint to reset it. */
export const SCHEMA_VERSION = 3;
