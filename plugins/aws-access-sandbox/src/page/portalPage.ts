import type { SandboxStore } from '../store/SandboxStore';
import { accessOfPerson, PersonAccess } from './accessOfPerson';
import { html, Html } from './html';
import { layout, pageTime, table } from './layout';
import { containing, PAGE_ROWS, pager, searchForm } from './pager';

const PATH = '/sandbox/portal';

/** What a person asks the page of the access portal for. */
export type PortalQuestion = {
  /** Object id of the person who signs in. */
  person?: string;
  /** Part of a name or of a user principal name. */
  search: string;
  page: number;
  /** The role that was opened a moment ago. */
  opened?: { accountId: string; permissionSetArn: string };
};

function roles(entraId: string, { roles: taken }: PersonAccess): Html {
  return table(
    ['Account', 'Id', 'Role', 'Through', 'Sign in'],
    taken.map(role => [
      role.accountName,
      html`<code>${role.accountId}</code>`,
      role.permissionSet,
      role.group ?? 'an assignment to the person',
      html`<form class="inline" method="post" action="${PATH}/open">
        <input type="hidden" name="person" value="${entraId}" />
        <input type="hidden" name="accountId" value="${role.accountId}" />
        <input
          type="hidden"
          name="permissionSetArn"
          value="${role.permissionSetArn}"
        />
        <button
          aria-label="Open ${role.accountName} as ${role.permissionSet}, through ${role.group ??
          'an assignment to the person'}"
        >
          Open
        </button>
      </form>`,
    ]),
    'The portal is empty: nobody gave this person access to an account.',
  );
}

/** Says when the trails will tell of the role that was opened last. */
function openedNote(
  store: SandboxStore,
  { roles: taken, userId }: PersonAccess,
  opened: PortalQuestion['opened'],
): Html | '' {
  const role = taken.find(
    ({ accountId, permissionSetArn }) =>
      accountId === opened?.accountId &&
      permissionSetArn === opened.permissionSetArn,
  );
  const event =
    role &&
    store.get<{ event_time: number; visible_at: number }>(
      `SELECT event_time, visible_at FROM aws_trail_events
       WHERE event_name = 'Federate' AND json_extract(event_json, '$.userIdentity.onBehalfOf.userId') = ?
       ORDER BY seq DESC LIMIT 1`,
      [userId],
    );
  return event
    ? html`<p role="status" class="good">
        Opened ${role.accountName} as ${role.permissionSet} at
        ${pageTime(event.event_time)}. CloudTrail tells of it from
        ${pageTime(event.visible_at)} on.
      </p>`
    : '';
}

function result(store: SandboxStore, question: PortalQuestion): Html | '' {
  const { person: entraId } = question;
  if (entraId === undefined) {
    return '';
  }
  const access = accessOfPerson(store, entraId);
  if (!access) {
    return html`<p class="bad">There is no such person.</p>`;
  }
  const { displayName, refusal } = access;
  if (refusal) {
    return html`<p class="bad">${displayName} sees nothing. ${refusal}</p>`;
  }
  return html`<h2>Signed in as ${displayName}</h2>
    ${openedNote(store, access, question.opened)} ${roles(entraId, access)}`;
}

function people(store: SandboxStore, { search, page }: PortalQuestion): Html {
  const condition = `deleted_at IS NULL AND (display_name LIKE :like ESCAPE '\\' OR user_principal_name LIKE :like ESCAPE '\\')`;
  const like = containing(search);
  const { count } = store.get<{ count: number }>(
    `SELECT count(*) AS count FROM entra_users WHERE ${condition}`,
    { like },
  )!;
  const found = store.all<Record<string, string>>(
    `SELECT id, display_name AS name, user_principal_name AS upn, department FROM entra_users
     WHERE ${condition} ORDER BY display_name COLLATE NOCASE, seq LIMIT :limit OFFSET :offset`,
    { like, limit: PAGE_ROWS, offset: (page - 1) * PAGE_ROWS },
  );
  return html`${table(
    ['Person', 'Signs in as', 'Department'],
    found.map(({ id, name, upn, department }) => [
      html`<a href="${PATH}?${new URLSearchParams({ person: id })}"
        >${name}</a
      >`,
      upn,
      department,
    ]),
    'There is nobody of that name.',
  )}
  ${pager(PATH, { search, page, count })}`;
}

/** What the AWS access portal would show a person who signs in now, and who could. */
export function portalPage(
  store: SandboxStore,
  question: PortalQuestion,
): string {
  return layout(
    'AWS access portal',
    PATH,
    html`${result(store, question)}
      <h2>Sign in as</h2>
      ${searchForm(PATH, 'Name', question.search)} ${people(store, question)}`,
  );
}
