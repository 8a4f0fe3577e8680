import {
  Change,
  newPermissionSetArn,
  requestInputSchema,
} from 'backstage-plugin-aws-access-common';
import { dataProd, powerUser } from '../testing/fixtures';
import { buildRequestInput, RequestFormValues } from './buildRequestInput';
import { findMissingField } from './findMissingField';
import { emptyDesign } from './permissionSetDesign';
import { emptyWish, permissionSetKey, Wish } from './wishes';

const GROUP = '22222222-0000-4000-8000-000000000001';

const filled: Wish = {
  ...emptyWish('1'),
  accounts: { ...emptyWish('1').accounts, accountIds: [dataProd.id] },
  permissionSet: powerUser.arn,
  accessGroup: GROUP,
  design: {
    ...emptyDesign,
    name: 'Reports',
    managedPolicies: 'ReadOnlyAccess',
  },
};

const values: RequestFormValues = {
  team: 'group:default/payments',
  wishes: [filled],
  duration: 'PT8H',
  justification: ' Rotate the leaked key ',
  ticket: '',
};

function build(...wishes: Array<Partial<Wish>>) {
  return buildRequestInput(
    {
      ...values,
      wishes: wishes.map((wish, index) => ({
        ...filled,
        id: String(index + 1),
        ...wish,
      })),
    },
    'user:default/ana',
  );
}

const missing = (wish: Partial<Wish>) =>
  findMissingField({ ...values, wishes: [{ ...filled, ...wish }] })?.field;

describe('buildRequestInput', () => {
  it('asks for access by one access group and one assignment that refers to it', () => {
    const { input, origins } = build({})!;
    expect(requestInputSchema.parse(input)).toEqual(input);
    expect(input).toEqual({
      team: 'group:default/payments',
      justification: 'Rotate the leaked key',
      duration: 'PT8H',
      changes: [
        {
          kind: 'accessGroup',
          key: 'access',
          members: { kind: 'people', people: ['user:default/ana'] },
        },
        {
          kind: 'assignment',
          accessGroup: { change: 'access' },
          permissionSet: { arn: powerUser.arn },
          accounts: { kind: 'named', accountIds: [dataProd.id] },
        },
      ],
    });
    expect(origins).toEqual([0, 0]);
  });

  const people = ['user:default/ana'];
  const set = { arn: powerUser.arn };
  const accounts = { kind: 'named', accountIds: [dataProd.id] };
  const group = { entraGroupId: GROUP };
  const cases: Array<[Partial<Wish>, object]> = [
    [{ kind: 'membership' }, { accessGroup: group, people }],
    [{ kind: 'elevation' }, { people, permissionSet: set, accounts }],
    [
      { kind: 'permissionSet' },
      {
        document: {
          name: 'Reports',
          managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
        },
      },
    ],
    [
      { kind: 'permissionSet', changesSet: true, changedSet: powerUser.arn },
      set,
    ],
    [
      { kind: 'removal', removal: 'assignment' },
      { accessGroup: group, permissionSet: set, accounts },
    ],
    [
      { kind: 'removal', removal: 'membership' },
      { kind: 'removeMembership', accessGroup: group, people },
    ],
    [
      { kind: 'removal', removal: 'elevation' },
      { kind: 'removeElevation', people, permissionSet: set, accounts },
    ],
    [
      { kind: 'removal', removal: 'accessGroup' },
      { kind: 'removeAccessGroup', accessGroup: group },
    ],
    [
      { kind: 'removal', removal: 'permissionSet' },
      { kind: 'removePermissionSet', permissionSet: set },
    ],
  ];
  it.each(cases)('builds what the backend takes from %j', (wish, change) => {
    const { input } = build(wish)!;
    expect(requestInputSchema.safeParse(input).error).toBeUndefined();
    expect(input.changes).toEqual([expect.objectContaining(deep(change))]);
  });

  it.each([
    [
      { kind: 'organizationalUnit', organizationalUnit: 'ou-ex01-workload' },
      { kind: 'organizationalUnit', id: 'ou-ex01-workload', maxAccounts: 10 },
    ],
    [
      { kind: 'tag', tagKey: 'environment', tagValue: 'dev', maxAccounts: 3 },
      { kind: 'tag', key: 'environment', value: 'dev', maxAccounts: 3 },
    ],
    [{ kind: 'all' }, { kind: 'all', maxAccounts: 10 }],
  ] as const)('keeps a scope with its ceiling: %j', (choice, scope) => {
    const { input } = build({ accounts: { ...filled.accounts, ...choice } })!;
    expect(requestInputSchema.parse(input).changes[1]).toMatchObject({
      accounts: scope,
    });
  });

  it('lets one request design a permission set and give it', () => {
    const design = { ...filled, id: '1', kind: 'permissionSet' as const };
    const { input, origins } = build(
      design,
      {
        permissionSet: newPermissionSetArn(permissionSetKey(design)),
        audience: 'team',
      },
      {},
    )!;
    const { changes } = requestInputSchema.parse(input);
    expect(changes.map(({ kind }) => kind)).toEqual([
      'permissionSet',
      'accessGroup',
      'assignment',
      'accessGroup',
      'assignment',
    ]);
    expect(changes[2]).toMatchObject({
      permissionSet: { change: (changes[0] as { key: string }).key },
    });
    expect(origins).toEqual([0, 1, 1, 2, 2]);
  });

  it('has no duration where nothing of it can end', () => {
    expect(build({ kind: 'removal' })!.input.duration).toBeNull();
    expect(
      build({
        kind: 'permissionSet',
        changesSet: true,
        changedSet: powerUser.arn,
      })!.input.duration,
    ).toBeNull();
    expect(build({ kind: 'permissionSet' })!.input.duration).toBe('PT8H');
    expect(build({ kind: 'elevation' }, { kind: 'removal' })).toBeUndefined();
  });

  it('previews without a reason, but does not count as complete', () => {
    const silent = { ...values, justification: ' ' };
    expect(buildRequestInput(silent, 'user:default/ana')).toBeDefined();
    expect(findMissingField(silent)).toEqual({ field: 'justification' });
    expect(findMissingField(values)).toBeUndefined();
  });
});

