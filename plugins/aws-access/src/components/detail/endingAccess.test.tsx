import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
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
  renderPage(<RequestsPage />, new FakeAwsAccessApi([request]), {
    path: `/requests/${request.id}`,
    pattern: '/requests/*',
  });
}

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

  it('says where an owner ended it while the rest goes on, and who', async () => {
    renderRequest(
      aRequest('active', viewers.requester, {
        accounts: [dataProd, paymentsDev],
        endedParts: [
          {
            accounts: [dataProd],
            at: new Date().toISOString(),
            by: otto,
            requestId: 'part-1',
            number: 7,
          },
        ],
      }),
    );
    const note = await screen.findByRole('note');
    expect(note).toHaveTextContent(
      /Ended in data-prod \(555566667777\): Otto Olsen ended it/,
    );
    expect(
      within(note).getByRole('link', { name: 'Request 7' }),
    ).toHaveAttribute('href', '/aws-access/requests/part-1');
  });
});
