import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Change, RequestDetail } from 'backstage-plugin-aws-access-common';
import { axe } from 'jest-axe';
import { FakeAwsAccessApi } from '../../testing/FakeAwsAccessApi';
import {
  aRequest,
  dataProd,
  otto,
  paymentsDev,
  plan,
  viewers,
} from '../../testing/fixtures';
import { renderPage } from '../../testing/renderPage';
import { RequestsPage } from '../pages/RequestsPage';

function renderRequest(request: RequestDetail) {
  const api = new FakeAwsAccessApi([request]);
  return {
    api,
    ...renderPage(<RequestsPage />, api, {
      path: `/requests/${request.id}`,
      pattern: '/requests/*',
    }),
  };
}

const elevate = (accountIds: string[]): Change => ({
  kind: 'elevation',
  people: ['user:default/ana'],
  permissionSet: { arn: plan.permissionSets[0].arn },
  accounts: { kind: 'named', accountIds },
});

describe('ending the access of others', () => {
  it('asks who ends the access of others about theirs, and says who loses what they had', async () => {
    const user = userEvent.setup();
    const request = aRequest('active', viewers.approver, {
      requester: otto,
      plan: { ...plan, adopts: plan.gains },
    });
    renderRequest(request);
    await user.click(await screen.findByRole('button', { name: 'End access' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('End this access?');
    expect(dialog).toHaveTextContent('It is the access of Ana Alves.');
    expect(dialog).toHaveTextContent('1 person loses access that they had');
  });

  it('says what goes on where an owner ended a part, marks what ended, and extends the rest only', async () => {
    const user = userEvent.setup();
    const request = aRequest('active', viewers.requester, {
      accounts: [dataProd, paymentsDev],
      plan: {
        ...plan,
        accounts: [dataProd, paymentsDev],
        gains: plan.gains.flatMap(gain => [
          gain,
          { ...gain, accountId: paymentsDev.id },
        ]),
      },
      changes: [elevate([dataProd.id, paymentsDev.id])],
      goesOn: {
        title: 'Ana Alves asks for PowerUser on payments-dev for 4 hours',
        changes: [elevate([paymentsDev.id])],
      },
      endedParts: [
        {
          accounts: [dataProd],
          at: new Date().toISOString(),
          by: otto,
          request: { id: 'part-1', number: 7 },
        },
      ],
    });
    const { container, api } = renderRequest(request);
    const note = await screen.findByRole('note');
    expect(note).toHaveTextContent(
      /Ended in data-prod \(555566667777\): Otto Olsen ended it/,
    );
    expect(note).toHaveTextContent(`As it was approved: “${request.title}”`);
    expect(
      within(note).getByRole('link', { name: 'Request 7' }),
    ).toHaveAttribute('href', '/aws-access/requests/part-1');
    expect(
      screen.getByRole('heading', { name: request.goesOn!.title }),
    ).toBeInTheDocument();

    const touched = screen.getByRole('list', { name: 'Accounts touched' });
    expect(touched).toHaveTextContent(
      /data-prod \(555566667777\)ended.* by Otto Olsen/,
    );
    expect(touched).toHaveTextContent(/payments-dev \(\d+\)$/);
    const gains = screen.getByRole('table', { name: 'Who gains what' });
    const items = within(gains).getAllByRole('listitem');
    expect(
      items.map(({ textContent }) => textContent!.includes('ended')),
    ).toEqual(items.map(({ textContent }) => /data-prod/.test(textContent!)));
    expect(
      screen.getByRole('region', { name: 'In Entra and AWS' }),
    ).toHaveTextContent(
      /data-prod \(555566667777\) to that group\.ended.* by Otto Olsen/,
    );
    expect((await axe(container)).violations).toEqual([]);

    const previewed = jest.spyOn(api, 'previewRequest');
    await user.click(screen.getByRole('button', { name: 'Extend...' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(request.goesOn!.title);
    expect(dialog).not.toHaveTextContent('data-prod');
    await waitFor(() =>
      expect(previewed).toHaveBeenCalledWith(
        expect.objectContaining({ changes: request.goesOn!.changes }),
      ),
    );
  });

  it('leads from a part to the request that it was part of', async () => {
    renderRequest(
      aRequest('ended', viewers.requester, {
        partOf: { id: 'request-active', number: 1035 },
        stages: [],
      }),
    );
    expect(
      await screen.findByRole('link', { name: 'Request 1035' }),
    ).toHaveAttribute('href', '/aws-access/requests/request-active');
    expect(screen.getByText(/^Access of/)).toHaveTextContent(
      /Access of Ana Alves.*; split off .*A part of Request 1035/,
    );
    expect(screen.getByRole('region', { name: 'Approval' })).toHaveTextContent(
      'this only ends a part of another request',
    );
  });

  it('says to an owner what they end, and why not the rest, beside the button', async () => {
    renderRequest(
      aRequest(
        'active',
        {
          ...viewers.approver,
          endsOnly: [dataProd],
          whyNotReturn: 'All of it can be ended by security.',
        },
        { requester: otto },
      ),
    );
    expect(
      await screen.findByRole('button', { name: 'End access' }),
    ).toHaveAccessibleDescription(
      /Ends the access in data-prod \(555566667777\).* All of it can be ended by security\./,
    );
  });

  it('says why an owner ends nothing, where the button would be', async () => {
    const { container } = renderRequest(
      aRequest('provisioning', {
        ...viewers.teammate,
        whyNotReturn: 'It is being set up.',
      }),
    );
    expect(await screen.findByText('It is being set up.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'End access' })).toBeNull();
    expect((await axe(container)).violations).toEqual([]);
  });

  it.each([
    ['approved', 'Approved, and not begun yet. An operator has stopped it'],
    ['provisioning', 'The setting up waits. An operator has stopped it'],
    ['propagating', 'the rest waits. An operator has stopped it'],
    ['ending', 'that waits. An operator has stopped it'],
  ] as const)('says first what keeps it while %s', async (state, said) => {
    renderRequest(
      aRequest(state, viewers.requester, {
        stateReason: 'An operator has stopped it',
      }),
    );
    expect(await screen.findByText(said, { exact: false })).toBeVisible();
    expect(screen.queryByText(/Being set up|starts in a moment/)).toBeNull();
  });
});
