import { fillIn } from './fillIn';

describe('fillIn', () => {
  it('puts values of the form where they are named, at any depth', () => {
    expect(
      fillIn(
        [
          {
            kind: 'accessGroup',
            members: { kind: 'team', team: { parameter: 'team' } },
          },
        ],
        { team: 'group:default/payments' },
      ),
    ).toEqual([
      {
        kind: 'accessGroup',
        members: { kind: 'team', team: 'group:default/payments' },
      },
    ]);
  });

  it('leaves out what is empty, and an object of which nothing is left', () => {
    expect(
      fillIn(
        {
          name: { parameter: 'name' },
          description: { parameter: 'description' },
          permissionsBoundary: {
            managedPolicyArn: { parameter: 'boundary' },
          },
        },
        { name: 'Reports', description: '' },
      ),
    ).toEqual({ name: 'Reports' });
  });

  it('counts a change only where the form holds the value', () => {
    const changes = [
      { if: { parameter: 'what', equals: 'people' }, kind: 'removeMembership' },
      { if: { parameter: 'what', equals: 'group' }, kind: 'removeAccessGroup' },
    ];
    expect(fillIn(changes, { what: 'group' })).toEqual([
      { kind: 'removeAccessGroup' },
    ]);
    expect(fillIn(changes, {})).toEqual([]);
  });

  it('leaves the values themselves as they are', () => {
    const policies = [{ parameter: 'not a reference', other: 1 }];
    expect(fillIn({ parameter: 'policies' }, { policies })).toBe(policies);
  });
});
