import { html, Html } from './html';

/** Rows of a page: what fits a person's eye, and costs a browser nothing. */
export const PAGE_ROWS = 50;

/** The number of a page as an address gives it: 1 for anything that is no number of a page. */
export function pageNumber(value: unknown): number {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 ? number : 1;
}

/** Which of how many rows there are to see, with the ways to the neighbouring pages. */
export function pager(
  path: string,
  { search, page, count }: { search: string; page: number; count: number },
): Html | '' {
  if (count <= PAGE_ROWS && page === 1) {
    return '';
  }
  const link = (to: number, text: string) =>
    html`<a href="${path}?${new URLSearchParams({ search, page: String(to) })}"
      >${text}</a
    >`;
  const number = (value: number) => value.toLocaleString('en');
  const first = (page - 1) * PAGE_ROWS + 1;
  return html`<nav class="pager" aria-label="Pages">
    ${first <= count
      ? html`<span
          >${number(first)} to ${number(Math.min(count, page * PAGE_ROWS))} of
          ${number(count)}</span
        >`
      : ''}
    ${page > 1 ? link(page - 1, 'Previous page') : ''}
    ${page * PAGE_ROWS < count ? link(page + 1, 'Next page') : ''}
  </nav>`;
}

/** A field to search by, and its button. */
export function searchForm(path: string, label: string, search: string): Html {
  return html`<form method="get" action="${path}" role="search">
    <label
      >${label}<input type="search" name="search" value="${search}"
    /></label>
    <button>Search</button>
  </form>`;
}

/** A pattern of LIKE (with `ESCAPE '\'`) for texts that contain what a person typed. */
export function containing(search: string): string {
  return `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`;
}
