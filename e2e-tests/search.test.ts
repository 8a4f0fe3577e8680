import AxeBuilder from '@axe-core/playwright';
import { expect, Page, test } from '@playwright/test';
import { signInAs } from './signInAs';

const API = '/api/aws-access';
const PAYMENTS_PROD = '111122223333';

/** Asks for ReadOnly in payments-prod by the API, as who is signed in. */
async function fileRequest(page: Page): Promise<{ number: number }> {
  const call = page.waitForRequest(request =>
    request.url().includes(`${API}/organizations`),
  );
  await page.goto('/aws-access');
  const { authorization } = (await call).headers();
  const headers = { authorization };
  let number = 0;
  const idempotencyKey = `search-test-${Date.now()}`;
  // The inventory is read after the start.
  await expect(async () => {
    const sets = await page.request.get(`${API}/permission-sets`, { headers });
    const { items } = await sets.json();
    const filed = await page.request.post(`${API}/requests`, {
      headers,
      data: {
        idempotencyKey,
        team: 'group:default/payments',
        justification: 'Zeppelins are late again',
        duration: 'PT1H',
        changes: [
          {
            kind: 'accessGroup',
            key: 'access',
            members: { kind: 'people', people: ['user:default/ana'] },
          },
          {
            kind: 'assignment',
            accessGroup: { change: 'access' },
            permissionSet: {
              arn: items.find((set: any) => set.name === 'ReadOnly').arn,
            },
            accounts: { kind: 'named', accountIds: [PAYMENTS_PROD] },
          },
        ],
      },
    });
    expect(filed.ok(), await filed.text()).toBe(true);
    number = (await filed.json()).number;
  }).toPass();
  return { number };
}

const link = (page: Page, name: string) =>
  page.getByRole('link', { name, exact: true });

/**
 * Whether it is the item in which Backstage's search page puts each result, of
 * whichever plugin: that page has no list around its items, which axe reports. Of
 * what is inside, every rule holds.
 */
const isPortalsItem = (html: string) =>
  /^<li class="[^"]*\bMuiListItem-root\b/.test(html);

/** Searches until all are found: the index is filled after the start, by types. */
async function search(page: Page, words: string, names: string[]) {
  await expect(async () => {
    await page.goto(`/search?query=${encodeURIComponent(words)}`);
    for (const name of names) {
      await expect(link(page, name)).toBeVisible({ timeout: 5_000 });
    }
  }).toPass();
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`search finds accounts and permission sets for everybody, and requests for whom they concern, ${colorScheme}`, async ({
    browser,
  }) => {
    const open = async (name: string) => {
      const page = await (await browser.newContext({ colorScheme })).newPage();
      await signInAs(page, name);
      return page;
    };
    const ana = await open('Ana Alves');
    const { number } = await fileRequest(ana);
    const request = `Request ${number}`;

    const indexed = ['payments-prod', 'ReadOnly'];
    await search(ana, 'payments-prod readonly', indexed);
    await expect(link(ana, request)).toBeVisible();
    const found = ana.getByRole('listitem').filter({ has: link(ana, request) });
    for (const text of [PAYMENTS_PROD, 'production', 'waiting for approval']) {
      await expect(found.getByText(text, { exact: true })).toBeVisible();
    }
    // Results of other plugins have colours of their own.
    const ours = ['request', 'account', 'permission-set'].map(
      type => `&types[]=aws-access-${type}`,
    );
    await ana.goto(`/search?query=payments-prod+readonly${ours.join('')}`);
    for (const name of [request, ...indexed]) {
      await expect(link(ana, name)).toBeVisible();
    }
    // The portal's own link to notifications has a number beside its name.
    const { violations } = await new AxeBuilder({ page: ana })
      .exclude('a[href="/notifications"]')
      .analyze();
    expect(
      violations
        .filter(({ impact }) => /serious|critical/.test(impact ?? ''))
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => ({ id, html })))
        .filter(({ id, html }) => id !== 'listitem' || !isPortalsItem(html)),
    ).toEqual([]);

    const uma = await open('Uma Ude');
    await search(uma, 'payments-prod readonly', indexed);
    await expect(link(uma, request)).toHaveCount(0);
    await uma.goto(`/search?query=${number}&types[]=aws-access-request`);
    await expect(uma.getByText('no results were found')).toBeVisible();

    // Nor by its justification for herself.
    await ana.goto('/search?query=zeppelins&types[]=aws-access-request');
    await expect(ana.getByText('no results were found')).toBeVisible();

    await search(ana, 'payments-prod', ['payments-prod']);
    await link(ana, 'payments-prod').click();
    await expect(ana).toHaveURL(`/aws-access/request?account=${PAYMENTS_PROD}`);
    await ana.goBack();
    await link(ana, request).click();
    await expect(ana.getByText('Zeppelins are late again')).toBeVisible();
  });
}
