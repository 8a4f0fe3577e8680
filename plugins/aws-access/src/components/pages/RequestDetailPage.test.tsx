import { ConflictError } from '@backstage/errors';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  AccountRef,
  RequestDetail,
  RequestState,
} from 'backstage-plugin-aws-access-common';
import { axe } from 'jest-axe';
import { FakeAwsAccessApi } from '../../testing/FakeAwsAccessApi';
import {
  aRequest,
  dataProd,
  otto,
  paymentsDev,
  plan,
  planOfEveryKind,
  preview,
  viewers,
} from '../../testing/fixtures';
import { renderPage } from '../../testing/renderPage';
import { RequestsPage } from './RequestsPage';

function renderRequest(
  request: RequestDetail,
  api = new FakeAwsAccessApi([request]),
) {
  return {
    api,
    ...renderPage(<RequestsPage />, api, {
      path: `/requests/${request.id}`,
      pattern: '/requests/*',
    }),
  };
}

const buttons = () =>
  screen
    .queryAllByRole('button')
    .map(button => button.textContent)
    .filter(text => text !== 'Send' && text !== 'Before and after');

describe('one request', () => {
  it('shows its approver what would change, and records the plan they saw', async () => {
    const user = userEvent.setup();
    const request = aRequest('pending', viewers.approver);
    const api = new FakeAwsAccessApi([request]);
    const decide = jest.fn(api.decide);
    api.decide = decide;
    const { container } = renderRequest(request, api);

    expect(
      await screen.findByRole('heading', {
        name: 'Ana Alves asks for PowerUser on data-prod for 4 hours',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('Waiting for account owner.')).toBeInTheDocument();
    const planSection = screen.getByRole('region', { name: 'Plan, version 1' });
    for (const sentence of plan.sentences) {
      expect(planSection).toHaveTextContent(sentence);
    }
    const gains = within(planSection).getByRole('table', {
      name: 'Who gains what',
    });
    expect(within(gains).getAllByRole('row')[1]).toHaveTextContent(
      'Ana AlvesPowerUserpowerdata-prod555566667777production4 hr',
    );
    expect(screen.getByRole('region', { name: 'Findings' })).toHaveTextContent(
      'high · Production account',
    );
    expect(screen.getByRole('region', { name: 'Approval' })).toHaveTextContent(
      'open 0 of 1',
    );
    expect(buttons()).toEqual(['Approve', 'Approve less...', 'Reject']);
    expect((await axe(container)).violations).toEqual([]);

    await user.click(screen.getByRole('button', { name: 'Approve' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(plan.sentences[0]);
    expect(dialog).toHaveTextContent('Production account');
    await user.click(within(dialog).getByRole('button', { name: 'Approve' }));
    await waitFor(() =>
      expect(decide).toHaveBeenCalledWith(request.id, {
        verdict: 'approve',
        planVersion: 1,
        planDigest: request.planDigest,
        reason: undefined,
      }),
    );
    expect(
      await screen.findByText(/Approved. Setting it up starts/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(document.activeElement).toHaveTextContent(
      /Approved. Setting it up starts/,
    );
    expect(document.body).not.toHaveFocus();
  });

  it('approves less: exactly the plan that the dialog shows', async () => {
    const user = userEvent.setup();
    const request = aRequest('pending', viewers.approver, {
      plan: { ...plan, duration: 'PT4H' },
    });
    const { api } = renderRequest(request);
    const decide = jest.spyOn(api, 'decide');
    const previewNarrowing = jest
      .spyOn(api, 'previewNarrowing')
      .mockResolvedValue({
        ...preview,
        plan: { ...plan, sentences: ['Only for one hour.'] },
      });

    await user.click(
      await screen.findByRole('button', { name: 'Approve less...' }),
    );
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', {
      name: 'Approve this',
    });
    expect(dialog).toHaveTextContent('leave something out first');
    expect(confirm).toBeDisabled();
    expect((await axe(dialog)).violations).toEqual([]);

    const account = within(dialog).getByRole('checkbox', { name: /data-prod/ });
    await user.click(account);
    expect(dialog).toHaveTextContent('At least one account');
    await user.click(account);
    await user.click(within(dialog).getByRole('radio', { name: '1 hr' }));
    expect(
      await within(dialog).findByText('Only for one hour.'),
    ).toBeInTheDocument();
    expect(previewNarrowing).toHaveBeenCalledWith(request.id, {
      duration: 'PT1H',
    });
    await user.click(confirm);
    expect(await screen.findByText(/^Approved\./)).toBeInTheDocument();
    expect(decide).toHaveBeenCalledWith(
      request.id,
      expect.objectContaining({
        verdict: 'narrow',
        planVersion: 1,
        duration: 'PT1H',
      }),
    );
  });

  it('files the wishes of a finished request again, and goes there', async () => {
    const user = userEvent.setup();
    const request = aRequest('rejected');
    const { api } = renderRequest(request);
    const resubmit = jest.spyOn(api, 'resubmit');

    // Nothing is to come any more.
    expect(
      await screen.findByRole('region', { name: 'Approval' }),
    ).toHaveTextContent('closed 0 of 1');
    expect(screen.queryByRole('region', { name: 'Steps' })).toBeNull();
    await user.click(await screen.findByRole('button', { name: 'File again' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(
      within(dialog).getByRole('button', { name: 'File again' }),
    );
    // The new request has a page of its own.
    expect(await screen.findByText('elsewhere')).toBeInTheDocument();
    expect(resubmit).toHaveBeenCalledTimes(1);
  });

  it('says who may decide as well when it waits too long', async () => {
    const request = aRequest('pending', viewers.requester);
    renderRequest({
      ...request,
      stages: [
        {
          ...request.stages[0],
          alternates: {
            approvers: [
              { entityRef: 'user:default/sia', displayName: 'Sia Sand' },
            ],
            after: 'P2D',
            from: new Date(Date.now() + 90 * 60_000).toISOString(),
            hasJoined: false,
          },
        },
      ],
    });
    const approval = await screen.findByRole('region', { name: 'Approval' });
    expect(approval).toHaveTextContent(
      /May decide as well in \d+ (hour|minute)s?: Sia Sand/,
    );
  });

  it('asks for more time, with a reason, and goes to the request that does', async () => {
    const user = userEvent.setup();
    const request = aRequest('active');
    const { api } = renderRequest(request);
    const extend = jest.spyOn(api, 'extend');

    await user.click(await screen.findByRole('button', { name: 'Extend...' }));
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', { name: 'Ask for it' });
    expect(confirm).toBeDisabled();
    await user.click(within(dialog).getByRole('radio', { name: '1 hr' }));
    await user.type(within(dialog).getByRole('textbox'), 'Not done yet');
    await user.click(confirm);
    expect(await screen.findByText('elsewhere')).toBeInTheDocument();
    expect(extend).toHaveBeenCalledWith(request.id, {
      idempotencyKey: expect.stringMatching(/^extend-/),
      duration: 'PT1H',
      justification: 'Not done yet',
    });
  });

  it('knows before it is asked for how much more time the policy allows', async () => {
    const user = userEvent.setup();
    const { api } = renderRequest(
      aRequest('active', viewers.requester, { duration: 'PT1H' }),
    );
    api.previewRequest = async () => ({
      ...preview,
      longestDuration: { seconds: 4 * 3600, because: ['production'] },
      denials: ['An extension is asked for once.'],
    });

    await user.click(await screen.findByRole('button', { name: 'Extend...' }));
    const dialog = await screen.findByRole('dialog');
    expect(
      await within(dialog).findByText(/The policy allows at most 4 hr/),
    ).toBeInTheDocument();
    expect(
      within(dialog).getByRole('radio', { name: '30 days' }),
    ).toBeDisabled();
    expect(within(dialog).getByRole('alert')).toHaveTextContent(
      'An extension is asked for once.',
    );
  });

  it('names the request that it copies', async () => {
    renderRequest(
      aRequest('pending', viewers.requester, {
        copyOf: { id: 'request-rejected', number: 1040 },
      }),
    );
    expect(
      await screen.findByRole('link', { name: 'Request 1040' }),
    ).toHaveAttribute('href', '/aws-access/requests/request-rejected');
  });

  it('shows what overlaps with it', async () => {
    const request = aRequest('pending', viewers.requester, {
      overlaps: [
        {
          id: 'request-active',
          number: 1035,
          state: 'active',
          extent: 'same',
          text: 'Ana Alves asks for PowerUser',
          endsAt: null,
        },
      ],
    });
    renderRequest(request);
    const overlaps = await screen.findByRole('region', {
      name: 'Asked for or given already',
    });
    expect(overlaps).toHaveTextContent('All of it: Request 1035');
  });

  it('rejects only with a reason', async () => {
    const user = userEvent.setup();
    const request = aRequest('pending', viewers.approver);
    const { api } = renderRequest(request);
    const decide = jest.spyOn(api, 'decide');

    await user.click(await screen.findByRole('button', { name: 'Reject' }));
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', { name: 'Reject' });
    expect(confirm).toBeDisabled();
    await user.type(within(dialog).getByRole('textbox'), 'Use ReadOnly.');
    await user.click(confirm);
    expect(await screen.findByText(/^Rejected\./)).toBeInTheDocument();
    expect(decide).toHaveBeenCalledWith(
      request.id,
      expect.objectContaining({ verdict: 'reject', reason: 'Use ReadOnly.' }),
    );
  });

  it('does not let a plan be approved that came in while reading', async () => {
    const user = userEvent.setup();
    const request = aRequest('pending', viewers.approver);
    const { api } = renderRequest(request);
    await screen.findByRole('button', { name: 'Approve' });

    api.requests.set(request.id, {
      ...request,
      planVersion: 2,
      planDigest: 'b'.repeat(64),
      plan: {
        ...plan,
        sentences: [...plan.sentences, 'Ben Brandt gets it too.'],
      },
    });
    // Anything that loads the page anew brings the new plan.
    await user.type(screen.getByRole('textbox', { name: 'Comment' }), 'Hm');
    await user.click(screen.getByRole('button', { name: 'Send' }));

    const notice = await screen.findByRole('alert');
    expect(notice).toHaveTextContent('You saw version 1, now it is version 2.');
    expect(notice).toHaveTextContent('New: Ben Brandt gets it too.');
    expect(screen.getByRole('button', { name: 'Approve' })).toBeDisabled();
    expect(
      screen.getByRole('region', { name: 'Plan, version 1' }),
    ).not.toHaveTextContent('Ben Brandt');

    await user.click(
      within(notice).getByRole('button', { name: 'Show the new plan' }),
    );
    expect(
      await screen.findByRole('region', { name: 'Plan, version 2' }),
    ).toHaveTextContent('Ben Brandt gets it too.');
    expect(screen.getByRole('button', { name: 'Approve' })).toBeEnabled();
  });

  it('says who was faster instead of failing', async () => {
    const user = userEvent.setup();
    const request = aRequest('pending', viewers.approver);
    const { api } = renderRequest(request);
    api.decide = async () => {
      api.requests.set(
        request.id,
        aRequest('approved', viewers.approver, { id: request.id }),
      );
      throw new ConflictError('The request was decided meanwhile.');
    };

    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Approve',
      }),
    );
    expect(
      await screen.findByText(`Already approved by ${otto.displayName}.`),
    ).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('offers its requester exactly what the server allows, in every state', async () => {
    const offered: Partial<Record<RequestState, string[]>> = {
      pending: ['Withdraw'],
      approved: ['Withdraw'],
      active: ['Extend...', 'Give back'],
      stuck: ['Try again', 'Give back'],
      rejected: ['File again'],
      ended: ['File again'],
    };
    for (const [state, expected] of Object.entries(offered)) {
      const { unmount } = renderRequest(aRequest(state as RequestState));
      await screen.findByRole('region', { name: 'Plan, version 1' });
      expect([state, buttons()]).toEqual([state, expected]);
      unmount();
    }
  });

  it('says before the end what would end, and what would stay', async () => {
    const user = userEvent.setup();
    const accounts = [dataProd, paymentsDev];
    const question = async (endsOnly?: AccountRef[]) => {
      const viewer = { ...viewers.approver, endsOnly };
      const { unmount } = renderRequest(
        aRequest('active', viewer, { accounts }),
      );
      await user.click(
        await screen.findByRole('button', { name: 'Give back' }),
      );
      const { textContent } = await screen.findByRole('dialog');
      unmount();
      return textContent;
    };
    expect(await question([dataProd])).toContain(
      'Ends the access in data-prod (555566667777), which you own; the rest of the request stays.',
    );
    expect(await question()).toContain(
      'All that the request gives ends, in all 2 accounts.',
    );
  });

  it('tells who reads along why they cannot decide, and who can', async () => {
    renderRequest(aRequest('pending', viewers.teammate));
    expect(
      await screen.findByText(
        /You are not an approver of a stage that is still open. Who can decide: Otto Olsen/,
      ),
    ).toBeInTheDocument();
    expect(buttons()).toEqual([]);
  });

  it('tells an outsider nothing but where to ask', async () => {
    renderRequest(aRequest('pending'), new FakeAwsAccessApi());
    expect(
      await screen.findByText('Not found, or not yours to see'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/PowerUser/)).not.toBeInTheDocument();
  });

  it('shows how far the work is, what it waits for and why it is stuck', async () => {
    const { unmount } = renderRequest(aRequest('propagating'));
    const steps = await screen.findByRole('region', { name: 'Steps' });
    const current = within(steps)
      .getAllByRole('listitem')
      .find(step => step.getAttribute('aria-current') === 'step');
    expect(current).toHaveTextContent(
      'SCIM has not carried the group to AWS yet.',
    );
    expect(current).toHaveTextContent('attempt 3');
    unmount();

    const user = userEvent.setup();
    renderRequest(aRequest('stuck'));
    expect(
      await screen.findByText(
        'Stuck: AWS refused the assignment: access denied.',
      ),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText('Being set up in Entra and AWS.'),
    ).toBeInTheDocument();
  });

  it('looks at once when a signal says that something changed', async () => {
    let send: (() => void) | undefined;
    const request = aRequest('pending');
    const api = new FakeAwsAccessApi([request]);
    renderPage(<RequestsPage />, api, {
      path: `/requests/${request.id}`,
      pattern: '/requests/*',
      signals: {
        subscribe: (channel, onMessage) => {
          if (channel === 'aws-access') {
            send = () => onMessage({} as never);
          }
          return { unsubscribe: () => {} };
        },
      },
    });
    await screen.findByText('Waiting for account owner.');

    api.requests.set(
      request.id,
      aRequest('approved', undefined, { id: request.id }),
    );
    act(() => send!());
    expect(
      await screen.findByText(/Approved. Setting it up starts/),
    ).toBeInTheDocument();
  });

  it('tells the truth about sessions after the end', async () => {
    renderRequest(aRequest('ended'));
    expect(
      await screen.findByText(/a session opened before may live on/),
    ).toHaveTextContent(/the last one ends in (39|40) minutes \(.*\d\d.*\)\./);
  });

  it('security rule 25: does not call gone what another request keeps', async () => {
    const ended = aRequest('ended');
    const removal = {
      ...ended.steps[0],
      id: 'removal',
      kind: 'removeAssignment' as const,
      state: 'skipped' as const,
      detail: 'ReadOnly in data-dev is kept, because request 2 still needs it',
    };
    const { unmount } = renderRequest({
      ...ended,
      steps: [...ended.steps, removal],
    });
    const headline = await screen.findByText(/nothing was taken away/);
    expect(headline).toHaveTextContent(
      'ReadOnly in data-dev is kept, because request 2 still needs it.',
    );
    expect(headline).not.toHaveTextContent(/gone|No new session/);
    unmount();

    renderRequest({
      ...ended,
      steps: [
        removal,
        { ...removal, id: 'other', state: 'done', detail: null },
      ],
    });
    expect(
      await screen.findByText(/verified gone; this stays: ReadOnly/),
    ).toHaveTextContent(/A session of what is gone may live on/);
  });

  it('shows what is taken away, changed and kept true, and all of it', async () => {
    const request = aRequest('pending', viewers.approver, {
      plan: planOfEveryKind,
    });
    const { container } = renderRequest(request);

    const objects = await screen.findByRole('region', {
      name: 'In Entra and AWS',
    });
    expect(
      within(objects)
        .getAllByRole('heading', { level: 4 })
        .map(heading => heading.textContent),
    ).toEqual(['− Removed: 1', '~ Changed: 1', '+ Made: 3', '= Left alone: 1']);
    const differences = within(objects).getByRole('list', {
      name: 'What differs',
    });
    expect(differences).toHaveTextContent(
      'Sessions last: without 1 hr with 4 hr',
    );
    expect(differences).toHaveTextContent('Inline policy: changed, as below');
    expect(
      await within(objects).findByRole('textbox', {
        name: /Inline policy of PowerUser/,
      }),
    ).toHaveTextContent('s3:PutObject');
    expect(objects).toHaveTextContent(
      'Kept true for the organizational unit ou-ex01-workload and the units below it: at most 5 accounts, for 90 days. In it now: data-prod (555566667777), payments-dev (111122225555).',
    );

    const accounts = screen.getByRole('list', { name: 'Accounts touched' });
    expect(within(accounts).getAllByRole('listitem')[0]).toHaveTextContent(
      'productiondata-prod (555566667777), payments-prod (111122223333)',
    );
    // One row for the same people in the same accounts, with every name in it.
    const losses = screen.getByRole('table', { name: 'Who loses what' });
    const [, first, second] = within(losses).getAllByRole('row');
    expect(first).toHaveTextContent(
      /Ben Brandt.*power.*payments-prod.*data-prod/,
    );
    expect(second).toHaveTextContent(/Lena Lind.*payments-dev/);
    expect(
      screen.getByRole('table', { name: 'Who gains what' }),
    ).toHaveTextContent(/PowerUserwrite/);
    expect(screen.getByRole('button', { name: 'Approve' })).toBeEnabled();
    expect((await axe(container)).violations).toEqual([]);
  });

  it('security rule 3: shows every value of what follows, and what came of it', async () => {
    renderRequest(
      aRequest('active', undefined, {
        plan: {
          ...plan,
          followUp: {
            template: 'template:default/deploy',
            contentDigest: 'c'.repeat(64),
            values: { bucket: 'parcel-reports', replicas: 2 },
          },
        },
        followUp: {
          template: 'template:default/deploy',
          state: 'started',
          taskId: 'task-7',
          detail: null,
        },
      }),
    );
    const section = await screen.findByRole('region', { name: 'What follows' });
    expect(section).toHaveTextContent('"bucket": "parcel-reports"');
    expect(section).toHaveTextContent('"replicas": 2');
    expect(section).toHaveTextContent('c'.repeat(64));
    expect(within(section).getByRole('status')).toHaveTextContent(
      'It was started. Open task task-7',
    );
  });

  it('security rule 32: a plan that was cut cannot be approved', async () => {
    renderRequest(
      aRequest('pending', viewers.approver, {
        plan: { ...planOfEveryKind, people: [] },
      }),
    );
    const approve = await screen.findByRole('button', { name: 'Approve' });
    expect(approve).toBeDisabled();
    expect(approve).toHaveAccessibleDescription(
      'This plan is not shown whole, so it cannot be approved',
    );
    expect(screen.getByRole('button', { name: /Approve less/ })).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Reject' })).toBeEnabled();
  });

  it('calls a removal that was carried out done, and says who filed it for whom', async () => {
    renderRequest(
      aRequest('ended', undefined, {
        filer: otto,
        isDone: true,
        openSessionsUntil: null,
        plan: {
          ...planOfEveryKind,
          objects: planOfEveryKind.objects.filter(
            ({ action }) => action === 'remove',
          ),
        },
      }),
    );
    expect(await screen.findByText('done')).toBeVisible();
    expect(screen.getByText(/Done .*, verified in AWS/)).toBeVisible();
    expect(
      screen.getByText(/Filed by/, { selector: 'span,p' }),
    ).toHaveTextContent('Filed by Otto Olsen for Ana Alves');
  });
});
