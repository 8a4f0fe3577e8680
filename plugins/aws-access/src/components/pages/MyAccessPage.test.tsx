import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { FakeAwsAccessApi } from '../../testing/FakeAwsAccessApi';
import {
  aRequest,
  fresh,
  minutesFromNow,
  myAccess,
  noAccess,
  partial,
} from '../../testing/fixtures';
import { renderPage } from '../../testing/renderPage';
import { MyAccessPage } from './MyAccessPage';

function anApi() {
  return new FakeAwsAccessApi([
    aRequest('active', undefined, { endsAt: minutesFromNow(192) }),
    aRequest('pending'),
    aRequest('rejected'),
  ]);
}

describe('My AWS access', () => {
  it('shows what is usable, on its way and over, and how old that is', async () => {
    const { container } = renderPage(<MyAccessPage />, anApi());

    const usable = await screen.findByRole('region', {
      name: 'Usable now (3)',
    });
    const row = within(usable).getByRole('row', { name: /data-prod/ });
    expect(row).toHaveTextContent('555566667777');
    expect(row).toHaveTextContent('production');
    expect(row).toHaveTextContent('PowerUserpower');
    expect(row).toHaveTextContent('AWS-Payments-PowerUser-data');
    expect(row).toHaveTextContent('3 hr 12 min left');
    expect(
      within(row).getByRole('link', {
        name: 'Open console of data-prod as PowerUser',
      }),
    ).toHaveAttribute('href', myAccess.items[2].consoleUrl);
    expect(
      within(usable).getByRole('row', { name: /payments-dev/ }),
    ).toHaveTextContent('standing');

    const onItsWay = await screen.findByRole('region', {
      name: 'On its way (1)',
    });
    expect(onItsWay).toHaveTextContent('waiting for account owner');
    expect(within(onItsWay).getByRole('link')).toHaveAttribute(
      'href',
      '/aws-access/requests/request-pending',
    );
    expect(
      screen.getByRole('region', { name: 'Recently ended (1)' }),
    ).toHaveTextContent('rejected');
    expect(screen.getByText('complete')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Request access' }),
    ).toHaveAttribute('href', '/aws-access/request');
    expect((await axe(container)).violations).toEqual([]);
  });

  it('copies a CLI profile', async () => {
    const user = userEvent.setup();
    const copied = jest.fn();
    document.execCommand = jest.fn(() => {
      copied(document.getSelection()?.toString());
      return true;
    });
    renderPage(<MyAccessPage />, anApi());

    await user.click(
      await screen.findByRole('button', {
        name: 'Copy an AWS CLI profile for data-prod as PowerUser',
      }),
    );
    expect(document.execCommand).toHaveBeenCalledWith('copy');
    expect(await screen.findByText('Copied')).toBeInTheDocument();
  });

  it('gives access back after asking once more, and stays open when that fails', async () => {
    const user = userEvent.setup();
    const api = anApi();
    const returnAccess = api.returnAccess;
    api.returnAccess = async () => {
      throw new Error('the database is away');
    };
    renderPage(<MyAccessPage />, api);

    // Only the access that came from a request of hers can be given back.
    const [giveBack, ...others] = await screen.findAllByRole('button', {
      name: /^Give back/,
    });
    expect(others).toEqual([]);
    await user.click(giveBack);
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('PowerUser · data-prod (555566667777)');
    await user.click(within(dialog).getByRole('button', { name: 'Give back' }));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'the database is away. Nothing was changed; you can try again.',
    );

    api.returnAccess = returnAccess;
    await user.click(within(dialog).getByRole('button', { name: 'Give back' }));
    expect(await screen.findByText('being taken away')).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('asks for more time for what has an end, from its row', async () => {
    const user = userEvent.setup();
    const active = aRequest('active', undefined, { id: 'request-active' });
    const api = new FakeAwsAccessApi([active]);
    const extend = jest.fn(api.extend);
    api.extend = extend;
    renderPage(<MyAccessPage />, api);

    await user.click(
      await screen.findByRole('button', { name: /^Ask for more time as/ }),
    );
    const dialog = await screen.findByRole('dialog');
    await user.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'It takes longer',
    );
    await user.click(
      within(dialog).getByRole('button', { name: 'Ask for it' }),
    );
    await waitFor(() =>
      expect(extend).toHaveBeenCalledWith(
        'request-active',
        expect.objectContaining({
          duration: 'PT4H',
          justification: 'It takes longer',
        }),
      ),
    );
  });

  it('offers the next step to who has nothing', async () => {
    const api = new FakeAwsAccessApi();
    api.getAccess = async () => noAccess;
    renderPage(<MyAccessPage />, api);

    expect(
      await screen.findByText('You have no AWS access yet'),
    ).toBeInTheDocument();
    expect(
      screen.getAllByRole('link', { name: 'Request access' }),
    ).toHaveLength(2);
  });

  it('does not call complete what goes on being read', async () => {
    const api = new FakeAwsAccessApi();
    const freshness = {
      ...fresh,
      complete: false,
      parts: fresh.parts.map(status =>
        status.part === 'assignments'
          ? { ...status, complete: false, unread: { count: 45, of: 48 } }
          : status,
      ),
    };
    api.getAccess = async () => ({ ...myAccess, freshness });
    renderPage(<MyAccessPage />, api);
    expect(
      await screen.findByText(
        'complete but for direct assignments: 45 of 48 pairs not yet read',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText('complete')).not.toBeInTheDocument();
  });

  it('says what is missing, and does not call partial knowledge "nothing"', async () => {
    const api = new FakeAwsAccessApi();
    api.getAccess = async () => ({ ...noAccess, freshness: partial });
    const refresh = jest.fn(async () => {});
    api.refreshInventory = refresh;
    renderPage(<MyAccessPage />, api);

    expect(
      await screen.findByText('assignments incomplete (throttled)'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/access may exist that is not shown/),
    ).toBeInTheDocument();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Refresh' }),
    );
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('offers a refresh only to those who may have the clouds read anew', async () => {
    const api = anApi();
    const { items } = await api.getInventoryStatus();
    const status = jest.fn(async () => ({ items, canRefresh: false }));
    api.getInventoryStatus = status;
    renderPage(<MyAccessPage />, api);

    expect(await screen.findByText('complete')).toBeInTheDocument();
    await waitFor(() => expect(status).toHaveBeenCalled());
    expect(screen.queryByRole('button', { name: 'Refresh' })).toBeNull();
  });

  it('shows what a refresh brought as soon as it is over', async () => {
    const api = anApi();
    const { items, canRefresh } = await api.getInventoryStatus();
    const running = { ...items[0].refresh, running: true };
    api.getInventoryStatus = jest
      .fn(async () => ({ items, canRefresh }))
      .mockResolvedValueOnce({
        items: [{ ...items[0], refresh: running }],
        canRefresh,
      });
    const { getAccess } = api;
    api.getAccess = jest.fn(getAccess).mockImplementationOnce(async () => ({
      ...noAccess,
      freshness: partial,
    }));
    renderPage(<MyAccessPage />, api);

    expect(
      await screen.findByText(/access may exist that is not shown/),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('region', { name: 'Usable now (3)' }),
    ).toBeInTheDocument();
  });

  it('says who can help when it may not be seen', async () => {
    const api = new FakeAwsAccessApi();
    api.getAccess = async () => {
      throw new NotAllowedError('Not for you.');
    };
    renderPage(<MyAccessPage />, api);
    expect(
      await screen.findByText(
        /portal administrator can help. \(Not for you.\)/,
      ),
    ).toBeInTheDocument();
  });

  it('keeps what it shows while a newer state cannot be loaded', async () => {
    const api = anApi();
    const getAccess = api.getAccess;
    let isAway = false;
    api.getAccess = async query => {
      if (isAway) throw new NotAllowedError('gone');
      return getAccess(query);
    };
    renderPage(<MyAccessPage />, api);
    await screen.findByRole('region', { name: 'Usable now (3)' });

    // A refresh asks for everything again.
    isAway = true;
    await userEvent.click(
      await screen.findByRole('button', { name: 'Refresh' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'What you see is from before. Nothing was changed. (gone.)',
    );
    expect(
      screen.getByRole('region', { name: 'Usable now (3)' }),
    ).toBeInTheDocument();
  });
});
