import { fileRequestSchema, requestInputSchema } from './filing';
import { durationSchema, plainText } from './primitives';

const arn =
  'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0123456789abcdef';

const valid = {
  team: 'payments',
  justification: 'Look into INC-311',
  duration: 'PT480M',
  changes: [
    {
      kind: 'accessGroup',
      key: 'group',
      members: { kind: 'people', people: ['user:default/ana'] },
    },
    {
      kind: 'assignment',
      accessGroup: { change: 'group' },
      permissionSet: { arn },
      accounts: { kind: 'named', accountIds: ['555566667777'] },
    },
  ],
};

function issuesOf(input: unknown) {
  const result = requestInputSchema.safeParse(input);
  return result.success
    ? []
    : result.error.issues.map(
        issue => `${issue.path.join('.')}: ${issue.message}`,
      );
}

describe('requestInputSchema', () => {
  it('normalises references and durations', () => {
    const parsed = requestInputSchema.parse(valid);
    expect(parsed.team).toBe('group:default/payments');
    expect(parsed.duration).toBe('PT8H');
  });

  it.each([
    [
      'a short account id',
      { path: ['changes', 1, 'accounts', 'accountIds', 0], value: '5555' },
      'changes.1.accounts.accountIds.0: must be an AWS account id: twelve digits',
    ],
    [
      'an unknown group key',
      { path: ['changes', 1, 'accessGroup', 'change'], value: 'other' },
      "changes.1.accessGroup.change: must be the key of an access group of this request, and none has the key 'other'",
    ],
    [
      'a user as team',
      { path: ['team'], value: 'user:default/ana' },
      'team: must be a reference to a catalog group, for example group:default/name',
    ],
    [
      'no reason',
      { path: ['justification'], value: '   ' },
      'justification: must not be empty',
    ],
    [
      'a permission set by name',
      { path: ['changes', 1, 'permissionSet', 'arn'], value: 'ReadOnly' },
      'changes.1.permissionSet.arn: must be the ARN of a permission set',
    ],
  ])(
    'names the field and the fix for %s',
    (_name, { path, value }, message) => {
      const input = structuredClone(valid) as any;
      const last = path[path.length - 1];
      path.slice(0, -1).reduce((node, key) => node[key], input)[last] = value;
      expect(issuesOf(input)).toEqual([message]);
    },
  );

  it('refuses the same access group key twice', () => {
    const input = structuredClone(valid);
    input.changes.unshift(structuredClone(input.changes[0]));
    expect(issuesOf(input)).toEqual([
      "changes.1.key: must be unique: another change already has the key 'group'",
    ]);
  });

  it('asks for an idempotency key when filing', () => {
    expect(fileRequestSchema.safeParse(valid).success).toBe(false);
    expect(
      fileRequestSchema.safeParse({ ...valid, idempotencyKey: 'task:1:step' })
        .success,
    ).toBe(true);
  });
});

describe('durationSchema', () => {
  it.each([
    ['PT15M', 'PT15M'],
    ['PT90M', 'PT1H30M'],
    ['P7D', 'P7D'],
    ['PT24H', 'P1D'],
    ['P366D', 'P366D'],
  ])('normalises %s to %s', (given, expected) => {
    expect(durationSchema.parse(given)).toBe(expected);
  });

  it.each(['PT14M', 'P367D', 'P2Y', '8h', '', 'PT-1H'])('refuses %s', given => {
    expect(durationSchema.safeParse(given).success).toBe(false);
  });
});

describe('plainText (security rule 32)', () => {
  it.each([
    ['right-to-left override', 'prod\u202edorp'],
    ['zero-width space', 'pay\u200bments'],
    ['escape character', 'a\u001b[31mred'],
  ])('refuses a %s', (_name, text) => {
    expect(plainText(100).safeParse(text).success).toBe(false);
  });

  it('accepts what people write', () => {
    expect(plainText(100).parse('  Größe, 日本語 – fine\nsecond line ')).toBe(
      'Größe, 日本語 – fine\nsecond line',
    );
  });
});
