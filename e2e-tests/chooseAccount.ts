import { Page } from '@playwright/test';

/** Finds an account by its name in the field's dialog, and chooses it. */
export async function chooseAccount(page: Page, name: string) {
  await page.getByRole('button', { name: /Accounts?$/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox').fill(name);
  await dialog.getByRole('option', { name: new RegExp(`^${name}`) }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
}
