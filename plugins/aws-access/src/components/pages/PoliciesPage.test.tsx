import { NotAllowedError } from '@backstage/errors';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AwsAccessApi } from 'backstage-plugin-aws-access-common';
import { axe } from 'jest-axe';
import { FakeAwsAccessApi } from '../../testing/FakeAwsAccessApi';
import { dataProd, preview } from '../../testing/fixtures';
import { renderPage } from '../../testing/renderPage';
import { PoliciesPage } from './PoliciesPage';

describe('the policy page', () => {
  it('says the rules, and what would come of somebody’s request and why', async () => {
    const user = userEvent.setup();
    const api = new FakeAwsAccessApi();
    const asked: Parameters<AwsAccessApi['simulateRequest']>[0][] = [];
    api.simulateRequest = async input => {
      asked.push(input);
      return {
        ...preview,
        explanation: [
          {
            accountIds: [dataProd.id],
            permissionSet: 'PowerUser',
            rules: [
              {
                name: 'powerful access to production',
                unknown: ['the environment: it has no tag'],
                does: ['asks security (1 of user:default/sia)'],
              },
            ],
            asksDefaultStage: true,
          },
        ],
      };
    };
    const { container } = renderPage(<PoliciesPage />, api);

    expect(
      await screen.findByText(
        'When the environment is prod and the access level is admin or power',
      ),
    ).toBeVisible();
    expect(
      screen.getByText(/Asked of every request .*: account owner/),
    ).toBeVisible();

    const submit = screen.getByRole('button', { name: 'What would happen?' });
    expect(submit).toBeDisabled();
    expect(submit).toHaveAccessibleDescription('Choose a person.');
    const choose = async (field: RegExp, option: RegExp) => {
      await user.click(await screen.findByRole('button', { name: field }));
      await user.click(await screen.findByRole('option', { name: option }));
    };
    await choose(/Person/, /Ben Brandt/);
    await choose(/Choose a team Team/, /Payments/);
    await user.click(screen.getByRole('button', { name: /Accounts/ }));
    await user.click(await screen.findByRole('option', { name: /data-prod/ }));
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: /Permission set/ }));
    await user.click(await screen.findByRole('option', { name: /PowerUser/ }));
    await user.click(submit);

    expect(
      await screen.findByText(
        /powerful access to production: asks security .* \(perhaps, because these are not known: the environment: it has no tag\)/,
      ),
    ).toBeVisible();
    expect(screen.getByText('It would need approval.')).toBeVisible();
    expect(asked).toMatchObject([
      {
        requester: 'user:default/ben',
        team: 'group:default/payments',
        duration: 'PT8H',
        filedByActor: false,
        changes: [
          { members: { kind: 'people', people: ['user:default/ben'] } },
          { accounts: { accountIds: [dataProd.id] } },
        ],
      },
    ]);
    expect((await axe(container)).violations).toEqual([]);
  });

  it('tells who may not see it whom to ask', async () => {
    const api = new FakeAwsAccessApi();
    api.getPolicy = async () => {
      throw new NotAllowedError('The policy is for the roles admin');
    };
    renderPage(<PoliciesPage />, api);
    expect(
      await screen.findByText(/The policy is for the roles admin/),
    ).toBeVisible();
    expect(screen.queryByRole('form')).not.toBeInTheDocument();
  });
});
