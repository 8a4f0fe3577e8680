import type { SandboxStore } from '../store/SandboxStore';
import { html, Html } from './html';
import { layout, table } from './layout';
import { containing, PAGE_ROWS, pager, searchForm } from './pager';

const PATH = '/sandbox/console';

/** What a person asks the page of the console for. */
export type ConsoleQuestion = {
  /** Part of the name of an account. */
  search: string;
  page: number;
  /** What the console said to the last change. */
  outcome?: { text: string; isRefusal: boolean };
};

type Row = {
  account_id: string;
  account: string;
  permission_set_arn: string;
  permission_set: string;
  principal_type: 'USER' | 'GROUP';
  principal_id: string;
  principal: string | null;
};

function unassignForm(row: Row, principal: string): Html {
  return html`<form class="inline" method="post" action="${PATH}">
    <input type="hidden" name="action" value="unassign" />
    <input type="hidden" name="account" value="${row.account_id}" />
    <input
      type="hidden"
      name="permissionSet"
      value="${row.permission_set_arn}"
    />
    <input type="hidden" name="principal" value="${row.principal_id}" />
    <button
      aria-label="Remove ${row.permission_set} on ${row.account} from ${principal}"
    >
      Remove
    </button>
  </form>`;
}

function assignments(
  store: SandboxStore,
  { search, page }: ConsoleQuestion,
): Html {
  const like = containing(search);
  const from = `FROM aws_account_assignments WHERE :search = ''
    OR account_id IN (SELECT id FROM aws_accounts WHERE name LIKE :like ESCAPE '\\')`;
  const { count } = store.get<{ count: number }>(
    `SELECT count(*) AS count ${from}`,
    { search, like },
  )!;
  const rows = store.all<Row>(
    `SELECT s.account_id, a.name AS account, s.permission_set_arn, p.name AS permission_set,
       s.principal_type, s.principal_id, coalesce(g.display_name, u.display_name) AS principal
     FROM (SELECT * ${from} ORDER BY seq DESC LIMIT :limit OFFSET :offset) s
     JOIN aws_accounts a ON a.id = s.account_id
     JOIN aws_permission_sets p ON p.arn = s.permission_set_arn
     LEFT JOIN identity_store_groups g ON g.group_id = s.principal_id
     LEFT JOIN identity_store_users u ON u.user_id = s.principal_id
     ORDER BY s.seq DESC`,
    { search, like, limit: PAGE_ROWS, offset: (page - 1) * PAGE_ROWS },
  );
  return html`${table(
    ['Account', 'Permission set', 'Principal', 'Kind', 'Change'],
    rows.map(row => {
      const principal = row.principal ?? row.principal_id;
      return [
        row.account,
        row.permission_set,
        principal,
        row.principal_type.toLowerCase(),
        unassignForm(row, principal),
      ];
    }),
    'Nobody has access to such an account.',
  )}
  ${pager(PATH, { search, page, count })}`;
}

function assignForm(): Html {
  return html`<form method="post" action="${PATH}">
    <input type="hidden" name="action" value="assign" />
    <label>Account, name or id<input name="account" required /></label>
    <label>Permission set<input name="permissionSet" required /></label>
    <label
      >Group, or a person's user name<input name="principal" required
    /></label>
    <button>Assign</button>
  </form>`;
}

/** What an administrator can do in the console of Identity Center, past every API that a client watches. */
export function consolePage(
  store: SandboxStore,
  question: ConsoleQuestion,
): string {
  const { outcome, search } = question;
  return layout(
    'Identity Center console',
    PATH,
    html`<p>
        What is changed here is changed at once, by a person and not through the
        API. CloudTrail tells of it late, and under the console's own names.
      </p>
      ${outcome
        ? html`<p
            role="${outcome.isRefusal ? 'alert' : 'status'}"
            class="${outcome.isRefusal ? 'bad' : 'good'}"
          >
            ${outcome.text}
          </p>`
        : ''}
      <h2>Assign</h2>
      ${assignForm()}
      <h2>Assignments</h2>
      ${searchForm(PATH, 'Account', search)} ${assignments(store, question)}`,
  );
}
