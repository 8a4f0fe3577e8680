import {
  buildAccessChanges,
  getSimpleAccessField,
  SimpleAccess,
} from './buildAccessChanges';
import { changesSchema } from './wire';

const access: SimpleAccess = {
  team: 'group:default/payments',
  requester: 'user:default/ana',
  for: 'me',
  permissionSet:
    'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0123456789abcdef',
  accountIds: ['111122223333', '111122225555'],
};

describe('buildAccessChanges', () => {
  it.each([
    ['me', { kind: 'people', people: ['user:default/ana'] }],
    ['team', { kind: 'team', team: 'group:default/payments' }],
    [
      ['user:default/ben', 'user:default/carla', 'user:default/ben'],
      { kind: 'people', people: ['user:default/ben', 'user:default/carla'] },
    ],
  ] as const)('puts %j into the access group', (who, members) => {
    const changes = buildAccessChanges({
      ...access,
      for: typeof who === 'string' ? who : [...who],
    });

    expect(changes[0]).toMatchObject({ kind: 'accessGroup', members });
    expect(changesSchema.parse(changes)).toEqual(changes);
  });

  it('assigns the permission set on each account once', () => {
    const [group, assignment] = buildAccessChanges({
      ...access,
      accountIds: [...access.accountIds, '111122223333'],
    });

    expect(assignment).toEqual({
      kind: 'assignment',
      accessGroup: { change: group.kind === 'accessGroup' && group.key },
      permissionSet: { arn: access.permissionSet },
      accounts: { kind: 'named', accountIds: access.accountIds },
    });
  });

  it('refers to a scope, and to a permission set of the same request', () => {
    const scope = {
      kind: 'organizationalUnit',
      id: 'ou-ex01-prod00001',
      maxAccounts: 10,
    } as const;
    const [group, assignment] = buildAccessChanges({
      ...access,
      permissionSet: { change: 'set' },
      scope,
      key: 'second',
    });

    expect(group).toMatchObject({ key: 'second' });
    expect(assignment).toMatchObject({
      accessGroup: { change: 'second' },
      permissionSet: { change: 'set' },
      accounts: scope,
    });
  });

  it('says which field a problem in the changes came from', () => {
    const faulty = changesSchema.safeParse(
      buildAccessChanges({
        ...access,
        for: ['component:default/shop'],
        permissionSet: 'PowerUser',
        accountIds: ['payments-prod'],
      }),
    );

    const fields = faulty.error?.issues.map(issue =>
      getSimpleAccessField(['changes', ...issue.path].join('.')),
    );
    expect(fields?.sort()).toEqual(['accounts', 'for', 'permissionSet']);
    expect(getSimpleAccessField('team')).toBeUndefined();
    expect(getSimpleAccessField('changes.10.accounts')).toBeUndefined();
  });
});
