import { requestInputSchema } from 'backstage-plugin-aws-access-common';
import { dataProd, powerUser } from '../testing/fixtures';
import {
  buildRequestInput,
  findMissingField,
  RequestFormValues,
} from './buildRequestInput';

const complete: RequestFormValues = {
  team: 'group:default/payments',
  audience: 'myself',
  people: [],
  accountIds: [dataProd.id],
  permissionSetArn: powerUser.arn,
  duration: 'PT8H',
  justification: ' Rotate the leaked key ',
  ticket: '',
};

const build = (changed: Partial<RequestFormValues>) =>
  buildRequestInput({ ...complete, ...changed }, 'user:default/ana');

describe('buildRequestInput', () => {
  it('describes one access group and one assignment that refers to it', () => {
    const input = build({})!;

    expect(requestInputSchema.parse(input)).toEqual(input);
    expect(input).toMatchObject({
      team: 'group:default/payments',
      justification: 'Rotate the leaked key',
      duration: 'PT8H',
    });
    expect(input).not.toHaveProperty('ticket');
    const [group, assignment] = input.changes;
    expect(group).toMatchObject({
      kind: 'accessGroup',
      members: { kind: 'people', people: ['user:default/ana'] },
    });
    expect(assignment).toEqual({
      kind: 'assignment',
      accessGroup: { change: group.kind === 'accessGroup' && group.key },
      permissionSet: { arn: powerUser.arn },
      accounts: { kind: 'named', accountIds: [dataProd.id] },
    });
  });

  it.each([
    [
      'named people',
      { audience: 'people', people: ['user:default/ben'] } as const,
      { kind: 'people', people: ['user:default/ben'] },
    ],
    [
      'the whole team',
      { audience: 'team' } as const,
      { kind: 'team', team: 'group:default/payments' },
    ],
  ])('asks for %s', (_, changed, members) => {
    expect(
      build({
        ...changed,
        people: [...('people' in changed ? changed.people : [])],
      })!.changes[0],
    ).toMatchObject({ members });
  });

  it('asks for standing access with a duration of null', () => {
    expect(build({ duration: null })).toMatchObject({ duration: null });
  });

  it('is undefined while a plan cannot be made, and says what is missing', () => {
    const cases: Array<[Partial<RequestFormValues>, string]> = [
      [{ team: undefined }, 'team'],
      [{ audience: 'people' }, 'people'],
      [{ accountIds: [] }, 'accounts'],
      [{ permissionSetArn: undefined }, 'permissionSet'],
      [{ duration: undefined }, 'duration'],
    ];
    for (const [changed, field] of cases) {
      expect(build(changed)).toBeUndefined();
      expect(findMissingField({ ...complete, ...changed })).toBe(field);
    }
  });

  it('previews without a reason, but does not count as complete', () => {
    expect(build({ justification: ' ' })).toBeDefined();
    expect(findMissingField({ ...complete, justification: ' ' })).toBe(
      'justification',
    );
    expect(findMissingField(complete)).toBeUndefined();
  });
});
