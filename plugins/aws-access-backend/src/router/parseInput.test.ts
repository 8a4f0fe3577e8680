import { requestInputSchema } from 'backstage-plugin-aws-access-common';
import { parseInput } from './parseInput';

describe('parseInput', () => {
  it('names every wrong field, and what it must be', () => {
    expect(() =>
      parseInput(requestInputSchema, {
        team: 'user:default/ana',
        duration: 'soon',
        changes: [
          {
            kind: 'assignment',
            accessGroup: { change: 'group' },
            permissionSet: { arn: 7 },
            accounts: { kind: 'named', accountIds: ['12'] },
          },
        ],
      }),
    ).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: [
          'team: must be a reference to a catalog group, for example group:default/name',
          'justification: is missing; it must be of type string',
          'duration: must be an ISO-8601 duration between PT15M and P366D, for example PT8H',
          'changes.0.permissionSet.arn: must be of type string',
          'changes.0.accounts.accountIds.0: must be an AWS account id: twelve digits',
        ].join('; '),
      }),
    );
  });

  it('says so when there is no body at all', () => {
    expect(() => parseInput(requestInputSchema, undefined)).toThrow(
      'body: is missing; it must be of type object',
    );
  });
});
