import { html, Html } from './html';

const links = [
  ['/sandbox', 'Both clouds'],
  ['/sandbox/portal', 'AWS access portal'],
  ['/sandbox/console', 'Identity Center console'],
  ['/sandbox/provisioning', 'Provisioning log'],
  ['/sandbox/weather', 'Weather'],
];

/** A time as the page writes it, always in UTC. */
export function pageTime(milliseconds: number | null): string {
  return milliseconds === null
    ? 'never'
    : `${new Date(milliseconds)
        .toISOString()
        .slice(0, 19)
        .replace('T', ' ')} UTC`;
}

/** A table, or a sentence where there is nothing to show. */
export function table(
  headings: string[],
  rows: unknown[][],
  whenEmpty: string,
): Html {
  if (rows.length === 0) {
    return html`<p class="empty">${whenEmpty}</p>`;
  }
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${headings.map(heading => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          row =>
            html`<tr>
              ${row.map(cell => html`<td>${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The frame of every page. */
export function layout(title: string, path: string, content: Html): string {
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · AWS access sandbox</title>
        <link rel="stylesheet" href="/sandbox/style.css" />
      </head>
      <body>
        <header>
          <strong>AWS access sandbox</strong>
          <nav>
            ${links.map(
              ([href, text]) =>
                html`<a
                  href="${href}"
                  ${href === path ? html`aria-current="page"` : ''}
                  >${text}</a
                >`,
            )}
          </nav>
          <span class="note">nothing here is real</span>
        </header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`.markup;
}
