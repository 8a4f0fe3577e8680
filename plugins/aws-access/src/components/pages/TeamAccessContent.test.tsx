import { NotFoundError } from '@backstage/errors';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { paymentsTeam } from '../../testing/catalogFixtures';
import { FakeAwsAccessApi } from '../../testing/FakeAwsAccessApi';
import { aRequest, noAccess } from '../../testing/fixtures';
import { renderPage } from '../../testing/renderPage';
import { TeamAccessCard } from './TeamAccessCard';
import { TeamAccessContent } from './TeamAccessContent';

const tab = (
  <EntityProvider entity={paymentsTeam}>
    <TeamAccessContent />
  </EntityProvider>
);

describe('the team tab', () => {
  it('shows who reaches which account, and through what', async () => {
    const user = userEvent.setup();
    const { container } = renderPage(
      tab,
      new FakeAwsAccessApi([aRequest('active')]),
    );

    expect(
      await screen.findByRole('heading', { name: 'AWS access of Payments' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        '3 people · 3 accounts · 2 permission sets · 1 temporary · 1 thing to look at',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('group', { name: 'Things to look at' }),
    ).toHaveTextContent('Lena Lind is in AWS-Payments-PowerUser');
    expect(screen.getByRole('link', { name: 'Ask to remove' })).toHaveAttribute(
      'href',
      expect.stringMatching(
        /removal=membership&accessGroup=22222222-[0-9a-f-]+&person=user%3Adefault%2Flena$/,
      ),
    );
    const lena = screen.getByRole('row', { name: /Lena Lind/ });
    expect(lena).toHaveTextContent('not in the team');
    expect(
      within(lena).getByRole('link', { name: 'Lena Lind' }),
    ).toHaveAttribute('href', '/catalog/default/user/lena');
    expect((await axe(container)).violations).toEqual([]);

    await user.click(
      screen.getByRole('button', {
        name: 'Ana Alves on data-prod: PowerUser, power. Show details',
      }),
    );
    const details = await screen.findByRole('dialog');
    expect(details).toHaveTextContent('group AWS-Payments-PowerUser-data');
    expect(details).toHaveTextContent('this portal made it');
    expect(
      within(details).getByRole('link', { name: 'Request 1042' }),
    ).toHaveAttribute('href', '/aws-access/requests/request-active');
    expect(
      await within(details).findByRole('button', { name: 'Give back' }),
    ).toBeInTheDocument();
  });

  it('shows the same access by account and by permission set, filtered', async () => {
    const user = userEvent.setup();
    renderPage(tab, new FakeAwsAccessApi());

    await user.click(await screen.findByRole('tab', { name: 'By account' }));
    const byAccount = await screen.findByRole('tabpanel', {
      name: 'By account',
    });
    expect(within(byAccount).getAllByRole('row')).toHaveLength(4);

    await user.click(screen.getByRole('switch', { name: 'Temporary only' }));
    await waitFor(() =>
      expect(within(byAccount).getAllByRole('row')).toHaveLength(2),
    );
    await user.click(screen.getByRole('tab', { name: 'By permission set' }));
    expect(
      await screen.findByRole('row', { name: /PowerUser/ }),
    ).toHaveTextContent('data-prod');
    expect(screen.queryByRole('row', { name: /ReadOnly/ })).toBeNull();
  });

  it('downloads what is shown as CSV', async () => {
    const user = userEvent.setup();
    let download: Blob | undefined;
    URL.createObjectURL = blob => {
      download = blob as Blob;
      return 'blob:csv';
    };
    URL.revokeObjectURL = () => {};
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    renderPage(tab, new FakeAwsAccessApi());

    await user.click(
      await screen.findByRole('button', { name: 'Download this view as CSV' }),
    );
    expect(click).toHaveBeenCalledTimes(1);
    // Six grants below one header line.
    expect(download?.size).toBeGreaterThan(0);
    expect(download?.type).toBe('text/csv');
    click.mockRestore();
  });

  it('says what would be here, and how to get it, where there is nothing', async () => {
    const api = new FakeAwsAccessApi();
    api.getAccess = async () => noAccess;
    renderPage(tab, api);
    expect(
      await screen.findByText('This team has no AWS access yet'),
    ).toBeInTheDocument();
    expect(
      screen.getAllByRole('link', { name: 'Request for the team' })[0],
    ).toHaveAttribute(
      'href',
      '/aws-access/request?team=group%3Adefault%2Fpayments',
    );
  });
});

describe('a team of others', () => {
  it('says who sees its access, on the tab and on the card', async () => {
    const api = new FakeAwsAccessApi();
    api.getAccess = async () => {
      throw new NotFoundError('There is no such team.');
    };
    renderPage(
      <EntityProvider entity={paymentsTeam}>
        <TeamAccessCard />
        <TeamAccessContent />
      </EntityProvider>,
      api,
    );
    expect(
      await screen.findByText(/A lead of the team can help./),
    ).toBeInTheDocument();
    expect(
      screen.getAllByText(/The AWS access of this team is not yours to see/),
    ).toHaveLength(2);
  });
});

describe('the team card', () => {
  it('sums the access up and leads on', async () => {
    const { container } = renderPage(
      <EntityProvider entity={paymentsTeam}>
        <TeamAccessCard />
      </EntityProvider>,
      new FakeAwsAccessApi(),
    );
    const bars = await screen.findByRole('list', {
      name: 'Access by environment',
    });
    expect(
      within(bars)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(['production2', 'development1']);
    expect(screen.getByText(/Next end/)).toHaveTextContent('in 3 hours');
    expect(screen.getByRole('link', { name: 'Show access' })).toHaveAttribute(
      'href',
      '/catalog/default/group/payments/aws-access',
    );
    expect((await axe(container)).violations).toEqual([]);
  });
});
