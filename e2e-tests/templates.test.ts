import { expect, Page, test } from '@playwright/test';
import { chooseAccount } from './chooseAccount';
import {
  findEntraGroup,
  holdersOf,
  instance,
  memberNames,
  permissionSetArn,
  storeGroupId,
} from './cloudState';
import { callAws } from './sandboxClouds';
import { signInAs } from './signInAs';

const DATA_STAGING = '555566668888';
const DATA_DEV = '555566669999';
const PAYMENTS_DEV = '111122225555';
const TEAM_GROUP = 'AWS-Payments-Reports';

async function openTemplate(page: Page, name: string) {
  await page.goto(`/create/templates/default/${name}`);
  // Ana is in one team, which is chosen for her.
  await expect(
    page.getByRole('button', { name: /Payments.*Team/ }),
  ).toBeVisible();
}

async function choose(page: Page, field: RegExp, option: RegExp) {
  await page.getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}

const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click();

const say = (page: Page, why: string) =>
  page.getByRole('textbox', { name: /Why/ }).fill(why);

/** Reviews and files; returns the path of the request. */
async function file(
  page: Page,
  expected: { approver: string; review: string | RegExp },
  button = 'File the request',
): Promise<string> {
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview.getByText(expected.approver).first()).toBeVisible();
  await expect(preview).toHaveAttribute('aria-busy', 'false');
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByText(expected.review).first()).toBeVisible();
  await expect(page.getByText(/^arn:|^(user|group):default/)).toHaveCount(0);
  await page.getByRole('button', { name: button, exact: true }).click();
  const link = page.getByRole('link', { name: /Open request/ });
  await expect(link).toBeVisible();
  return new URL((await link.getAttribute('href'))!).pathname;
}

async function approve(page: Page, requestPath: string) {
  await page.goto(requestPath);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(dialog).toBeHidden();
}

