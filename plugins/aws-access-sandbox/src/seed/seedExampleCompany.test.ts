import { SandboxClock } from '../clock/SandboxClock';
import { SandboxStore } from '../store/SandboxStore';
import { exampleCompany } from './exampleCompany';
import { seedExampleCompany } from './seedExampleCompany';

const { people, groups, assignments } = exampleCompany;

describe('seedExampleCompany', () => {
  const store = SandboxStore.open(':memory:');
  const clock = new SandboxClock(store);
  beforeAll(() => seedExampleCompany({ store, clock }));
  afterAll(() => store.close());

  const count = (sql: string) =>
    store.get<{ count: number }>(`SELECT count(*) AS count FROM ${sql}`)!.count;

  it('writes every account, permission set, assignment, person and group', () => {
    expect(store.countRows()).toMatchObject({
      aws_accounts: 14,
      aws_permission_sets: 12,
      aws_account_assignments: assignments.length,
      entra_users: 45,
      entra_groups: groups.length,
    });
  });

  it('has carried all assigned groups to the identity store, and all people but the one without a surname', () => {
    expect(count('identity_store_groups')).toBe(
      groups.filter(({ assigned }) => assigned).length,
    );
    expect(
      store
        .all<{ display_name: string }>(
          `SELECT display_name FROM entra_users u WHERE NOT EXISTS
             (SELECT 1 FROM identity_store_users i WHERE i.external_id = u.id)`,
        )
        .map(row => row.display_name),
    ).toEqual(['Madhuri']);
    expect(count('identity_store_users')).toBe(people.length - 1);
    expect(count(`entra_provisioning_log WHERE status = 'failure'`)).toBe(1);
  });

  it('holds one assignment whose principal is gone, and provisions every assigned pair', () => {
    expect(
      store.all(
        `SELECT a.name FROM aws_account_assignments s JOIN aws_accounts a ON a.id = s.account_id
         WHERE s.principal_type = 'GROUP' AND s.principal_id NOT IN (SELECT group_id FROM identity_store_groups)`,
      ),
    ).toEqual([{ name: 'data-staging' }]);
    expect(
      count(`aws_account_assignments s WHERE NOT EXISTS (SELECT 1 FROM aws_provisioned_permission_sets p
         WHERE p.account_id = s.account_id AND p.permission_set_arn = s.permission_set_arn)`),
    ).toBe(0);
  });

  it('leaves the next SCIM cycle in the future', () => {
    const job = store.get<{ next_cycle_at: number }>(
      'SELECT next_cycle_at FROM entra_synchronization_jobs',
    )!;
    expect(job.next_cycle_at).toBeGreaterThan(clock.now());
  });
});
