import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { OperationsResponse } from 'backstage-plugin-aws-access-common';
import { axe } from 'jest-axe';
import { FakeAwsAccessApi } from '../../testing/FakeAwsAccessApi';
import { organization } from '../../testing/fixtures';
import { renderPage } from '../../testing/renderPage';
import { OperationsPage } from './OperationsPage';

const quiet: OperationsResponse = {
  asOf: '2026-11-24T09:00:00.000Z',
  canStopWrites: true,
  items: [
    {
      organization: { ...organization, writes: 'on', health: 'ok' },
      stops: [],
      worker: { epoch: 4, claimedUntil: '2026-11-24T09:01:00.000Z' },
      queue: {
        approved: 2,
        oldestApprovedAt: '2026-11-24T08:50:00.000Z',
        settingUp: 1,
        takingAway: 0,
        openSteps: 12,
        waitingSteps: 3,
        retriedSteps: 0,
        unconfirmedWrites: 1,
      },
      stuck: [],
      overdue: [],
      held: [],
      limits: {
        writes: { done: 40, limit: 5000 },
        removals: { done: 2, limit: 2000 },
      },
    },
  ],
};

const troubled: OperationsResponse = {
  ...quiet,
  canStopWrites: false,
  items: [
    {
      ...quiet.items[0],
      worker: null,
      stuck: [
        {
          id: 'r7',
          number: 7,
          title: 'Ana asks for ReadOnly',
          state: 'stuck',
          since: '2026-11-24T07:00:00.000Z',
          endsAt: null,
          step: 'Create the Entra group AWS-Payments',
          reason: 'Entra refuses it',
          cloudMessage: 'Authorization_RequestDenied',
        },
      ],
      overdue: [
        {
          id: 'r8',
          number: 8,
          title: 'Ben asks for Admin',
          state: 'ending',
          since: '2026-11-24T07:00:00.000Z',
          endsAt: '2026-11-24T06:00:00.000Z',
          step: null,
          reason: 'AWS does not answer',
          cloudMessage: null,
          waitsForScim: true,
        },
      ],
      held: [
        {
          mandateId: 'm1',
          requestId: 'r9',
          number: 9,
          title: 'Kim asks for ReadOnly everywhere',
          reason: '30 accounts left the unit.',
        },
      ],
    },
  ],
};

function renderOperations(answer: OperationsResponse | Error) {
  const api = new FakeAwsAccessApi();
  api.getOperations = async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const rendered = renderPage(<OperationsPage />, api, {
    path: '/operations',
    pattern: '/operations',
  });
  return { api, ...rendered };
}

