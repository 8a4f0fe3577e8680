import { PolicyOutcome, RequiredStage } from '../../policy/PolicyOutcome';
import { EMPTY_POLICY } from '../../testing/approveRequest';
import { asksMore } from './asksMore';

const owners: RequiredStage = {
  id: 'owners',
  name: 'account owner',
  approvers: ['accountOwner'],
  count: 1,
  accountIds: ['1', '2'],
  because: ['production'],
};
const policy = (...stages: RequiredStage[]): PolicyOutcome => ({
  ...EMPTY_POLICY,
  stages,
});

describe('asksMore', () => {
  it.each([
    ['the same', policy(owners), policy(owners)],
    [
      'fewer accounts',
      policy(owners),
      policy({ ...owners, accountIds: ['1'] }),
    ],
    ['no stage any more', policy(owners), policy()],
    [
      'fewer approvals',
      policy({ ...owners, count: 2 }),
      policy({ ...owners, count: 1 }),
    ],
  ])('asks nothing more for %s', (_, approved, current) => {
    expect(asksMore(approved, current)).toEqual([]);
  });

  it.each([
    ['a new stage', policy(), policy(owners)],
    ['more approvals', policy(owners), policy({ ...owners, count: 2 })],
    [
      'another account',
      policy(owners),
      policy({ ...owners, accountIds: ['1', '3'] }),
    ],
  ])('asks more for %s', (_, approved, current) => {
    expect(asksMore(approved, current)).toEqual([
      'The policy now asks for the approval "account owner" (production)',
    ]);
  });

  it('passes on why the policy denies', () => {
    expect(
      asksMore(policy(), { ...policy(), denials: ['Not on Fridays'] }),
    ).toEqual(['Not on Fridays']);
  });
});
