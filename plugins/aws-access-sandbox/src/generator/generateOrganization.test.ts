import { createHash } from 'node:crypto';
import { SandboxClock } from '../clock/SandboxClock';
import { runScimCycle } from '../scim';
import { exampleCompany } from '../seed';
import { SandboxStore } from '../store/SandboxStore';
import { generateOrganization } from './generateOrganization';
import { type OrganizationSize, SMALLEST_SIZE } from './OrganizationSize';

const size: OrganizationSize = {
  accounts: 150,
  permissionSets: 70,
  groups: 160,
  people: 400,
  assignments: 2_500,
  seed: 7,
};

describe('generateOrganization', () => {
  const stores: SandboxStore[] = [];
  const generate = (wanted: OrganizationSize) => {
    const store = SandboxStore.open(':memory:');
    stores.push(store);
    const clock = new SandboxClock(store, () => Date.UTC(2026, 10, 1));
    generateOrganization({ store, clock }, wanted);
    return { store, clock };
  };
  const digest = (store: SandboxStore) => {
    const hash = createHash('sha256');
    for (const table of Object.keys(store.countRows())) {
      for (const row of store.all(`SELECT * FROM ${table} ORDER BY rowid`)) {
        hash.update(JSON.stringify(row));
      }
    }
    return hash.digest('hex');
  };

  const { store, clock } = generate(size);
  afterAll(() => stores.forEach(each => each.close()));

  const count = (sql: string) =>
    store.get<{ count: number }>(`SELECT count(*) AS count FROM ${sql}`)!.count;

  it('gives the same rows for the same size, and others for another seed', () => {
    expect(digest(generate(size).store)).toBe(digest(store));
    expect(digest(generate({ ...size, seed: 8 }).store)).not.toBe(
      digest(store),
    );
  });

  it('holds exactly as much as it was asked for', () => {
    for (const wanted of [
      size,
      SMALLEST_SIZE,
      { ...size, groups: 33, assignments: 1_000 },
    ]) {
      expect(generate(wanted).store.countRows()).toMatchObject({
        aws_accounts: wanted.accounts,
        aws_permission_sets: wanted.permissionSets,
        entra_groups: wanted.groups,
        entra_users: wanted.people,
        aws_account_assignments: wanted.assignments,
      });
    }
  });

  it.each([
    ['aws_account_assignments', 'account_id', 'aws_accounts', 'id'],
    [
      'aws_account_assignments',
      'permission_set_arn',
      'aws_permission_sets',
      'arn',
    ],
    ['aws_accounts', 'parent_id', 'aws_organizational_units', 'id'],
    ['aws_resource_tags', 'resource_id', 'aws_accounts', 'id'],
    ['entra_group_members', 'group_id', 'entra_groups', 'id'],
    ['entra_group_members', 'member_id', 'entra_users', 'id'],
    ['entra_group_owners', 'owner_id', 'entra_users', 'id'],
    ['entra_app_role_assignments', 'principal_id', 'entra_groups', 'id'],
    ['scim_links', 'entra_id', 'entra_users', 'id'],
    [
      'scim_links',
      'identity_store_object_id',
      'identity_store_users',
      'user_id',
    ],
  ])('leaves no %s whose %s is not in %s', (from, column, to, key) => {
    // What the example company leaves dangling on purpose, and the other kind of a column for two, is told here.
    const known: Record<string, string> = {
      'aws_accounts.parent_id': `SELECT root_id FROM aws_organization`,
      'aws_resource_tags.resource_id': 'SELECT arn FROM aws_permission_sets',
      'entra_group_owners.owner_id': 'SELECT id FROM entra_service_principals',
      'scim_links.entra_id': 'SELECT id FROM entra_groups',
      'scim_links.identity_store_object_id':
        'SELECT group_id FROM identity_store_groups',
    };
    const others = known[`${from}.${column}`] ?? 'SELECT NULL WHERE 0';
    expect(
      store.all(
        `SELECT ${column} FROM ${from} WHERE ${column} NOT IN (SELECT ${key} FROM ${to} UNION ${others})`,
      ),
    ).toEqual([]);
  });

  it('assigns only to principals of the identity store, but for the example of a deleted group', () => {
    expect(
      store.all(
        `SELECT a.name FROM aws_account_assignments s JOIN aws_accounts a ON a.id = s.account_id
         WHERE s.principal_id NOT IN
           (SELECT group_id FROM identity_store_groups UNION SELECT user_id FROM identity_store_users)`,
      ),
    ).toEqual([{ name: 'data-staging' }]);
    expect(
      count(`aws_account_assignments WHERE principal_type = 'USER'`),
    ).toBeGreaterThan(10);
  });

  it('provisions exactly the assigned permission sets, some of them out of date', () => {
    const pairs = (table: string) =>
      store.all(
        `SELECT DISTINCT permission_set_arn, account_id FROM ${table} ORDER BY 1, 2`,
      );
    expect(pairs('aws_provisioned_permission_sets')).toEqual(
      pairs('aws_account_assignments'),
    );
    expect(
      count(`aws_provisioned_permission_sets p JOIN aws_permission_sets s ON s.arn = p.permission_set_arn
             WHERE p.revision < s.revision`),
    ).toBeGreaterThan(0);
  });

  it('keeps to the quotas of AWS', () => {
    const most = (sql: string) =>
      store.get<{ most: number }>(
        `SELECT max(count) AS most FROM (SELECT count(*) AS count FROM ${sql})`,
      )!.most;
    expect(
      most('aws_provisioned_permission_sets GROUP BY account_id'),
    ).toBeLessThanOrEqual(500);
    expect(count('aws_permission_sets WHERE length(name) > 32')).toBe(0);
    // Organizational units nest five deep at most.
    expect(
      store.get(
        `WITH RECURSIVE tree(id, depth) AS (
           SELECT root_id, 0 FROM aws_organization
           UNION ALL SELECT u.id, tree.depth + 1 FROM aws_organizational_units u JOIN tree ON u.parent_id = tree.id
         ) SELECT max(depth) AS depth FROM tree`,
      ),
    ).toEqual({ depth: 4 });
  });

  it('leaves one group in ten to the tenant alone', () => {
    const added = size.groups - exampleCompany.groups.length;
    expect(
      count('identity_store_groups') -
        exampleCompany.groups.filter(({ assigned }) => assigned).length,
    ).toBe(added - Math.floor(added / 10));
  });

  it('looks as if SCIM had run: its next cycle finds nothing to do', () => {
    const [job] = store.all('SELECT * FROM entra_synchronization_jobs');
    expect(runScimCycle({ store, clock }, job as never)).toMatchObject({
      exported: 0,
      failed: 1,
    });
  });

  it('leaves the access of the example company as it is', () => {
    const example = generate(SMALLEST_SIZE).store;
    const access = (of: SandboxStore) =>
      of.all(
        `SELECT account_id, permission_set_arn, principal_id FROM aws_account_assignments
         WHERE account_id IN (${exampleCompany.accounts
           .map(({ id }) => `'${id}'`)
           .join(', ')}) ORDER BY 1, 2, 3`,
      );
    expect(access(store)).toEqual(access(example));
  });
});
