import type { SandboxContext } from '../server/SandboxContext';
import { html, Html } from './html';
import { layout, pageTime, table } from './layout';

type PageContext = Pick<SandboxContext, 'store' | 'clock'>;

/** Rows of a table at most: nobody reads more, and a browser does not take a million. */
const MAXIMUM_ROWS = 200;

/** Says that a table holds not all there is. */
function shown(count: number): Html | '' {
  return count > MAXIMUM_ROWS
    ? html`<p class="note">
        The first ${MAXIMUM_ROWS} of ${count.toLocaleString('en')}.
      </p>`
    : '';
}

function accounts({ store }: PageContext): Html {
  const units = new Map(
    store
      .all<{ id: string; name: string; parent_id: string }>(
        'SELECT id, name, parent_id FROM aws_organizational_units',
      )
      .map(unit => [unit.id, unit]),
  );
  const path = (id: string): string => {
    const unit = units.get(id);
    return unit ? `${path(unit.parent_id)} / ${unit.name}` : 'Root';
  };
  const rows = store.all<Record<string, string>>(
    `SELECT a.id, a.name, a.parent_id, e.value AS environment, o.value AS owner
     FROM (SELECT * FROM aws_accounts ORDER BY seq LIMIT ?) a
     LEFT JOIN aws_resource_tags e ON e.resource_id = a.id AND e.key = 'environment'
     LEFT JOIN aws_resource_tags o ON o.resource_id = a.id AND o.key = 'owner'
     ORDER BY a.name`,
    [MAXIMUM_ROWS],
  );
  return table(
    ['Account', 'Id', 'Organizational unit', 'Environment', 'Owner'],
    rows.map(row => [
      row.name,
      html`<code>${row.id}</code>`,
      path(row.parent_id),
      row.environment,
      row.owner,
    ]),
    'There are no accounts.',
  );
}

function groups({ store }: PageContext): Html {
  const rows = store.all<Record<string, string | number | null>>(
    `SELECT g.display_name AS name,
       (SELECT count(*) FROM entra_group_members WHERE group_id = g.id) AS members,
       (SELECT count(*) FROM entra_group_owners WHERE group_id = g.id) AS owners,
       EXISTS (SELECT 1 FROM entra_app_role_assignments WHERE principal_id = g.id) AS assigned,
       i.group_id,
       (SELECT count(*) FROM identity_store_memberships WHERE group_id = i.group_id) AS carried
     FROM (SELECT * FROM entra_groups WHERE deleted_at IS NULL ORDER BY seq LIMIT ?) g
     LEFT JOIN identity_store_groups i ON i.external_id = g.id
     ORDER BY g.display_name`,
    [MAXIMUM_ROWS],
  );
  return table(
    ['Group', 'Members in Entra', 'Members in AWS', 'Owners', 'State'],
    rows.map(row => {
      const state = row.assigned
        ? html`<span class="bad">waits for SCIM</span>`
        : 'not assigned to the application';
      return [
        row.name,
        row.members,
        row.group_id === null ? '' : row.carried,
        row.owners || html`<span class="bad">nobody</span>`,
        row.group_id === null ? state : html`<span class="good">in AWS</span>`,
      ];
    }),
    'There are no groups.',
  );
}

function assignments({ store }: PageContext): Html {
  const rows = store.all<Record<string, string | null>>(
    `SELECT a.name AS account, p.name AS permission_set, s.principal_type, s.principal_id,
       g.display_name AS group_name, u.display_name AS user_name
     FROM (SELECT * FROM aws_account_assignments ORDER BY seq LIMIT ?) s
     JOIN aws_accounts a ON a.id = s.account_id
     JOIN aws_permission_sets p ON p.arn = s.permission_set_arn
     LEFT JOIN identity_store_groups g ON g.group_id = s.principal_id
     LEFT JOIN identity_store_users u ON u.user_id = s.principal_id
     ORDER BY a.name, p.name`,
    [MAXIMUM_ROWS],
  );
  return table(
    ['Account', 'Permission set', 'Principal', 'Kind'],
    rows.map(row => [
      row.account,
      row.permission_set,
      row.group_name ??
        row.user_name ??
        html`<code>${row.principal_id}</code>
          <span class="bad">no longer exists</span>`,
      row.principal_type?.toLowerCase(),
    ]),
    'Nobody has access to anything.',
  );
}

function clockForms({ store, clock }: PageContext): Html {
  const jobs = store.all<{
    state: string;
    last_cycle_ended_at: number | null;
    next_cycle_at: number | null;
  }>('SELECT * FROM entra_synchronization_jobs ORDER BY seq');
  return html`<p>
      It is <b>${pageTime(clock.now())}</b> in the sandbox.
      ${jobs.map(
        job =>
          html`SCIM is ${job.state.toLowerCase()}; its last cycle ended at
          ${pageTime(job.last_cycle_ended_at)}, the next one starts at
          ${pageTime(job.next_cycle_at)}.`,
      )}
    </p>
    <form method="post" action="/sandbox/clock">
      <label
        >Minutes<input
          type="number"
          name="minutes"
          value="40"
          min="1"
          max="527040"
          required
      /></label>
      <button>Advance the clock</button>
    </form>
    <form method="post" action="/sandbox/clock">
      <button name="minutes" value="40">+40 minutes, a SCIM cycle</button>
      <button name="minutes" value="60">+1 hour</button>
      <button name="minutes" value="1440">+1 day</button>
    </form>
    <form method="post" action="/sandbox/scim">
      <button>Run SCIM now</button>
    </form>`;
}

/** Both clouds at a glance, and the clock. */
export function overviewPage(context: PageContext): string {
  const rows = context.store.countRows();
  const numbers = [
    [rows.aws_accounts, 'accounts'],
    [rows.aws_permission_sets, 'permission sets'],
    [rows.aws_account_assignments, 'assignments'],
    [rows.entra_users, 'people in Entra'],
    [rows.identity_store_users, 'people in AWS'],
    [rows.identity_store_groups, 'groups in AWS'],
  ];
  return layout(
    'Both clouds',
    '/sandbox',
    html`<ul class="numbers">
        ${numbers.map(
          ([count, label]) => html`<li><b>${count}</b>${label}</li>`,
        )}
      </ul>
      <h2>Clock</h2>
      ${clockForms(context)}
      <h2>Accounts</h2>
      ${shown(rows.aws_accounts)} ${accounts(context)}
      <h2>Groups</h2>
      ${shown(rows.entra_groups)} ${groups(context)}
      <h2>Assignments</h2>
      ${shown(rows.aws_account_assignments)} ${assignments(context)}`,
  );
}
