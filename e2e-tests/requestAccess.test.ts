import { expect, Page, test } from '@playwright/test';
import {
  findEntraGroup,
  holdersOf,
  instance,
  permissionSetArn,
  storeGroupId,
} from './cloudState';
import { chooseAccount } from './chooseAccount';
import { callAws, readGraph } from './sandboxClouds';
import { signInAs } from './signInAs';

const GROUP = 'AWS-Payments-ReadOnly-2';
const DATA_PROD = '555566667777';

async function fillTemplate(page: Page) {
  await page.goto('/create/templates/default/request-aws-access');
  await chooseAccount(page, 'data-prod');
  await page.getByRole('button', { name: /Permission set$/ }).click();
  await page.getByRole('option', { name: /^ReadOnly/ }).click();
  await page.getByRole('radio', { name: '8 hr' }).click();
  await page
    .getByRole('textbox', { name: /Why/ })
    .fill('Compare yesterday’s payouts with the data team’s report');
}

test('a developer asks by template, the owner approves, the access works and is given back', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const anas = await (await browser.newContext()).newPage();
  const ottos = await (await browser.newContext()).newPage();

  await test.step('her team has no access to the account', async () => {
    await signInAs(anas, 'Ana Alves');
    await anas.goto('/catalog/default/group/payments/aws-access');
    await expect(
      anas.getByRole('heading', { name: 'AWS access of Payments' }),
    ).toBeVisible();
    await expect(
      anas.getByRole('columnheader', { name: /payments-prod/ }),
    ).toBeVisible();
    await expect(anas.getByText('data-prod')).toHaveCount(0);
  });

  await test.step('she runs the template and reads who will approve', async () => {
    await fillTemplate(anas);
    await expect(
      anas
        .getByText(
          /gives AWS-Payments-ReadOnly-2 ReadOnly \(read\) in data-prod/i,
        )
        .first(),
    ).toBeVisible();
    await expect(anas.getByText('Otto Olsen').first()).toBeVisible();
    await expect(anas.getByRole('region', { name: 'Preview' })).toHaveAttribute(
      'aria-busy',
      'false',
    );
    await anas.getByRole('button', { name: 'Review' }).click();
    // The review says names, with ids beside them.
    await expect(
      anas.getByText('Accounts: data-prod (555566667777)'),
    ).toBeVisible();
    await expect(anas.getByText(/^arn:/)).toHaveCount(0);
    await anas.getByRole('button', { name: 'File the request' }).click();
  });

  let requestPath = '';
  await test.step('the task ends at once with a link to the pending request', async () => {
    const link = anas.getByRole('link', { name: /Open request/ });
    await expect(link).toBeVisible();
    requestPath = new URL((await link.getAttribute('href'))!).pathname;
    await anas.goto(requestPath);
    await expect(anas.getByText('Waiting for account owner.')).toBeVisible();
    // Nobody decides on what benefits them.
    await expect(
      anas.getByRole('button', { name: 'Approve', exact: true }),
    ).toHaveCount(0);
    expect(await findEntraGroup(GROUP)).toBeUndefined();
  });

  await test.step('the owner finds it, reads the plan and approves', async () => {
    await signInAs(ottos, 'Otto Olsen');
    await ottos.goto('/aws-access/requests');
    await ottos
      .getByRole('link', { name: /data-prod/ })
      .first()
      .click();
    await expect(ottos).toHaveURL(new RegExp(`${requestPath}$`));
    await expect(ottos.getByText(GROUP).first()).toBeVisible();
    await expect(ottos.getByText(/yesterday’s payouts/).first()).toBeVisible();
    await ottos.getByRole('button', { name: 'Approve', exact: true }).click();
    const dialog = ottos.getByRole('dialog');
    await expect(dialog.getByText(/data-prod/).first()).toBeVisible();
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
  });

  const readOnly = await permissionSetArn('ReadOnly');
  let entraGroupId = '';
  let storeGroup: string | undefined;
  await test.step('it becomes usable, and both clouds say so', async () => {
    await expect(anas.getByText(/Usable now, checked in AWS/)).toBeVisible({
      timeout: 60_000,
    });
    const group = await findEntraGroup(GROUP);
    entraGroupId = group!.id;
    const { value: members } = await readGraph(
      `/groups/${entraGroupId}/members`,
    );
    expect(members.map((member: any) => member.displayName)).toEqual([
      'Ana Alves',
    ]);
    const { IdentityStoreId } = await instance();
    storeGroup = await storeGroupId(GROUP);
    const { GroupMemberships } = await callAws(
      'identitystore',
      'ListGroupMemberships',
      { IdentityStoreId, GroupId: storeGroup },
    );
    expect(GroupMemberships).toHaveLength(1);
    expect(await holdersOf(DATA_PROD, readOnly)).toContain(storeGroup);
  });

  await test.step('her page offers the console', async () => {
    await anas.goto('/aws-access');
    const row = anas.getByRole('row', { name: /data-prod/ });
    await expect(row).toBeVisible();
    await expect(
      row.getByRole('link', { name: /Open console/ }),
    ).toHaveAttribute('href', new RegExp(`account_id=${DATA_PROD}`));
  });

  await test.step('given back, it is gone on both sides', async () => {
    await anas.goto(requestPath);
    await anas.getByRole('button', { name: /Give back/ }).click();
    await anas
      .getByRole('dialog')
      .getByRole('button', { name: /Give back/ })
      .click();
    await expect(anas.getByText(/verified gone/).first()).toBeVisible({
      timeout: 60_000,
    });
    expect(await holdersOf(DATA_PROD, readOnly)).not.toContain(storeGroup);
    expect(await findEntraGroup(GROUP)).toBeUndefined();
    await expect(readGraph(`/groups/${entraGroupId}`)).rejects.toThrow('404');
  });

  await test.step('an outsider sees none of it', async () => {
    const umas = await (await browser.newContext()).newPage();
    await signInAs(umas, 'Uma Ude');
    const refused = umas.waitForResponse(response =>
      response
        .url()
        .endsWith(requestPath.replace('/aws-access', '/api/aws-access')),
    );
    await umas.goto(requestPath);
    expect((await refused).status()).toBe(404);
    await expect(umas.getByText(/yesterday’s payouts/)).toHaveCount(0);
    await umas.goto('/aws-access/requests');
    await umas.getByRole('tab', { name: 'All I may see' }).click();
    await expect(umas.getByText('No requests to show')).toBeVisible();
  });
});
