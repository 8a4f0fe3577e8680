import type { SandboxStore } from '../store/SandboxStore';
import { html } from './html';
import { layout, pageTime, table } from './layout';

/** Enough for several cycles; the rest stays in the store. */
const MAXIMUM_ROWS = 200;

/** What SCIM did and could not do, the newest first. */
export function provisioningPage(store: SandboxStore): string {
  const rows = store.all<
    Record<string, string | null> & { happened_at: number }
  >('SELECT * FROM entra_provisioning_log ORDER BY seq DESC LIMIT ?', [
    MAXIMUM_ROWS,
  ]);
  return layout(
    'Provisioning log',
    '/sandbox/provisioning',
    table(
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
    ),
  );
}
