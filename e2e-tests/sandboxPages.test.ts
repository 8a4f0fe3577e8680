import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

const sandboxUrl = () => process.env.AWS_ACCESS_E2E_SANDBOX_URL;

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the sandbox's pages are accessible, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    for (const path of [
      '',
      '/portal',
      '/console',
      '/provisioning',
      '/weather',
    ]) {
      await page.goto(`${sandboxUrl()}/sandbox${path}`);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations).toEqual([]);
    }
  });
}

test('a person opens a role in the access portal of the sandbox', async ({
  page,
}) => {
  await page.goto(`${sandboxUrl()}/sandbox/portal`);
  await page.getByLabel('Name').fill('ana alv');
  await page.getByLabel('Name').press('Enter');
  await page.getByRole('link', { name: 'Ana Alves' }).click();
  await page
    .getByRole('button', { name: 'Open payments-dev as PowerUser' })
    .first()
    .click();
  await expect(page.getByRole('status')).toContainText(
    'Opened payments-dev as PowerUser',
  );
});
