import type { Quarantine, ScimJob } from '../scim';
import type { SandboxStore } from '../store/SandboxStore';
import { html } from './html';
import { layout, pageTime, table } from './layout';

/** Enough for several cycles; the rest stays in the store. */
const MAXIMUM_ROWS = 200;

const jobState = ({ state, quarantine_json: quarantine }: ScimJob) => {
  if (!quarantine) {
    return html`${state}`;
  }
  const { reason, error, nextAttempt }: Quarantine = JSON.parse(quarantine);
  return html`<span class="bad">${state}</span> ${reason}: ${error.message} Next
    attempt ${pageTime(nextAttempt)}.`;
};

/** How provisioning stands, with what a person can do to its token on the side of AWS. */
const jobs = (store: SandboxStore) => html`
  ${table(
    ['Job', 'State', 'Last cycle', 'Next cycle'],
    store
      .all<ScimJob>('SELECT * FROM entra_synchronization_jobs ORDER BY seq')
      .map(job => [
        job.id,
        jobState(job),
        pageTime(job.last_cycle_ended_at),
        pageTime(job.next_cycle_at),
      ]),
    'No application has a provisioning job.',
  )}
  <form method="post" action="/sandbox/scim/token">
    <button name="action" value="revoke">Revoke the SCIM token in AWS</button>
    <button name="action" value="replace">Save a new SCIM token</button>
  </form>
`;

/** How SCIM stands, and what it did and could not do, the newest first. */
export function provisioningPage(store: SandboxStore): string {
  const rows = store.all<
    Record<string, string | null> & { happened_at: number }
  >('SELECT * FROM entra_provisioning_log ORDER BY seq DESC LIMIT ?', [
    MAXIMUM_ROWS,
  ]);
  return layout(
    'Provisioning log',
    '/sandbox/provisioning',
    html`${jobs(store)}${table(
      ['When', 'Action', 'What', 'How it went', 'Trigger'],
      rows.map(row => [
        pageTime(row.happened_at),
        row.action,
        `${row.source_type} ${row.source_display_name}`,
        html`<span class="${row.status === 'failure' ? 'bad' : ''}"
            >${row.status}</span
          >
          ${row.reason}`,
        row.cycle_id === null ? 'on demand' : 'cycle',
      ]),
      'SCIM has had nothing to do yet.',
    )}`,
  );
}
