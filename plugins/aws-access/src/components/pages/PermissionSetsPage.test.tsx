import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PermissionSetDetail } from 'backstage-plugin-aws-access-common';
import { axe } from 'jest-axe';
import { FakeAwsAccessApi } from '../../testing/FakeAwsAccessApi';
import {
  dataProd,
  findings,
  partial,
  permissionSets,
  teamAccess,
} from '../../testing/fixtures';
import { renderPage } from '../../testing/renderPage';
import { PermissionSetsPage } from './PermissionSetsPage';

const policy = (action: string) =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
  });

const s3 = {
  service: 's3',
  name: 'Amazon S3',
  isWhole: false,
  levels: [{ level: 'Read' as const, actions: 12, of: 40 }],
  limits: ['resources' as const],
  isApproximate: false,
};

/** PowerUser, with something in every part of the page. */
async function aDetail(
  overrides: Partial<PermissionSetDetail> = {},
): Promise<PermissionSetDetail> {
  return {
    ...(await new FakeAwsAccessApi().getPermissionSet('PowerUser')),
    description: 'Builds and runs things',
    verdict: 'adopted',
    managedPolicies: [
      {
        arn: 'arn:aws:iam::aws:policy/PowerUserAccess',
        name: 'PowerUserAccess',
      },
    ],
    inlinePolicy: policy('s3:Get*'),
    effectiveAccess: {
      level: 'power',
      isLevelKnown: false,
      words: ['Reads in Amazon S3.'],
      services: [s3],
      limits: ['Some actions apply to named resources only.'],
      unknown: ['Cannot tell: the policy Own lives in the accounts.'],
    },
    findings,
    accounts: [dataProd],
    holders: teamAccess.items,
    outdatedAccounts: [dataProd],
    history: [
      {
        requestId: 'r1',
        requestNumber: 12,
        state: 'ended',
        isDone: true,
        title: 'Ana changes PowerUser',
        submittedAt: '2026-11-20T08:00:00.000Z',
      },
    ],
    ...overrides,
  };
}

function renderSets(api: FakeAwsAccessApi, path = '') {
  return renderPage(<PermissionSetsPage />, api, {
    path: `/permission-sets${path}`,
    pattern: '/permission-sets/*',
  });
}

describe('the list of permission sets', () => {
  it('says what each grants and where one has it, and is searched and narrowed', async () => {
    const user = userEvent.setup();
    const { container } = renderSets(new FakeAwsAccessApi());
    const row = await screen.findByRole('row', { name: /PowerUser/ });
    expect(row).toHaveTextContent('power');
    await waitFor(() => expect(row).toHaveTextContent('payments-dev'));
    await waitFor(() =>
      expect(row).toHaveTextContent('2 accounts1 group12 people'),
    );
    expect(row).toHaveTextContent('mediumPower accessand 1 more');
    expect(screen.getByRole('row', { name: /ReadOnly/ })).toHaveTextContent(
      'nobody',
    );
    expect(screen.queryByText(/^Counted as far/)).not.toBeInTheDocument();
    expect(
      within(row).getByRole('link', { name: 'PowerUser' }),
    ).toHaveAttribute('href', '/aws-access/permission-sets/PowerUser');
    expect((await axe(container)).violations).toEqual([]);

    await user.type(screen.getByRole('searchbox'), 'readonly');
    expect(await screen.findByText('1 permission set')).toBeInTheDocument();
    expect(
      screen.queryByRole('row', { name: /PowerUser/ }),
    ).not.toBeInTheDocument();

    await user.type(screen.getByRole('searchbox'), ' nothing');
    await user.click(
      await screen.findByRole('button', { name: 'Clear the filter' }),
    );
    expect(await screen.findByText('2 permission sets')).toBeInTheDocument();
  });

  it('security rule 29: says that not everything is counted, or why nothing is', async () => {
    const api = new FakeAwsAccessApi();
    const uses = await api.listPermissionSetUses();
    api.listPermissionSetUses = async () => ({ ...uses, seesEverybody: false });
    const { unmount } = renderSets(api);
    expect(
      await screen.findByText(/^Counted as far as you may see/),
    ).toBeInTheDocument();
    unmount();

    const refusing = new FakeAwsAccessApi();
    refusing.listPermissionSetUses = async () => {
      throw new NotAllowedError('The policy says no');
    };
    renderSets(refusing);
    expect(
      await screen.findByText(/could not be counted: The policy says no/),
    ).toBeInTheDocument();
    expect(screen.getByRole('row', { name: /PowerUser/ })).toBeInTheDocument();
  });

  it('reads every page, and says that there are none only when all were read', async () => {
    const api = new FakeAwsAccessApi();
    const whole = await api.listPermissionSets();
    api.listPermissionSets = async query =>
      query?.cursor
        ? { ...whole, items: [permissionSets[1]] }
        : { ...whole, items: [permissionSets[0]], nextCursor: 'next' };
    const { unmount } = renderSets(api);
    expect(await screen.findByText('2 permission sets')).toBeInTheDocument();
    unmount();

    const empty = new FakeAwsAccessApi();
    empty.listPermissionSets = async () => ({
      ...whole,
      items: [],
      freshness: partial,
    });
    renderSets(empty);
    expect(
      await screen.findByText(/have not been read from AWS yet/),
    ).toBeInTheDocument();
  });
});

