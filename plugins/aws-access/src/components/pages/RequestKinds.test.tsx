import { EditorView } from '@codemirror/view';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent, { UserEvent } from '@testing-library/user-event';
import { RequestInput } from 'backstage-plugin-aws-access-common';
import { axe } from 'jest-axe';
import { FakeAwsAccessApi } from '../../testing/FakeAwsAccessApi';
import { dataProd, powerUser, preview } from '../../testing/fixtures';
import { renderPage } from '../../testing/renderPage';
import { RequestFormPage } from './RequestFormPage';

const TEAM = '?team=group:default/payments';
const GROUP = '22222222-0000-4000-8000-000000000001';

function renderForm(query: string) {
  const api = new FakeAwsAccessApi();
  const previewRequest = jest.fn(async (_input: RequestInput) => preview);
  api.previewRequest = previewRequest;
  const { container } = renderPage(<RequestFormPage />, api, {
    path: `/form${TEAM}${query}`,
    pattern: '/form',
  });
  const lastAsked = () => previewRequest.mock.lastCall?.[0];
  return { user: userEvent.setup(), previewRequest, container, lastAsked };
}

async function choose(user: UserEvent, field: RegExp, option: RegExp) {
  await user.click(await screen.findByRole('button', { name: field }));
  await user.click(await screen.findByRole('option', { name: option }));
}

