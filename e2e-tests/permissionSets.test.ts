import { expect, test } from '@playwright/test';
import { signInAs } from './signInAs';

test('a developer reads what a permission set really grants, and goes on from there', async ({
  page,
}) => {
  await signInAs(page, 'Ana Alves');
  await page.goto('/aws-access/permission-sets');
  // What Ana may see of it: her team's.
  await expect(page.getByRole('row', { name: /^PowerUser/ })).toContainText(
    '2 accounts1 group7 people',
  );
  await expect(page.getByText(/^Counted as far as you may see/)).toBeVisible();

  await page.goto('/aws-access/my-access');
  await page.getByRole('link', { name: 'DeployPipeline' }).first().click();
  await expect(
    page.getByRole('heading', { name: 'DeployPipeline', level: 2 }),
  ).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'What it really grants' }),
  ).toBeVisible();
  await expect(
    page.getByRole('textbox', { name: 'Inline policy' }),
  ).toContainText('"Statement"');
  await expect(page.getByRole('region', { name: 'Who has it' })).toContainText(
    'AWS-Payments-DeployPipeline',
  );

  await page.getByRole('button', { name: /Compare with/ }).click();
  await page.getByRole('option', { name: /^ReadOnly/ }).click();
  await expect(
    page.getByRole('heading', { name: 'Services in which they differ' }),
  ).toBeVisible();
  await expect(
    page.getByRole('columnheader', { name: 'ReadOnly' }),
  ).toBeVisible();

  await page.getByRole('link', { name: 'Change it' }).click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(
    'DeployPipeline',
  );
  await expect(
    page.getByRole('region', { name: 'What it would grant' }),
  ).toBeVisible();
});

test('an outsider reads what a permission set grants, and not who of others has it', async ({
  page,
}) => {
  await signInAs(page, 'Uma Ude');
  await page.goto('/aws-access/permission-sets');
  await expect(
    page.getByRole('row', { name: /^DeployPipeline/ }),
  ).toContainText('nobody whom you may see');
  await page.goto('/aws-access/permission-sets/DeployPipeline');
  await expect(
    page.getByRole('region', { name: 'Where it is used' }),
  ).toContainText('Only what you may see');
  await expect(page.getByText('AWS-Payments-DeployPipeline')).toHaveCount(0);
  await expect(page.getByText('Ana Alves')).toHaveCount(0);
});
