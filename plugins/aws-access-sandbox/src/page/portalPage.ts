import type { SandboxStore } from '../store/SandboxStore';
import { accessOfPerson, PersonAccess } from './accessOfPerson';
import { html, Html } from './html';
import { layout, table } from './layout';

function result({ displayName, refusal, roles }: PersonAccess): Html {
  if (refusal) {
    return html`<p class="bad">${displayName} sees nothing. ${refusal}</p>`;
  }
  return html`<h2>Signed in as ${displayName}</h2>
    ${table(
      ['Account', 'Id', 'Role', 'Through'],
      roles.map(role => [
        role.accountName,
        html`<code>${role.accountId}</code>`,
        role.permissionSet,
        role.group ?? 'an assignment to the person',
      ]),
      'The portal is empty: nobody gave this person access to an account.',
    )}`;
}

/**
 * What the AWS access portal would show a person who signs in now.
 *
 * @param entraId - the chosen person, if any
 */
export function portalPage(store: SandboxStore, entraId?: string): string {
  const people = store.all<{ id: string; display_name: string }>(
    'SELECT id, display_name FROM entra_users WHERE deleted_at IS NULL ORDER BY display_name',
  );
  const access = entraId ? accessOfPerson(store, entraId) : undefined;
  return layout(
    'AWS access portal',
    '/sandbox/portal',
    html`<form method="get" action="/sandbox/portal">
        <label
          >Person<select name="person">
            ${people.map(
              person =>
                html`<option
                  value="${person.id}"
                  ${person.id === entraId ? html`selected` : ''}
                >
                  ${person.display_name}
                </option>`,
            )}
          </select></label
        >
        <button>Sign in</button>
      </form>
      ${access && result(access)}
      ${entraId && !access
        ? html`<p class="bad">There is no such person.</p>`
        : ''}`,
  );
}