describe('the request form', () => {
  it('asks for a temporary elevation, which must have an end', async () => {
    const { user, lastAsked, container } = renderForm(
      `&account=${dataProd.id}&permissionSet=${powerUser.arn}`,
    );
    await choose(user, /What you ask for/, /Temporary elevation/);
    expect(
      screen.queryByRole('radio', { name: 'Standing' }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('radio', { name: 'The whole team' }),
    ).not.toBeInTheDocument();
    await user.click(screen.getByRole('radio', { name: '1 hr' }));
    await waitFor(() =>
      expect(lastAsked()).toMatchObject({
        duration: 'PT1H',
        changes: [
          {
            kind: 'elevation',
            people: ['user:default/ana'],
            permissionSet: { arn: powerUser.arn },
            accounts: { accountIds: [dataProd.id] },
          },
        ],
      }),
    );
    expect((await axe(container)).violations).toEqual([]);
  });

  it('asks for accounts by organizational unit, with a ceiling', async () => {
    const { user, lastAsked } = renderForm(`&permissionSet=${powerUser.arn}`);
    await user.click(
      await screen.findByRole('radio', { name: 'By organizational unit' }),
    );
    await user.click(await screen.findByRole('row', { name: /^Production/ }));
    await waitFor(() =>
      expect(lastAsked()?.changes[1]).toMatchObject({
        accounts: {
          kind: 'organizationalUnit',
          id: 'ou-ex01-production',
          maxAccounts: 10,
        },
      }),
    );
  });

  it('is filed for somebody else, whom it is then for', async () => {
    const { user, lastAsked, previewRequest } = renderForm(
      `&account=${dataProd.id}&permissionSet=${powerUser.arn}`,
    );
    previewRequest.mockResolvedValue({
      ...preview,
      outcome: 'cannotFile',
      problems: [
        {
          path: 'onBehalfOf',
          message: 'You may not file for others.',
          fix: 'Ask them to file it.',
        },
      ],
    });
    await user.click(
      await screen.findByRole('checkbox', { name: /for somebody else/ }),
    );
    await choose(user, /Choose a person/, /Ben Brandt/);
    await waitFor(() =>
      expect(lastAsked()).toMatchObject({
        onBehalfOf: 'user:default/ben',
        changes: [
          { members: { kind: 'people', people: ['user:default/ben'] } },
          {},
        ],
      }),
    );
    expect(
      await screen.findByText(
        'You may not file for others. Ask them to file it.',
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('radio', { name: 'The person it is filed for' }),
    ).toBeChecked();
  });

  it('is filled in by a link to somebody’s removal from a group', async () => {
    const { lastAsked } = renderForm(
      `&removal=membership&accessGroup=${GROUP}&person=user:default/lena`,
    );
    await waitFor(() =>
      expect(lastAsked()).toMatchObject({
        duration: null,
        changes: [
          {
            kind: 'removeMembership',
            accessGroup: { entraGroupId: GROUP },
            people: ['user:default/lena'],
          },
        ],
      }),
    );
    expect(await screen.findByText(/has no end of its own/)).toBeVisible();
    expect(await screen.findAllByText('Lena Lind')).not.toHaveLength(0);
  });

  it('takes under management what a link from the team’s access names', async () => {
    const { user, lastAsked, container } = renderForm(
      `&kind=adoption&accessGroup=${GROUP}`,
    );
    await waitFor(() =>
      expect(lastAsked()).toMatchObject({
        duration: null,
        changes: [
          { kind: 'adoptAccessGroup', accessGroup: { entraGroupId: GROUP } },
        ],
      }),
    );
    expect(await screen.findByText(/Nothing changes now/)).toBeVisible();
    await user.click(
      screen.getByRole('radio', { name: 'A permission set by itself' }),
    );
    await choose(user, /Permission set/, /PowerUser/);
    await waitFor(() =>
      expect(lastAsked()?.changes).toEqual([
        {
          kind: 'adoptPermissionSet',
          permissionSet: { arn: powerUser.arn },
        },
      ]),
    );
    expect((await axe(container)).violations).toEqual([]);
  });

  it('designs a permission set and asks for it at once, in two changes', async () => {
    const { user, lastAsked, container, previewRequest } = renderForm(
      '&kind=permissionSet',
    );
    await user.type(
      await screen.findByRole('textbox', { name: /Name/ }),
      'Reports!',
    );
    expect(await screen.findByText(/Must have 1 to 32 letters/)).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'File the request' }),
    ).toHaveAccessibleDescription('Mend what is marked in the form.');
    await user.keyboard('{Backspace}');

    const editor = await screen.findByRole('textbox', {
      name: 'Inline policy',
    });
    const text = '{"Version":"2012-10-17","Statement":[]}';
    const view = EditorView.findFromDOM(editor)!;
    act(() => view.dispatch({ changes: { from: 0, insert: text } }));
    expect(await screen.findByText('39 of 10,240 characters')).toBeVisible();
    await user.click(editor);
    await user.keyboard('{Escape}');
    expect(editor).not.toHaveFocus();

    await user.click(
      screen.getByRole('button', { name: 'Add another change' }),
    );
    const second = await screen.findByRole('group', { name: 'Change 2' });
    expect(second).toHaveFocus();
    expect(
      screen.getByRole('button', { name: 'File the request' }),
    ).toHaveAccessibleDescription('Change 2: Choose at least one account.');
    const inSecond = within(second);
    await user.click(inSecond.getByRole('button', { name: /Accounts/ }));
    await user.click(await screen.findByRole('option', { name: /data-prod/ }));
    await user.keyboard('{Escape}');
    await user.click(inSecond.getByRole('button', { name: /Permission set/ }));
    await user.click(await screen.findByRole('option', { name: /^Reports/ }));

    previewRequest.mockResolvedValue({
      ...preview,
      outcome: 'cannotFile',
      problems: [
        {
          path: 'changes.2.accounts.accountIds.0',
          message: 'data-prod is protected.',
          fix: 'Choose another account.',
        },
      ],
    });
    await waitFor(() =>
      expect(lastAsked()?.changes).toMatchObject([
        {
          kind: 'permissionSet',
          key: 'set-1',
          document: { name: 'Reports', inlinePolicy: text },
        },
        { kind: 'accessGroup' },
        { kind: 'assignment', permissionSet: { change: 'set-1' } },
      ]),
    );
    await user.click(screen.getByRole('radio', { name: '4 hr' }));
    expect(
      await inSecond.findByText(
        'data-prod is protected. Choose another account.',
      ),
    ).toBeVisible();
    expect((await axe(container)).violations).toEqual([]);

    await user.click(screen.getByRole('button', { name: 'Take out change 2' }));
    expect(
      screen.getByRole('button', { name: 'Add another change' }),
    ).toHaveFocus();
  });
});
