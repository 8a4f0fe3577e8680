import { matchSchema, PolicyRule } from '../config/policySchema';
import { describeRule } from './describeRule';

const rule = (match: object): PolicyRule => ({
  name: 'a rule',
  match: matchSchema.parse(match),
  maxDuration: 'P1DT4H',
});

describe('describeRule', () => {
  it('names kinds of change by the words that people read elsewhere', () => {
    expect(
      describeRule(rule({ changes: ['permissionSet', 'removePermissionSet'] })),
    ).toEqual({
      name: 'a rule',
      when: [
        'the request is about a permission set or the removal of a permission set',
      ],
      does: ['allows at most 1 day 4 hr'],
    });
  });
});
