import { expect, Page } from '@playwright/test';

/**
 * Opens the portal in this tab and signs in as one of the people on the
 * sign-in page, by the full name shown there.
 */
export async function signInAs(page: Page, name: string) {
  await page.goto('/');
  await page.evaluate(() => window.sessionStorage.clear());
  await page.goto('/');
  await page
    .getByRole('article')
    .filter({ has: page.getByRole('heading', { name }) })
    .click();
  await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible();
}
