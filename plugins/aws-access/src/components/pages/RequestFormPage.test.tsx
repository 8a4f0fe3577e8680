import { InputError, ResponseError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FileRequestInput } from 'backstage-plugin-aws-access-common';
import { axe } from 'jest-axe';
import { FakeAwsAccessApi } from '../../testing/FakeAwsAccessApi';
import { dataProd, powerUser, preview } from '../../testing/fixtures';
import { renderPage } from '../../testing/renderPage';
import { RequestFormPage } from './RequestFormPage';

const PREFILLED = `/form?team=group:default/payments&account=${dataProd.id}`;

function renderForm(api: FakeAwsAccessApi, path = PREFILLED) {
  return renderPage(<RequestFormPage />, api, { path, pattern: '/form' });
}

async function choosePermissionSet(user: ReturnType<typeof userEvent.setup>) {
  await user.click(
    await screen.findByRole('button', { name: /Permission set/ }),
  );
  await user.click(await screen.findByRole('option', { name: /PowerUser/ }));
}

describe('the request form', () => {
  it('previews what is filled in and files it, once', async () => {
    const user = userEvent.setup();
    const api = new FakeAwsAccessApi();
    const filed: FileRequestInput[] = [];
    api.fileRequest = async input => {
      filed.push(input);
      if (filed.length === 1) throw new InputError('The ticket is closed');
      return new FakeAwsAccessApi().fileRequest(input);
    };
    const { container } = renderForm(api);

    const submit = await screen.findByRole('button', {
      name: 'File the request',
    });
    expect(submit).toBeDisabled();
    expect(submit).toHaveAccessibleDescription('Choose a permission set.');
    await choosePermissionSet(user);
    await user.click(screen.getByRole('radio', { name: '4 hr' }));

    const panel = screen.getByRole('region', { name: 'Preview' });
    expect(
      await within(panel).findByText(preview.plan!.sentences[0]),
    ).toBeInTheDocument();
    const findings = within(panel).getByText(/Production account/);
    expect(
      findings.compareDocumentPosition(
        within(panel).getByText(/A session may outlive/),
      ),
    ).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(panel).toHaveTextContent('account owner · 1 approval');
    expect(panel).toHaveTextContent('Otto Olsen');
    expect(submit).toHaveAccessibleDescription('Say why.');
    // Nobody sees such a character: the field must say that it is there.
    const why = screen.getByRole('textbox', { name: /Why/ });
    await user.click(why);
    await user.paste('Rotate \u202e the key');
    expect(why).toHaveAccessibleDescription(
      /must not contain control, invisible or text-direction characters/i,
    );
    await user.clear(why);
    expect((await axe(container)).violations).toEqual([]);

    await user.type(
      screen.getByRole('textbox', { name: /Why/ }),
      'Rotate the leaked key',
    );
    await waitFor(() => expect(submit).toBeEnabled());
    await user.click(submit);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The ticket is closed. What you typed is still here',
    );
    expect(screen.getByRole('textbox', { name: /Why/ })).toHaveValue(
      'Rotate the leaked key',
    );

    await user.click(submit);
    expect(await screen.findByText('elsewhere')).toBeInTheDocument();
    expect(filed[1]).toMatchObject({
      team: 'group:default/payments',
      duration: 'PT4H',
      justification: 'Rotate the leaked key',
      changes: [
        { members: { kind: 'people', people: ['user:default/ana'] } },
        {
          permissionSet: { arn: powerUser.arn },
          accounts: { accountIds: [dataProd.id] },
        },
      ],
    });
    // The same key again: a second attempt can not file a second request.
    expect(filed[0].idempotencyKey).toMatch(/^[\w.:-]{8,200}$/);
    expect(filed[1].idempotencyKey).toBe(filed[0].idempotencyKey);
  });

  it('asks for named people of the team, and for standing access', async () => {
    const user = userEvent.setup();
    const api = new FakeAwsAccessApi();
    const previewRequest = jest.fn(api.previewRequest);
    api.previewRequest = previewRequest;
    renderForm(api);

    await choosePermissionSet(user);
    await user.click(screen.getByRole('radio', { name: 'Standing' }));
    await user.click(
      screen.getByRole('radio', { name: 'Named people of the team' }),
    );
    await user.click(await screen.findByRole('button', { name: /People/ }));
    await user.click(await screen.findByRole('option', { name: /Ben Brandt/ }));
    await waitFor(() =>
      expect(previewRequest).toHaveBeenLastCalledWith(
        expect.objectContaining({
          duration: null,
          changes: expect.arrayContaining([
            expect.objectContaining({
              members: { kind: 'people', people: ['user:default/ben'] },
            }),
          ]),
        }),
      ),
    );
  });

  it('names what is to mend, and does not file before', async () => {
    const user = userEvent.setup();
    const api = new FakeAwsAccessApi();
    api.previewRequest = async () => ({
      ...preview,
      outcome: 'cannotFile',
      plan: null,
      digest: null,
      stages: [],
      problems: [
        {
          path: 'changes.1.accounts.accountIds.0',
          message: 'data-prod is protected.',
          fix: 'Choose another account.',
        },
      ],
    });
    renderForm(api);

    await choosePermissionSet(user);
    await user.type(screen.getByRole('textbox', { name: /Why/ }), 'Look');
    expect(
      await screen.findByText('Fix: Choose another account.'),
    ).toBeInTheDocument();
    const submit = screen.getByRole('button', { name: 'File the request' });
    await waitFor(() =>
      expect(submit).toHaveAccessibleDescription(
        'The preview names something to mend first.',
      ),
    );
    expect(submit).toBeDisabled();
  });

  it('says in the backend’s words why a link cannot be previewed', async () => {
    const api = new FakeAwsAccessApi();
    api.previewRequest = async () => {
      throw await ResponseError.fromResponse(
        Response.json(
          {
            error: {
              name: 'InputError',
              message: 'accounts: 999999999999 is none',
            },
            response: { statusCode: 400 },
          },
          { status: 400, statusText: 'Bad Request' },
        ),
      );
    };
    renderForm(
      api,
      `/form?team=group:default/payments&account=999999999999&permissionSet=${powerUser.arn}`,
    );

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'accounts: 999999999999 is none. Nothing was filed; what you typed is still there.',
    );
    expect(
      screen.getByRole('button', { name: 'File the request' }),
    ).toBeDisabled();
  });
});
