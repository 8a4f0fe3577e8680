import { expect, test } from '@playwright/test';
import people from '../examples/portal/people.json';
import { callAws, readGraph } from './sandboxClouds';
import { signInAs } from './signInAs';

test('a visitor chooses who to be, and can become somebody else', async ({
  page,
}) => {
  await page.goto('/');
  for (const { name, about } of people) {
    await expect(page.getByRole('heading', { name })).toBeVisible();
    await expect(page.getByText(about)).toBeVisible();
  }

  // By keyboard, as the cards are buttons for assistive technology.
  await page
    .getByRole('button', { name: 'Sign in as Ana Alves' })
    .press('Enter');
  await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible();
  await page.goto('/settings');
  await expect(page.getByText('user:default/ana').first()).toBeVisible();

  // The choice outlasts a reload of the tab.
  await page.reload();
  await expect(page.getByText('user:default/ana').first()).toBeVisible();

  await signInAs(page, 'Uma Ude');
  await page.goto('/settings');
  await expect(page.getByText('user:default/uma').first()).toBeVisible();
});

test('the portal runs in front of the example company of the sandbox', async () => {
  const { Accounts } = await callAws('organizations', 'ListAccounts');
  expect(Accounts.map((account: any) => account.Name)).toContain(
    'payments-prod',
  );
  const { value } = await readGraph(
    `/users?$filter=${encodeURIComponent("displayName eq 'Ana Alves'")}`,
  );
  expect(value).toHaveLength(1);
});