describe('findMissingField', () => {
  it('names the field to fill in next, and its wish', () => {
    const noAccounts = { ...filled.accounts, accountIds: [] };
    expect(findMissingField({ ...values, team: undefined })?.field).toBe(
      'team',
    );
    expect(missing({ audience: 'people' })).toBe('people');
    expect(missing({ accounts: noAccounts })).toBe('accounts');
    expect(missing({ permissionSet: undefined })).toBe('permissionSet');
    expect(missing({ kind: 'membership', accessGroup: undefined })).toBe(
      'accessGroup',
    );
    expect(
      missing({ accounts: { ...noAccounts, kind: 'organizationalUnit' } }),
    ).toBe('organizationalUnit');
    expect(missing({ accounts: { ...noAccounts, kind: 'tag' } })).toBe('tag');
    expect(
      missing({
        accounts: { ...noAccounts, kind: 'all', maxAccounts: undefined },
      }),
    ).toBe('ceiling');
    expect(missing({ kind: 'permissionSet', changesSet: true })).toBe(
      'permissionSet',
    );
    expect(missing({ kind: 'permissionSet', design: emptyDesign })).toBe(
      'name',
    );
    expect(
      missing({
        kind: 'permissionSet',
        design: { ...filled.design, inlinePolicy: '{ "Version": ' },
      }),
    ).toBe('policy');
    expect(
      findMissingField({ ...values, wishes: [filled, emptyWish('2')] }),
    ).toEqual({ field: 'accounts', wish: 1 });
  });

  it('asks for a time where one is needed, and for one only', () => {
    const of = (duration: string | null | undefined, ...wishes: Wish[]) =>
      findMissingField({ ...values, duration, wishes })?.field;
    const elevation: Wish = { ...filled, kind: 'elevation' };
    const removal: Wish = { ...filled, id: '2', kind: 'removal' };
    expect(of(undefined, filled)).toBe('duration');
    expect(of(null, elevation)).toBe('end');
    expect(of('PT1H', elevation, removal)).toBe('mixedTimes');
    expect(of(undefined, removal)).toBeUndefined();
  });
});

/** Compares nested objects by what they name, too. */
function deep(change: object): object {
  return Object.fromEntries(
    Object.entries(change as Change).map(([key, value]) => [
      key,
      key === 'document' ? expect.objectContaining(value) : value,
    ]),
  );
}
