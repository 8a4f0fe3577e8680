import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AuditEvent } from 'backstage-plugin-aws-access-common';
import { axe } from 'jest-axe';
import { downloadText } from '../../model/downloadText';
import { FakeAwsAccessApi } from '../../testing/FakeAwsAccessApi';
import { renderPage } from '../../testing/renderPage';
import { AuditPage } from './AuditPage';

jest.mock('../../model/downloadText');

const approved: AuditEvent = {
  organizationId: 'parcel',
  sequence: 7,
  at: '2026-11-24T08:00:00.000Z',
  kind: 'request.approved',
  actor: 'user:default/otto',
  requestId: 'r1',
  data: {},
  previousHash: '0'.repeat(64),
  hash: 'a'.repeat(64),
};

function renderAudit(api: FakeAwsAccessApi) {
  return renderPage(<AuditPage />, api, {
    path: '/audit',
    pattern: '/audit',
  });
}

describe('the audit page', () => {
  it('is searched on the server, exported as it is narrowed, and verified', async () => {
    const user = userEvent.setup();
    const api = new FakeAwsAccessApi();
    const listAuditEvents = jest.fn(async () => ({
      items: [approved],
      nextCursor: null,
    }));
    api.listAuditEvents = listAuditEvents;
    const exportAudit = jest.fn(async () => 'sequence\n7\n');
    api.exportAudit = exportAudit;
    const verifyAudit = jest.fn(async () => ({
      organizationId: 'parcel',
      verdict: 'broken' as const,
      rows: 3,
      head: null,
      brokenAt: 4,
      reason: 'The rows after 3 are missing',
    }));
    api.verifyAudit = verifyAudit;
    const { container } = renderAudit(api);

    const row = await screen.findByRole('row', { name: /request.approved/ });
    expect(row).toHaveTextContent('user:default/otto');
    expect((await axe(container)).violations).toEqual([]);

    // By plain words; the code stands beside them.
    expect(row).toHaveTextContent('A request was approved');
    await user.click(screen.getByRole('button', { name: /What happened/ }));
    await user.click(
      await screen.findByRole('option', { name: 'A request was approved' }),
    );
    await user.type(screen.getByLabelText('Who (name or ref)'), 'Otto');
    await user.type(screen.getByLabelText('From (UTC day)'), '2026-11-24');
    const filter = {
      kind: 'request.approved',
      actor: 'user:default/otto',
      from: '2026-11-24T00:00:00.000Z',
    };
    await waitFor(() =>
      expect(listAuditEvents).toHaveBeenLastCalledWith(
        expect.objectContaining(filter),
      ),
    );
    await user.click(screen.getByRole('button', { name: 'Export CSV' }));
    await waitFor(() =>
      expect(downloadText).toHaveBeenCalledWith(
        'aws-access-audit.csv',
        'text/csv',
        'sequence\n7\n',
      ),
    );
    expect(exportAudit).toHaveBeenCalledWith(
      'csv',
      expect.objectContaining(filter),
    );

    await user.click(screen.getByRole('button', { name: 'Verify' }));
    const dialog = await screen.findByRole('dialog');
    const verify = within(dialog).getByRole('button', { name: 'Verify' });
    await user.type(within(dialog).getByLabelText('Its hash'), 'b'.repeat(64));
    expect(verify).toBeDisabled();
    await user.type(
      within(dialog).getByRole('textbox', { name: 'Known row' }),
      '12',
    );
    await user.click(verify);
    expect(verifyAudit).toHaveBeenCalledWith('parcel', {
      sequence: 12,
      hash: 'b'.repeat(64),
    });
    expect(
      await screen.findByText('Row 4: The rows after 3 are missing'),
    ).toBeInTheDocument();
  });

  it('says who may read it', async () => {
    const api = new FakeAwsAccessApi();
    api.listAuditEvents = async () => {
      throw new NotAllowedError('The audit log is read by admins');
    };
    renderAudit(api);
    expect(
      await screen.findByText(/The audit log is read by admins/),
    ).toBeInTheDocument();
  });
});
