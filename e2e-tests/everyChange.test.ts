import AxeBuilder from '@axe-core/playwright';
import { Browser, expect, Page, test } from '@playwright/test';
import { callAws, readGraph } from './sandboxClouds';
import { signInAs } from './signInAs';

const DATA_PROD = '555566667777';
const FORM = '/aws-access/request?team=group:default/payments';

async function pageOf(browser: Browser, name: string) {
  const page = await (await browser.newContext()).newPage();
  await signInAs(page, name);
  return page;
}

/** Chooses an option of a picker by the words on both. */
async function choose(page: Page, field: RegExp, option: RegExp) {
  await page.getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}

/** Files what is filled in, and returns the path of the request. */
async function file(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'File the request' }).click();
  const notice = page.getByRole('status').filter({ hasText: 'is filed' });
  await expect(notice).toBeVisible();
  // The form is gone: who reads by ear must hear what came of it.
  await expect(notice).toBeFocused();
  return new URL(page.url()).pathname;
}

async function approve(page: Page, path: string) {
  await page.goto(path);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Approve', exact: true })
    .click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

async function instance() {
  const { Instances } = await callAws('sso-admin', 'ListInstances');
  return Instances[0] as { InstanceArn: string; IdentityStoreId: string };
}

/** What AWS itself says a permission set is. */
async function describePermissionSet(name: string) {
  const { InstanceArn } = await instance();
  const { PermissionSets } = await callAws('sso-admin', 'ListPermissionSets', {
    InstanceArn,
  });
  for (const PermissionSetArn of PermissionSets) {
    const of = { InstanceArn, PermissionSetArn };
    const { PermissionSet } = await callAws(
      'sso-admin',
      'DescribePermissionSet',
      of,
    );
    if (PermissionSet.Name !== name) continue;
    const { InlinePolicy } = await callAws(
      'sso-admin',
      'GetInlinePolicyForPermissionSet',
      of,
    );
    return {
      arn: PermissionSetArn as string,
      sessionDuration: PermissionSet.SessionDuration as string,
      inlinePolicy: InlinePolicy as string,
    };
  }
  throw new Error(`AWS has no permission set ${name}`);
}

/** The identity store's id of a person of Entra. */
async function storeUserOf(name: string): Promise<string> {
  const { value } = await readGraph(
    `/users?$filter=${encodeURIComponent(`displayName eq '${name}'`)}`,
  );
  const { IdentityStoreId } = await instance();
  const { UserId } = await callAws('identitystore', 'GetUserId', {
    IdentityStoreId,
    AlternateIdentifier: {
      UniqueAttribute: {
        AttributePath: 'userName',
        AttributeValue: value[0].userPrincipalName,
      },
    },
  });
  return UserId;
}

async function directHolders(accountId: string, arn: string) {
  const { InstanceArn } = await instance();
  const { AccountAssignments } = await callAws(
    'sso-admin',
    'ListAccountAssignments',
    { InstanceArn, AccountId: accountId, PermissionSetArn: arn },
  );
  return AccountAssignments.filter(
    (found: any) => found.PrincipalType === 'USER',
  ).map((found: any) => found.PrincipalId);
}

test('a temporary elevation is given to the person directly, and given back', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const anas = await pageOf(browser, 'Ana Alves');
  const ottos = await pageOf(browser, 'Otto Olsen');
  const { arn } = await describePermissionSet('LogReader');
  const ana = await storeUserOf('Ana Alves');

  let path = '';
  await test.step('she asks for an hour, and reads who decides and why', async () => {
    await anas.goto(`${FORM}&kind=elevation&account=${DATA_PROD}`);
    await choose(anas, /Permission set/, /^LogReader/);
    await anas.getByRole('radio', { name: '1 hr' }).click();
    await expect(anas.getByRole('radio', { name: 'Standing' })).toHaveCount(0);
    await anas
      .getByRole('textbox', { name: /Why/ })
      .fill('Find out why the nightly import of payouts stopped');
    const preview = anas.getByRole('region', { name: 'Preview' });
    await expect(
      preview.getByText(/Gives Ana Alves LogReader \(read\) in data-prod/),
    ).toBeVisible();
    await expect(preview.getByText('Why these approvers')).toBeVisible();
    const { violations } = await new AxeBuilder({ page: anas })
      .include('[aria-label="Request AWS access"]')
      .analyze();
    expect(
      violations.filter(({ impact }) =>
        ['serious', 'critical'].includes(impact!),
      ),
    ).toEqual([]);
    path = await file(anas);
    expect(await directHolders(DATA_PROD, arn)).not.toContain(ana);
  });

  await test.step('approved, AWS has the assignment to her', async () => {
    await approve(ottos, path);
    await expect(anas.getByText(/Usable now, checked in AWS/)).toBeVisible({
      timeout: 60_000,
    });
    expect(await directHolders(DATA_PROD, arn)).toContain(ana);
  });

  await test.step('given back, AWS has it no more', async () => {
    await anas.getByRole('button', { name: /Give back/ }).click();
    await anas
      .getByRole('dialog')
      .getByRole('button', { name: /Give back/ })
      .click();
    await expect(anas.getByText(/verified gone/).first()).toBeVisible({
      timeout: 60_000,
    });
    expect(await directHolders(DATA_PROD, arn)).not.toContain(ana);
  });
});

test('the change of a permission set is approved line by line, and done', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const anas = await pageOf(browser, 'Ana Alves');
  const ottos = await pageOf(browser, 'Otto Olsen');
  const sias = await pageOf(browser, 'Sia Sand');
  const POLICY = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::parcel-reports/*',
      },
    ],
  });

  let path = '';
  await test.step('she writes the policy, and a key that is there twice is refused', async () => {
    await anas.goto(`${FORM}&kind=permissionSet`);
    await anas.getByText('Change one that exists').click();
    await choose(anas, /Permission set/, /^DataScientist/);
    const editor = anas.getByRole('textbox', {
      name: 'Inline policy',
      exact: true,
    });
    const write = async (text: string) => {
      await editor.click();
      await anas.keyboard.press('ControlOrMeta+a');
      await anas.keyboard.insertText(text);
    };
    await anas
      .getByRole('textbox', { name: /Why/ })
      .fill('The reports moved to a bucket of their own');
    await write(POLICY.replace('"Effect"', '"Sid":"a","Sid":"b","Effect"'));
    await expect(anas.getByText(/'Sid' appears twice/).first()).toBeVisible();
    await write(POLICY);
    await expect(anas.getByText(/'Sid' appears twice/)).toHaveCount(0);
    await expect(
      anas.getByLabel('Inline policy of DataScientist', { exact: false }),
    ).toContainText('parcel-reports');
    await editor.press('Escape');
    await expect(editor).not.toBeFocused();
    path = await file(anas);
  });

  await test.step('the owner and security see what is new before they approve', async () => {
    await ottos.goto(path);
    await expect(ottos.getByText('Changed: 1')).toBeVisible();
    await expect(
      ottos.getByLabel('Inline policy of DataScientist', { exact: false }),
    ).toContainText('parcel-reports');
    await expect(ottos.getByText('Who loses what')).toBeVisible();
    await approve(ottos, path);
    await approve(sias, path);
  });

  await test.step('AWS has the policy, and the request is done', async () => {
    await expect(anas.getByText(/Done .*, verified in AWS/)).toBeVisible({
      timeout: 60_000,
    });
    const { inlinePolicy } = await describePermissionSet('DataScientist');
    expect(inlinePolicy).toBe(POLICY);
  });
});
