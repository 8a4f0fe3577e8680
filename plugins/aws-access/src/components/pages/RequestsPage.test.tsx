import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { FakeAwsAccessApi } from '../../testing/FakeAwsAccessApi';
import {
  aRequest,
  aSummary,
  requestsInEveryState,
  viewers,
} from '../../testing/fixtures';
import { renderPage } from '../../testing/renderPage';
import { RequestsPage } from './RequestsPage';

function renderLists(api: FakeAwsAccessApi, query = '') {
  return renderPage(<RequestsPage />, api, {
    path: `/requests${query}`,
    pattern: '/requests/*',
  });
}

describe('the lists of requests', () => {
  it('begin with what waits for the reader', async () => {
    const api = new FakeAwsAccessApi([
      ...requestsInEveryState,
      aRequest('pending', viewers.approver, { id: 'to-decide', number: 1099 }),
    ]);
    const { container } = renderLists(api);

    const row = await screen.findByRole('row', { name: /Ana Alves asks/ });
    expect(row).toHaveTextContent('1099');
    expect(row).toHaveTextContent('waiting for approval');
    expect(row).toHaveTextContent('production');
    expect((await axe(container)).violations).toEqual([]);
  });

  it('name what goes on of what has ended in part', async () => {
    const api = new FakeAwsAccessApi();
    const goesOn = { title: 'Ana Alves asks for PowerUser on payments-dev' };
    api.listRequests = async () => ({
      items: [{ ...aSummary(aRequest('active')), goesOn }],
      nextCursor: null,
    });
    renderLists(api, '?view=all');
    const row = await screen.findByRole('row', { name: /payments-dev/ });
    expect(row).toHaveTextContent('a part of it has ended');
    expect(row).not.toHaveTextContent('data-prod');
  });

  it('say what would be here when nothing waits', async () => {
    renderLists(new FakeAwsAccessApi());
    expect(
      await screen.findByText('Nothing waits for you'),
    ).toBeInTheDocument();
  });

  it('load page after page, and filter on the server and in what is loaded', async () => {
    const user = userEvent.setup();
    const api = new FakeAwsAccessApi();
    const first = aSummary(aRequest('active', undefined, { number: 2001 }));
    const second = aSummary(aRequest('stuck', undefined, { number: 2002 }));
    const listRequests = jest.fn(
      async (query?: { cursor?: string; state?: string }) =>
        query?.cursor === 'next'
          ? { items: [second], nextCursor: null }
          : { items: [first], nextCursor: 'next' },
    );
    api.listRequests = listRequests as FakeAwsAccessApi['listRequests'];
    renderLists(api, '?view=all');

    await user.click(await screen.findByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('2 shown')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();

    await user.type(screen.getByRole('searchbox'), '2002');
    expect(await screen.findByText('1 shown')).toBeInTheDocument();
    expect(screen.getByRole('row', { name: /Ana Alves/ })).toHaveTextContent(
      'stuck',
    );

    await user.click(screen.getByRole('button', { name: /State/ }));
    await user.click(await screen.findByRole('option', { name: 'stuck' }));
    await waitFor(() =>
      expect(listRequests).toHaveBeenLastCalledWith(
        expect.objectContaining({ view: 'all', state: 'stuck' }),
      ),
    );
  });
});