describe('the page of a permission set', () => {
  it('shows what it really grants with limits and doubts, and all that belongs to it', async () => {
    const api = new FakeAwsAccessApi();
    api.getPermissionSet = async () => aDetail({ freshness: partial });
    const { container } = renderSets(api, '/PowerUser');

    const grants = await screen.findByRole('region', {
      name: 'What it really grants',
    });
    expect(grants).toHaveTextContent('Reads in Amazon S3.');
    expect(grants).toHaveTextContent('named resources only');
    expect(grants).toHaveTextContent('the policy Own lives in the accounts');
    expect(screen.getByText('cannot tell all')).toBeInTheDocument();
    expect(screen.getByText(/incomplete \(throttled\)/)).toBeInTheDocument();
    expect(
      await screen.findByRole('textbox', { name: 'Inline policy' }),
    ).toHaveAttribute('aria-readonly', 'true');
    expect(
      screen.getByRole('link', { name: 'PowerUserAccess' }),
    ).toHaveAttribute(
      'href',
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html',
    );
    expect(screen.getByText(/high · Production account/)).toBeInTheDocument();
    const where = screen.getByRole('region', { name: 'Where it is used' });
    expect(where).toHaveTextContent('data-prod (555566667777)');
    expect(where).toHaveTextContent('Accounts with an older version of it');
    expect(
      screen.getByRole('region', { name: 'Who has it' }),
    ).toHaveTextContent('Ana Alves');
    expect(
      screen.getByRole('link', { name: /No. 12 · Ana changes PowerUser/ }),
    ).toHaveAttribute('href', '/aws-access/requests/r1');
    expect(
      screen.getByRole('region', { name: 'Requests about it' }),
    ).toHaveTextContent('done');
    const { arn } = permissionSets[0];
    const query = new URLSearchParams({ permissionSet: arn });
    expect(screen.getByRole('link', { name: 'Ask for it' })).toHaveAttribute(
      'href',
      `/aws-access/request?${query}`,
    );
    expect(
      screen.getByRole('link', { name: 'Change it' }).getAttribute('href'),
    ).toContain('kind=permissionSet');
    expect((await axe(container)).violations).toEqual([]);
  });

  it('says what is not known and not the reader’s to see, and offers nothing for protected ones', async () => {
    const api = new FakeAwsAccessApi();
    api.getPermissionSet = async () =>
      aDetail({
        accounts: [],
        holders: [],
        history: [],
        seesEverybody: false,
        outdatedAccounts: null,
        isProtected: true,
      });
    renderSets(api, '/PowerUser');
    expect(
      await screen.findByText(/Nobody whose access you may see has it/),
    ).toBeInTheDocument();
    expect(screen.getByText(/has not been read/)).toBeInTheDocument();
    expect(screen.getByText(/^Protected:/)).toBeInTheDocument();
    expect(screen.queryByText('Ask for it')).not.toBeInTheDocument();
  });

  it('says of one that is not there, or may not be seen, what to do', async () => {
    const { unmount } = renderSets(new FakeAwsAccessApi(), '/Nope');
    expect(
      await screen.findByText('Not found, or not yours to see'),
    ).toBeInTheDocument();
    unmount();

    const api = new FakeAwsAccessApi();
    api.getPermissionSet = async () => {
      throw new NotAllowedError('The catalog does not know you');
    };
    renderSets(api, '/PowerUser');
    expect(
      await screen.findByText(/The catalog does not know you/),
    ).toBeInTheDocument();
  });

  it('compares it with another, in content and in what both grant', async () => {
    const user = userEvent.setup();
    const api = new FakeAwsAccessApi();
    api.getPermissionSet = async name => {
      const detail = await aDetail();
      return name === permissionSets[1].arn
        ? {
            ...detail,
            ...permissionSets[1],
            sessionDuration: 'PT8H',
            inlinePolicy: policy('s3:*'),
            effectiveAccess: {
              ...detail.effectiveAccess,
              services: [{ ...s3, isWhole: true, limits: [] }],
            },
          }
        : detail;
    };
    const { container } = renderSets(api, '/PowerUser');
    await user.click(
      await screen.findByRole('button', { name: /Compare with/ }),
    );
    await user.click(await screen.findByRole('option', { name: /^ReadOnly/ }));

    expect(
      await screen.findByRole('heading', {
        name: 'From PowerUser to ReadOnly',
      }),
    ).toBeInTheDocument();
    const parts = screen.getByRole('list', { name: 'What differs' });
    expect(parts).toHaveTextContent(/without 1 hr with 8 hr/);
    expect(parts).not.toHaveTextContent('Name');
    expect(
      screen.getByRole('heading', { name: 'Services in which they differ' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('row', { name: /Amazon S3/ })).toHaveTextContent(
      'read: 12 of 40 · some on some resources onlyeverything, on every resource',
    );
    expect((await axe(container)).violations).toEqual([]);
  });
});
