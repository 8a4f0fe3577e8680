import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  Account,
  MAX_NAMED_ACCOUNTS,
} from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import { AwsAccessQueryProvider } from '../../hooks/AwsAccessQueryProvider';
import { useAccountChoices } from '../../hooks/useAccountChoices';
import { FakeAwsAccessApi } from '../../testing/FakeAwsAccessApi';
import { fresh } from '../../testing/fixtures';
import { renderPage } from '../../testing/renderPage';
import { AccountPicker } from './AccountPicker';

const ACCOUNTS = 5_000;
const A_PAGE = 200;

/** Every hundred of them in a unit of its own, half of the units in production. */
function manyAccounts(): Account[] {
  return Array.from({ length: ACCOUNTS }, (_, index) => {
    const unit = Math.floor(index / 100);
    const isProd = unit % 2 === 0;
    return {
      organizationId: 'parcel',
      id: String(100_000_000_000 + index),
      name: `account-${String(index).padStart(4, '0')}`,
      environment: isProd ? 'prod' : 'dev',
      email: null,
      state: 'ACTIVE',
      ouPath: ['Workloads', isProd ? 'Production' : 'Development', `U${unit}`],
      ouIds: ['ou-w', isProd ? 'ou-p' : 'ou-d', `ou-${unit}`],
      ownerRefs: index === 42 ? ['user:default/ben'] : null,
      isProtected: index === 1,
    };
  });
}

function Picker() {
  const [value, setValue] = useState<string[]>([String(100_000_004_999)]);
  return (
    <AccountPicker {...useAccountChoices()} value={value} onChange={setValue} />
  );
}

async function renderPicker() {
  const all = manyAccounts();
  const api = new FakeAwsAccessApi();
  api.listAccounts = jest.fn(async query => {
    const from = Number(query?.cursor || 0);
    const next = from + A_PAGE;
    return {
      items: all.slice(from, next),
      totalItems: all.length,
      nextCursor: next < all.length ? String(next) : null,
      freshness: fresh,
    };
  });
  renderPage(
    <AwsAccessQueryProvider>
      <Picker />
    </AwsAccessQueryProvider>,
    api,
  );
  const user = userEvent.setup();
  // What is chosen is on the last page, and has a name all the same.
  expect(await screen.findByText(/account-4999 · 100000004999/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: /Accounts$/ }));
  return { user, dialog: within(await screen.findByRole('dialog')) };
}

beforeEach(() => {
  // A list of a screenful needs a screen.
  jest
    .spyOn(window.HTMLElement.prototype, 'clientHeight', 'get')
    .mockReturnValue(400);
  jest
    .spyOn(window.HTMLElement.prototype, 'clientWidth', 'get')
    .mockReturnValue(500);
});
afterEach(() => jest.restoreAllMocks());
jest.setTimeout(30_000);

describe('AccountPicker with thousands of accounts', () => {
  it('draws a screenful of them, and finds any by its id', async () => {
    const { user, dialog } = await renderPicker();
    expect(await dialog.findByText(/5000 accounts · 1 chosen/)).toBeVisible();
    expect(dialog.getAllByRole('option').length).toBeLessThan(30);

    await user.type(dialog.getByRole('searchbox'), '100000003333');
    await user.click(
      await dialog.findByRole('option', { name: /^account-3333/ }),
    );
    await user.click(dialog.getByRole('button', { name: 'Done' }));
    expect(screen.getByText(/account-3333 · 100000003333/)).toBeVisible();
    expect(screen.getByText(/account-4999/)).toBeVisible();
  });

  it('goes down the tree of units by the keyboard, and takes a whole unit', async () => {
    const { user, dialog } = await renderPicker();
    const tree = dialog.getByRole('treegrid', { name: 'Organizational unit' });
    const top = await within(tree).findByRole('row', {
      name: /All accounts, 5000/,
    });
    expect(top).toHaveAttribute('aria-expanded', 'true');
    await user.click(top);
    await user.keyboard('{ArrowDown}{ArrowRight}{ArrowDown}');
    expect(
      within(tree).getByRole('row', { name: /Development, 2500 accounts/ }),
    ).toHaveAttribute('aria-selected', 'true');
    await user.keyboard('{ArrowRight}{ArrowDown}');
    expect(await dialog.findByText(/^100 accounts/)).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Choose all 100' }));
    expect(await dialog.findByText(/100 accounts · 101 chosen/)).toBeVisible();
  });

  it('offers to choose all that are shown up to as many as a change may name', async () => {
    const { user, dialog } = await renderPicker();
    const narrow = async (text: string) => {
      await user.clear(dialog.getByRole('searchbox'));
      await user.paste(text);
    };
    // One of them is chosen from the beginning.
    await narrow('1000000049');
    await user.click(
      await dialog.findByRole('button', { name: 'Choose all 99' }),
    );
    await narrow('1000000048');
    await user.click(
      await dialog.findByRole('button', { name: 'Choose all 100' }),
    );
    expect(
      await dialog.findByText(
        new RegExp(`^100 accounts · ${MAX_NAMED_ACCOUNTS} chosen`),
      ),
    ).toBeVisible();
    await narrow('100000004700');
    expect(
      await dialog.findByText(
        new RegExp(`^1 account · ${MAX_NAMED_ACCOUNTS} chosen`),
      ),
    ).toBeVisible();
    expect(
      dialog.queryByRole('button', { name: /^Choose all/ }),
    ).not.toBeInTheDocument();
  });

  it('narrows by environment and by owner', async () => {
    const { user, dialog } = await renderPicker();
    await user.click(dialog.getByRole('button', { name: /Environment/ }));
    await user.click(await screen.findByRole('option', { name: 'production' }));
    expect(await dialog.findByText(/^2500 accounts/)).toBeVisible();
    await user.click(dialog.getByRole('button', { name: /Owner/ }));
    await user.click(await screen.findByRole('option', { name: /Ben Brandt/ }));
    await waitFor(() => expect(dialog.getByText(/^1 account ·/)).toBeVisible());
    expect(
      await dialog.findByRole('option', {
        name: /account-0042.*Workloads \/ Production \/ U0 · Ben Brandt.*production/,
      }),
    ).toBeVisible();
  });
});