test('the templates ask in words, and what is approved comes true in the clouds', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const signedIn = new Map<string, Page>();
  const asPerson = async (name: string) => {
    const known = signedIn.get(name);
    if (known) return known;
    const page = await (await browser.newContext()).newPage();
    await signInAs(page, name);
    signedIn.set(name, page);
    return page;
  };
  const ana = await asPerson('Ana Alves');
  const filed: Record<'onboard' | 'elevated' | 'design' | 'service', string> = {
    onboard: '',
    elevated: '',
    design: '',
    service: '',
  };

  let teamsGroup: string | undefined;

  await test.step('onboard a team', async () => {
    await openTemplate(ana, 'onboard-team-to-aws');
    await ana
      .getByRole('textbox', { name: 'Name of the access group' })
      .fill(TEAM_GROUP);
    await chooseAccount(ana, 'data-staging');
    await next(ana);
    await choose(ana, /Which one$/, /^ReadOnly/);
    await next(ana);
    await say(ana, 'The team compares its payouts with the reports there');
    filed.onboard = await file(ana, {
      approver: 'Otto Olsen',
      review: `Gives ${TEAM_GROUP} ReadOnly (read) in data-staging (${DATA_STAGING}).`,
    });
  });

  await test.step('temporary elevated access, within what the policy allows', async () => {
    await openTemplate(ana, 'request-elevated-aws-access');
    await chooseAccount(ana, 'payments-dev');
    await choose(ana, /Permission set$/, /^DatabaseAdmin/);
    await expect(
      ana.getByText(/policy allows at most 8 hr .*elevations are for hours/),
    ).toBeVisible();
    await expect(ana.getByRole('radio', { name: 'Standing' })).toHaveCount(0);
    await say(ana, 'Rotate the leaked key');
    filed.elevated = await file(ana, {
      approver: 'Petra Pohl',
      review: 'How long: 1 hr',
    });
  });

  await test.step('design a permission set', async () => {
    await openTemplate(ana, 'design-aws-permission-set');
    await ana.getByRole('textbox', { name: 'Name' }).fill('LedgerReader');
    await next(ana);
    await ana.getByRole('textbox', { name: 'A policy of its own' }).click();
    await ana.keyboard.insertText(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
    );
    await expect(ana.getByText('Reads in Amazon S3.')).toBeVisible();
    await next(ana);
    await say(ana, 'Reads the ledger, which no other permission set does');
    filed.design = await file(ana, {
      approver: 'Sia Sand',
      review: 'Creates the permission set LedgerReader (read).',
    });
  });

  await test.step('a service, which is there at once, and its access', async () => {
    await openTemplate(ana, 'service-with-aws-access');
    await ana.getByRole('textbox', { name: 'Name' }).fill('ledger-export');
    await next(ana);
    await chooseAccount(ana, 'data-dev');
    await choose(ana, /Permission set$/, /^LogReader/);
    filed.service = await file(
      ana,
      { approver: 'Otto Olsen', review: /LogReader \(\w+\) in data-dev/ },
      'Create',
    );
  });

  await test.step('each is approved by whom its preview named', async () => {
    const otto = await asPerson('Otto Olsen');
    await approve(otto, filed.onboard);
    await approve(otto, filed.service);
    await approve(await asPerson('Petra Pohl'), filed.elevated);
    await approve(await asPerson('Sia Sand'), filed.design);
  });

  await test.step('and comes true', async () => {
    await ana.goto(filed.onboard);
    await expect(ana.getByText(/Usable now, checked in AWS/)).toBeVisible({
      timeout: 60_000,
    });
    const group = await findEntraGroup(TEAM_GROUP);
    expect(await memberNames(group!.id)).toEqual(
      expect.arrayContaining(['Ana Alves', 'Ben Brandt', 'Petra Pohl']),
    );
    teamsGroup = await storeGroupId(TEAM_GROUP);
    expect(
      await holdersOf(DATA_STAGING, await permissionSetArn('ReadOnly')),
    ).toContain(teamsGroup);

    await ana.goto(filed.elevated);
    await expect(ana.getByText(/Usable now, checked in AWS/)).toBeVisible({
      timeout: 60_000,
    });
    const { IdentityStoreId, InstanceArn } = await instance();
    const { Users } = await callAws('identitystore', 'ListUsers', {
      IdentityStoreId,
    });
    const anas = Users.find((user: any) => user.DisplayName === 'Ana Alves');
    expect(
      await holdersOf(PAYMENTS_DEV, await permissionSetArn('DatabaseAdmin')),
    ).toContain(anas.UserId);

    const arn = await untilThere(() => permissionSetArn('LedgerReader'));
    const { InlinePolicy } = await callAws(
      'sso-admin',
      'GetInlinePolicyForPermissionSet',
      { InstanceArn, PermissionSetArn: arn },
    );
    expect(JSON.parse(InlinePolicy).Statement[0].Action).toBe('s3:GetObject');

    await ana.goto(filed.service);
    await expect(ana.getByText(/Usable now, checked in AWS/)).toBeVisible({
      timeout: 60_000,
    });
    const operators = await storeGroupId('AWS-Payments-LogReader');
    expect(
      await holdersOf(DATA_DEV, await permissionSetArn('LogReader')),
    ).toContain(operators);
  });

  await test.step('give back access: the group is gone in both clouds', async () => {
    await openTemplate(ana, 'give-back-aws-access');
    await choose(ana, /Access group$/, new RegExp(`^${TEAM_GROUP}`));
    await ana.getByRole('radio', { name: /^The group/ }).click();
    await next(ana);
    await say(ana, 'The reports are now sent to the team');
    const path = await file(ana, {
      approver: 'Petra Pohl',
      review: new RegExp(`Removes the Entra group ${TEAM_GROUP}`),
    });
    // As the team's lead, and as owner of the account that it reaches.
    await approve(await asPerson('Petra Pohl'), path);
    await approve(await asPerson('Otto Olsen'), path);
    await expect
      .poll(() => findEntraGroup(TEAM_GROUP), { timeout: 60_000 })
      .toBeUndefined();
    expect(
      await holdersOf(DATA_STAGING, await permissionSetArn('ReadOnly')),
    ).not.toContain(teamsGroup);
  });
});

async function untilThere<Found>(find: () => Promise<Found>): Promise<Found> {
  let found: Found | undefined;
  await expect
    .poll(
      async () => {
        found = await find().catch(() => undefined);
        return found;
      },
      { timeout: 60_000 },
    )
    .toBeDefined();
  return found!;
}
