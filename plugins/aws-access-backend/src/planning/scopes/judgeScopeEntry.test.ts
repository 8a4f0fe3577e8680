import { PolicyOutcome } from '../../policy/PolicyOutcome';
import { estateFacts } from '../../testing/exampleEstate';
import { example } from '../../testing/examplePlan';
import { judgeScopeEntry, ScopeEntry } from './judgeScopeEntry';

const outcome = (parts: Partial<PolicyOutcome> = {}): PolicyOutcome => ({
  rulesDigest: '1',
  stages: [
    {
      id: 'owner-otto',
      name: 'account owner',
      approvers: ['accountOwner'],
      count: 1,
      accountIds: [example.dataProd],
      because: ['production'],
    },
  ],
  denials: [],
  maxDuration: null,
  maxDurationBecause: [],
  autoApproved: false,
  ...parts,
});

function entry(change: (entry: ScopeEntry) => void = () => {}): ScopeEntry {
  const { accounts, config, pins } = estateFacts();
  const account = accounts.get(example.dataDev)!;
  account.account.joinedAt = '2026-11-20T08:00:00.000Z';
  const result: ScopeEntry = {
    account,
    mandate: {
      document: {
        accessGroup: 'g',
        permissionSetArn: example.readOnly,
        scope: { kind: 'all', maxAccounts: 3 },
        accountIds: [example.dataProd],
        seconds: 30 * 24 * 3600,
      },
      approvedAt: '2026-11-19T08:00:00.000Z',
      startsAt: '2026-11-19T08:05:00.000Z',
      accountsCount: 2,
      policy: outcome(),
    },
    policy: outcome({
      // The same owner, who agreed to the scope.
      stages: [{ ...outcome().stages[0], accountIds: [example.dataDev] }],
    }),
    organization: {
      config,
      pins,
      delegatedAdministratorIds: new Set(['100000000003']),
    },
    now: '2026-11-24T08:00:00.000Z',
  };
  change(result);
  return result;
}

describe('security rule 17: judgeScopeEntry', () => {
  it('takes in a new account of known facts for which nobody else is asked', () => {
    expect(judgeScopeEntry(entry())).toEqual({
      verdict: 'takeIn',
      reason:
        'The account data-dev (555566669999) was created after the approval and is within what was approved.',
    });
  });

  it.each<
    [string, (entry: ScopeEntry) => void, 'fileRequest' | 'ignore', string]
  >([
    [
      'an account that existed before',
      ({ account }) => {
        account.account.joinedAt = '2026-11-19T08:00:00.000Z';
      },
      'fileRequest',
      'existed when the scope was approved',
    ],
    [
      'an account of unknown age',
      ({ account }) => {
        account.account.joinedAt = null;
      },
      'fileRequest',
      'existed when',
    ],
    [
      'an unknown owner',
      ({ account }) => {
        account.facts.owners = { known: false, reason: 'it has no tag' };
      },
      'fileRequest',
      'Nobody knows who owns',
    ],
    [
      'an unknown environment',
      ({ account }) => {
        account.facts.environment = { known: false, reason: 'it has no tag' };
      },
      'fileRequest',
      'Nobody knows the environment',
    ],
    [
      'an account beyond the ceiling',
      ({ mandate }) => {
        mandate.accountsCount = 3;
      },
      'fileRequest',
      '3 are the most',
    ],
    [
      'another owner',
      ({ policy }) => {
        policy.stages[0].id = 'owner-petra';
      },
      'fileRequest',
      'asks for the approval "account owner" (production)',
    ],
    [
      'approvers whom a resolver names by the account',
      entryOf => {
        const stage = {
          ...outcome().stages[0],
          approvers: ['resolver:budget' as const],
        };
        entryOf.mandate.policy = outcome({ stages: [stage] });
        entryOf.policy = outcome({
          stages: [{ ...stage, accountIds: [example.dataDev] }],
        });
      },
      'fileRequest',
      'asks for the approval',
    ],
    [
      'more approvals of the same stage',
      ({ policy }) => {
        policy.stages[0].count = 2;
      },
      'fileRequest',
      'asks for the approval',
    ],
    [
      'approval by itself that is no more',
      entryOf => {
        entryOf.mandate.policy = outcome({ stages: [], autoApproved: true });
        entryOf.policy = outcome({ stages: [] });
      },
      'fileRequest',
      'does not approve it by itself',
    ],
    [
      'a shorter longest span',
      ({ policy }) => {
        policy.maxDuration = 'PT12H';
      },
      'fileRequest',
      'shorter time',
    ],
    [
      'a ticket that nobody gave',
      ({ policy }) => {
        policy.demands = [
          { field: 'ticket', pattern: null, hint: null, because: ['a'] },
        ];
      },
      'fileRequest',
      'asks for a ticket',
    ],
    [
      'unknown administrators',
      ({ organization }) => {
        organization.delegatedAdministratorIds = null;
      },
      'fileRequest',
      'not known whether',
    ],
    [
      'a delegated administrator account',
      ({ organization }) => {
        organization.delegatedAdministratorIds = new Set([example.dataDev]);
      },
      'ignore',
      'must be named',
    ],
    [
      'a protected account',
      ({ organization }) => {
        organization.config.protected.accounts.push(example.dataDev);
      },
      'ignore',
      'must be named',
    ],
    [
      'the management account',
      ({ organization }) => {
        organization.pins = {
          ...organization.pins!,
          managementAccountId: example.dataDev,
        };
      },
      'ignore',
      'must be named',
    ],
    [
      'what the policy denies',
      ({ policy }) => policy.denials.push('Not here.'),
      'ignore',
      'Not here.',
    ],
    [
      'a closed account',
      ({ account }) => {
        account.account.state = 'SUSPENDED';
      },
      'ignore',
      'suspended',
    ],
    [
      'a mandate that is over',
      entryOf => {
        entryOf.now = '2026-12-19T08:05:00.000Z';
      },
      'ignore',
      'ended',
    ],
  ])('does not take in %s', (_what, change, verdict, reason) => {
    expect(judgeScopeEntry(entry(change))).toEqual({
      verdict,
      reason: expect.stringContaining(reason),
    });
  });
});
