import { Plan } from 'backstage-plugin-aws-access-common';
import {
  accountId,
  emptyPlan,
  permissionSetArn,
  personId,
  planObject,
} from '../testing/planOf';
import { separableAccounts } from './separableAccounts';

const DEV = accountId('data-dev');
const STAGING = accountId('payments-staging');
const READ_ONLY = permissionSetArn('ReadOnly');

const assignment = (
  account: string,
  action: 'create' | 'adopt' | 'untouched',
) =>
  planObject('accountAssignment', action, {
    principal: { kind: 'accessGroup', accessGroup: 'access' },
    accountId: account,
    permissionSetArn: READ_ONLY,
  });

const gain = (account: string) =>
  ({
    entraUserId: personId('ana'),
    accountId: account,
    permissionSetArn: READ_ONLY,
  } as Plan['gains'][number]);

/** Ana gets ReadOnly in both accounts, by what the request assigns. */
const plan = (parts: Partial<Plan> = {}): Plan => ({
  ...emptyPlan({
    people: ['ana'],
    accounts: ['data-dev', 'payments-staging'],
    permissionSets: ['ReadOnly'],
  }),
  gains: [gain(DEV), gain(STAGING)],
  objects: [assignment(DEV, 'create'), assignment(STAGING, 'create')],
  ...parts,
});

const separable = (
  of: Plan,
  accountIds = [DEV],
  state: Parameters<typeof separableAccounts>[0] = 'active',
) => separableAccounts(state, of, accountIds).accounts?.map(({ id }) => id);

describe('separableAccounts', () => {
  it('are those in which the request assigned what it gives', () => {
    expect(separable(plan())).toEqual([DEV]);
    expect(separable(plan(), [STAGING])).toEqual([STAGING]);
    const adopted = plan({
      gains: [],
      adopts: [gain(DEV), gain(STAGING)],
      objects: [assignment(DEV, 'adopt'), assignment(STAGING, 'adopt')],
    });
    expect(separable(adopted)).toEqual([DEV]);
  });

  it('security rule 25: are those also where the rest comes by something else', () => {
    const rest = { objects: [assignment(DEV, 'create')] };
    expect(separable(plan(rest))).toEqual([DEV]);
    expect(separable(plan(rest), [STAGING])).toBeUndefined();
    expect(separableAccounts('active', plan(rest), [STAGING]).whyNone).toMatch(
      /comes by a group that had it before.*by who asked for it, by security/,
    );
  });

  it('security rule 25: names the requester for no access that others had before', () => {
    const adopted = plan({
      gains: [],
      adopts: [gain(DEV), gain(STAGING)],
      objects: [assignment(STAGING, 'adopt')],
    });
    expect(separableAccounts('active', adopted, [DEV]).whyNone).toMatch(
      /All of it can be ended by security, and by approvers who answer for all of it\.$/,
    );
  });

  it.each([
    ['none of them is', plan(), [accountId('shop-prod')]],
    [
      'it comes by a group that had it before',
      plan({
        objects: [assignment(DEV, 'untouched'), assignment(STAGING, 'create')],
      }),
      [DEV],
    ],
    [
      'something else gives more there',
      plan({
        gains: [
          gain(DEV),
          gain(STAGING),
          { ...gain(DEV), permissionSetArn: permissionSetArn('PowerUser') },
        ],
      }),
      [DEV],
    ],
    [
      'accounts are kept true',
      plan({
        objects: [
          ...plan().objects,
          planObject('scope', 'create', { accountIds: [DEV, STAGING] }),
        ],
      }),
      [DEV],
    ],
  ])('are none where %s', (_why, of, accountIds) => {
    expect(separable(of, accountIds)).toBeUndefined();
  });

  it.each(['provisioning', 'propagating', 'stuck'] as const)(
    'are none while the request is %s',
    state => {
      expect(separable(plan(), [DEV], state)).toBeUndefined();
      expect(separableAccounts(state, plan(), [DEV]).whyNone).toContain(
        'being set up',
      );
    },
  );

  it('is not asked of what gives nothing', () => {
    for (const state of ['pending', 'ended'] as const) {
      expect(separableAccounts(state, plan(), [DEV])).toEqual({});
    }
  });
});
