/** The tables of the Entra tenant, its applications, logs and SCIM job; conventions as in `schema.ts`. */
export const ENTRA_SQL = `
CREATE TABLE IF NOT EXISTS entra_tenant (
  id TEXT PRIMARY KEY,
  display_name TEXT NOT NULL,
  default_domain TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS entra_users (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  user_principal_name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  display_name TEXT NOT NULL,
  given_name TEXT,
  surname TEXT,
  mail TEXT,
  mail_nickname TEXT,
  job_title TEXT,
  department TEXT,
  mobile_phone TEXT,
  user_type TEXT NOT NULL DEFAULT 'Member',
  account_enabled INTEGER NOT NULL DEFAULT 1,
  attributes_json TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL,
  visible_at INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER
);
CREATE INDEX IF NOT EXISTS entra_users_name ON entra_users (display_name COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS entra_users_mail ON entra_users (mail COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS entra_users_mail_nickname ON entra_users (mail_nickname COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS entra_users_count ON entra_users (visible_at, deleted_at) WHERE deleted_at IS NULL;

CREATE TABLE IF NOT EXISTS entra_groups (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  description TEXT,
  unique_name TEXT UNIQUE,
  mail_nickname TEXT NOT NULL,
  mail_enabled INTEGER NOT NULL DEFAULT 0,
  security_enabled INTEGER NOT NULL DEFAULT 1,
  group_types_json TEXT NOT NULL DEFAULT '[]',
  is_assignable_to_role INTEGER NOT NULL DEFAULT 0,
  membership_rule TEXT,
  attributes_json TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  visible_at INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER
);
CREATE INDEX IF NOT EXISTS entra_groups_name ON entra_groups (display_name COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS entra_groups_mail_nickname ON entra_groups (mail_nickname COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS entra_groups_count ON entra_groups (visible_at, deleted_at) WHERE deleted_at IS NULL;

CREATE TABLE IF NOT EXISTS entra_group_members (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  member_type TEXT NOT NULL CHECK (member_type IN ('user', 'group', 'servicePrincipal')),
  created_at INTEGER NOT NULL,
  UNIQUE (group_id, member_id)
);
CREATE INDEX IF NOT EXISTS entra_group_members_group ON entra_group_members (group_id, seq);
CREATE INDEX IF NOT EXISTS entra_group_members_member ON entra_group_members (member_id, seq);

CREATE TABLE IF NOT EXISTS entra_group_owners (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  owner_type TEXT NOT NULL CHECK (owner_type IN ('user', 'servicePrincipal')),
  created_at INTEGER NOT NULL,
  UNIQUE (group_id, owner_id)
);
CREATE INDEX IF NOT EXISTS entra_group_owners_group ON entra_group_owners (group_id, seq);
CREATE INDEX IF NOT EXISTS entra_group_owners_owner ON entra_group_owners (owner_id, seq);

CREATE TABLE IF NOT EXISTS entra_applications (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  app_id TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  application_template_id TEXT,
  app_roles_json TEXT NOT NULL DEFAULT '[]',
  attributes_json TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL,
  visible_at INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER
);
CREATE INDEX IF NOT EXISTS entra_applications_name ON entra_applications (display_name COLLATE NOCASE);

CREATE TABLE IF NOT EXISTS entra_application_owners (
  app_id TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  PRIMARY KEY (app_id, owner_id)
);

CREATE TABLE IF NOT EXISTS entra_service_principals (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  app_id TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  application_template_id TEXT,
  service_principal_type TEXT NOT NULL DEFAULT 'Application',
  account_enabled INTEGER NOT NULL DEFAULT 1,
  app_role_assignment_required INTEGER NOT NULL DEFAULT 0,
  app_roles_json TEXT NOT NULL DEFAULT '[]',
  attributes_json TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL,
  visible_at INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER
);
CREATE INDEX IF NOT EXISTS entra_service_principals_name ON entra_service_principals (display_name COLLATE NOCASE);

CREATE TABLE IF NOT EXISTS entra_app_role_assignments (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  resource_id TEXT NOT NULL,
  app_role_id TEXT NOT NULL,
  principal_id TEXT NOT NULL,
  principal_type TEXT NOT NULL CHECK (principal_type IN ('User', 'Group', 'ServicePrincipal')),
  created_at INTEGER NOT NULL,
  UNIQUE (resource_id, app_role_id, principal_id)
);
CREATE INDEX IF NOT EXISTS entra_app_role_assignments_resource ON entra_app_role_assignments (resource_id, seq);
CREATE INDEX IF NOT EXISTS entra_app_role_assignments_principal ON entra_app_role_assignments (principal_id, seq);

CREATE TABLE IF NOT EXISTS entra_access_tokens (
  token TEXT PRIMARY KEY,
  service_principal_id TEXT NOT NULL,
  user_id TEXT,
  permissions_json TEXT NOT NULL,
  expires_at INTEGER
);

CREATE TABLE IF NOT EXISTS entra_client_secrets (
  app_id TEXT NOT NULL,
  secret TEXT NOT NULL,
  permissions_json TEXT NOT NULL,
  PRIMARY KEY (app_id, secret)
);

CREATE TABLE IF NOT EXISTS entra_client_certificates (
  app_id TEXT NOT NULL,
  certificate_pem TEXT NOT NULL,
  permissions_json TEXT NOT NULL,
  PRIMARY KEY (app_id, certificate_pem)
);

CREATE TABLE IF NOT EXISTS entra_federated_credentials (
  app_id TEXT NOT NULL,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  audience TEXT NOT NULL,
  issuer_key_pem TEXT NOT NULL,
  permissions_json TEXT NOT NULL,
  PRIMARY KEY (app_id, issuer, subject)
);

CREATE TABLE IF NOT EXISTS entra_synchronization_jobs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  service_principal_id TEXT NOT NULL,
  template_id TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'Active',
  quarantine_json TEXT,
  interval_ms INTEGER NOT NULL DEFAULT 2400000,
  last_cycle_started_at INTEGER,
  last_cycle_ended_at INTEGER,
  next_cycle_at INTEGER,
  cycles INTEGER NOT NULL DEFAULT 0,
  status_json TEXT NOT NULL DEFAULT '{}',
  schema_json TEXT
);

CREATE TABLE IF NOT EXISTS entra_synchronization_secrets (
  service_principal_id TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT,
  PRIMARY KEY (service_principal_id, key)
);

CREATE TABLE IF NOT EXISTS scim_tokens (
  token TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER
);

CREATE TABLE IF NOT EXISTS entra_claims_mapping_policies (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  definition_json TEXT NOT NULL,
  is_organization_default INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS entra_claims_policy_links (
  service_principal_id TEXT PRIMARY KEY,
  policy_id TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS entra_conditional_access_policies (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  body_json TEXT NOT NULL,
  created_at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS entra_directory_audits (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  happened_at INTEGER NOT NULL,
  activity TEXT NOT NULL,
  category TEXT NOT NULL,
  operation_type TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  initiated_by_json TEXT NOT NULL,
  targets_json TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS entra_directory_audits_time ON entra_directory_audits (happened_at);

CREATE TABLE IF NOT EXISTS entra_sign_ins (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  happened_at INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  app_id TEXT NOT NULL,
  ip_address TEXT NOT NULL,
  error_code INTEGER NOT NULL DEFAULT 0,
  failure_reason TEXT
);
CREATE INDEX IF NOT EXISTS entra_sign_ins_time ON entra_sign_ins (happened_at);
CREATE INDEX IF NOT EXISTS entra_sign_ins_user ON entra_sign_ins (user_id, seq);

CREATE TABLE IF NOT EXISTS entra_changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  member_id TEXT,
  member_type TEXT
);
CREATE INDEX IF NOT EXISTS entra_changes_type ON entra_changes (object_type, seq);

CREATE TABLE IF NOT EXISTS scim_links (
  job_id TEXT NOT NULL,
  entra_id TEXT NOT NULL,
  object_type TEXT NOT NULL CHECK (object_type IN ('user', 'group')),
  identity_store_object_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (job_id, entra_id)
);
CREATE INDEX IF NOT EXISTS scim_links_target ON scim_links (identity_store_object_id);
CREATE INDEX IF NOT EXISTS scim_links_type ON scim_links (job_id, object_type);

CREATE TABLE IF NOT EXISTS entra_provisioning_log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  job_id TEXT NOT NULL,
  cycle_id TEXT,
  happened_at INTEGER NOT NULL,
  action TEXT NOT NULL,
  status TEXT NOT NULL,
  source_id TEXT,
  source_type TEXT,
  source_display_name TEXT,
  target_id TEXT,
  error_code TEXT,
  reason TEXT,
  details_json TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX IF NOT EXISTS entra_provisioning_log_time ON entra_provisioning_log (happened_at);
CREATE INDEX IF NOT EXISTS entra_provisioning_log_source ON entra_provisioning_log (source_id, seq);
`;