describe('the operations page', () => {
  it('shows what is stuck and overdue with what keeps it, and no switches to who may not use them', async () => {
    const { container } = renderOperations(troubled);
    const stuck = await screen.findByRole('region', { name: 'Stuck' });
    const row = await within(stuck).findByRole('row', { name: /7 · Ana asks/ });
    expect(row).toHaveTextContent('Create the Entra group AWS-Payments');
    expect(row).toHaveTextContent('Entra refuses it');
    expect(row).toHaveTextContent('Authorization_RequestDenied');
    expect(screen.getByRole('row', { name: /8 · Ben asks/ })).toHaveTextContent(
      /On its way: gone in Entra.*AWS does not answer/,
    );
    expect(screen.getByText('30 accounts left the unit.')).toBeInTheDocument();
    expect(screen.getByText('No replica is at work')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^Stop/ }),
    ).not.toBeInTheDocument();
    expect((await axe(container)).violations).toEqual([]);
  });

  it('says how an organization is, since when, what mends it, and what its credentials cannot do', async () => {
    const [item] = quiet.items;
    const { container } = renderOperations({
      ...quiet,
      items: [
        {
          ...item,
          organization: {
            ...item.organization,
            health: 'down',
            reason: 'The certificate has expired on 2026-11-01.',
            nextStep: 'Put a new one in its place.',
            since: '2026-11-24T08:00:00.000Z',
          },
          credentials: {
            checkedAt: '2026-11-24T09:00:00.000Z',
            aws: {
              type: 'assumeRole',
              account: 'delegated',
              problem: null,
              cloudMessage: null,
            },
            entra: {
              type: 'certificate',
              expiresAt: null,
              assignsApplication: false,
              problem: 'The certificate has ended.',
              cloudMessage: '/run/secrets/entra.pem',
            },
          },
        },
      ],
    });
    expect(await screen.findByText('down')).toBeInTheDocument();
    expect(screen.getByText(/has expired on 2026-11-01/)).toHaveTextContent(
      /since/,
    );
    expect(screen.getByText('Put a new one in its place.')).toBeInTheDocument();
    // What is wrong comes first.
    const [credentials] = screen.getAllByRole('region', {
      name: /Credentials|Stuck|Queue/,
    });
    expect(credentials).toHaveAccessibleName('Credentials');
    expect(credentials).toHaveTextContent(
      'A role that is assumed · in a delegated administrator account',
    );
    expect(
      within(credentials)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      expect.stringMatching(/^ask what one group or person has/),
      expect.stringMatching(/also assigned in the management account/),
    ]);
    expect(credentials).toHaveTextContent(
      /somebody else does, and requests wait for that/,
    );
    expect(credentials).toHaveTextContent('The certificate has ended.');
    expect(credentials).toHaveTextContent('/run/secrets/entra.pem');
    expect((await axe(container)).violations).toEqual([]);
  });

  it('says where access is live that no configuration knows', async () => {
    const { container } = renderOperations({
      ...quiet,
      unconfigured: [{ id: 'bought', requests: 3, overdueRequests: 1 }],
    });
    expect(
      await screen.findByText(/^bought is not in the configuration/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/hold access: 3, past their end: 1\. Nothing is taken/),
    ).toBeInTheDocument();
    expect((await axe(container)).violations).toEqual([]);
  });

  it('says how calls go, and which replica says it', async () => {
    const pace = { refusedInLastHour: 0, fullRequestsPerSecond: 18 };
    const [item] = quiet.items;
    const throttling = {
      replica: 'portal-1, process 12',
      since: '2026-11-24T08:00:00.000Z',
      services: [
        {
          ...pace,
          service: 'sso-admin' as const,
          refusedInLastHour: 7,
          requestsPerSecond: 12.6,
        },
        { ...pace, service: 'organizations' as const, requestsPerSecond: 0 },
      ],
    };
    const worker = { ...item.worker!, isThisReplica: false };
    renderOperations({
      ...quiet,
      items: [
        { ...item, throttling, worker },
        {
          ...item,
          organization: { ...item.organization, id: 'own' },
          throttling,
          worker: { ...worker, isThisReplica: true },
        },
      ],
    });
    const [others, own] = await screen.findAllByRole('region', {
      name: 'Throttling',
    });
    expect(others).toHaveTextContent(
      /Only calls of this replica, portal-1, process 12, counted since .*Another replica works for this organization/,
    );
    expect(others).toHaveTextContent(
      'IAM Identity Center7 refused in the last hour · at most 12.6 of 18 a second now',
    );
    expect(others).toHaveTextContent(
      /AWS Organizations0 refused.*nothing now, because the cloud asks/,
    );
    expect(own).toHaveTextContent('It works for this organization.');
    expect((await axe(others)).violations).toEqual([]);
  });

  it('stops writes with a reason and a time, shows the stop, and resumes', async () => {
    const user = userEvent.setup();
    const { api } = renderOperations(quiet);
    const stopped = {
      ...quiet,
      items: [
        {
          ...quiet.items[0],
          stops: [
            {
              kind: 'everything' as const,
              reason: 'AWS has an incident',
              stoppedBy: 'user:default/ida',
              since: '2026-11-24T09:00:00.000Z',
              until: '2026-11-24T13:00:00.000Z',
            },
          ],
        },
      ],
    };
    const stopWrites = jest.fn(async () => stopped);
    const resumeWrites = jest.fn(async () => quiet);
    api.stopWrites = stopWrites;
    api.resumeWrites = resumeWrites;

    await user.click(
      await screen.findByRole('button', { name: 'Stop all writes…' }),
    );
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', { name: 'Stop' });
    expect(confirm).toBeDisabled();
    await user.type(within(dialog).getByLabelText(/reason/i), 'Incident');
    await user.click(within(dialog).getByRole('radio', { name: /4 hr/ }));
    api.getOperations = async () => stopped;
    await user.click(confirm);
    await waitFor(() =>
      expect(stopWrites).toHaveBeenCalledWith(organization.id, {
        kind: 'everything',
        reason: 'Incident',
        duration: 'PT4H',
      }),
    );

    expect(
      await screen.findByText('All writes are stopped, removals too'),
    ).toBeInTheDocument();
    api.getOperations = async () => quiet;
    await user.click(screen.getByRole('button', { name: 'Resume' }));
    await waitFor(() =>
      expect(resumeWrites).toHaveBeenCalledWith(organization.id, 'everything'),
    );
    expect(await screen.findByText('Nothing is stopped.')).toBeInTheDocument();
  });

  it('lets what waits go on, past the writes of an hour and what is kept true', async () => {
    const user = userEvent.setup();
    const { api } = renderOperations({
      ...quiet,
      items: [
        {
          ...quiet.items[0],
          held: troubled.items[0].held,
          heldLeavers: { people: 30, since: '2026-11-24T07:00:00.000Z' },
          limits: {
            writes: { done: 5000, limit: 5000 },
            removals: { done: 2, limit: 2000 },
          },
        },
      ],
    });
    const answer = await api.getOperations();
    const goOnWriting = jest.fn(async () => answer);
    const releaseLeavers = jest.fn(async () => answer);
    const releaseMandate = jest.fn(async () => quiet);
    Object.assign(api, { goOnWriting, releaseLeavers, releaseMandate });
    await user.click(await screen.findByRole('button', { name: 'Go on' }));
    await waitFor(() =>
      expect(goOnWriting).toHaveBeenCalledWith(organization.id),
    );
    const [ofLeavers, ofMandate] = await screen.findAllByRole('button', {
      name: 'Go on, take it away',
    });
    await user.click(ofLeavers);
    expect(releaseLeavers).toHaveBeenCalledWith(organization.id, {
      people: 30,
    });
    await user.click(ofMandate);
    expect(releaseMandate).toHaveBeenCalledWith(organization.id, {
      requestId: 'r9',
      mandateId: 'm1',
    });
  });

  it('says who may see it', async () => {
    renderOperations(
      new NotAllowedError('This is for the roles admin, operator'),
    );
    expect(
      await screen.findByText(/This is for the roles admin, operator/),
    ).toBeInTheDocument();
  });
});
