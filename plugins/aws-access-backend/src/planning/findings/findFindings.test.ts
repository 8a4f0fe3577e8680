import { PlanObject } from 'backstage-plugin-aws-access-common';
import fc from 'fast-check';
import { iamService } from '../../iam/iamActions';
import {
  example,
  exampleDocument,
  exampleFacts,
} from '../../testing/examplePlan';
import { findFindings } from './findFindings';
import { ESCALATION_PATHS } from './escalationPaths';
import { PlanDraft } from './FindingsContext';
import { PlanFacts } from '../facts/PlanFacts';

type Statement = Record<string, unknown>;
type Document = ReturnType<typeof exampleDocument>;

const NEW = 'new:designed';

const allow = (action: unknown, parts: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action: action,
  Resource: '*',
  ...parts,
});

const document = (
  managed: string[],
  statements: Statement[] = [],
  parts: Partial<Document> = {},
): Document =>
  exampleDocument('Designed', managed, {
    sessionDuration: 'PT1H',
    inlinePolicy:
      statements.length > 0 ? JSON.stringify({ Statement: statements }) : null,
    ...parts,
  });

const object = (parts: Partial<PlanObject>): PlanObject => ({
  key: 'designed',
  kind: 'permissionSet',
  action: 'create',
  id: null,
  summary: 'Does something.',
  before: null,
  after: null,
  ...parts,
});

const draft = (parts: Partial<PlanDraft> = {}): PlanDraft => ({
  duration: 'PT4H',
  accounts: [],
  permissionSets: [],
  people: [],
  objects: [],
  gains: [],
  losses: [],
  ...parts,
});

const find = (parts: Partial<PlanDraft>, facts: PlanFacts = exampleFacts()) =>
  findFindings(draft(parts), facts);

/** Findings in a plan that only makes a permission set, without its ARN. */
const findIn = (after: Document) =>
  find({ objects: [object({ after })] }).map(
    ({ severity, id }) => `${severity} ${id.replace(`/${NEW}`, '')}`,
  );

const everybody = { entraUserId: example.entraIds.ana, seconds: 14_400 };
const gain = (accountId: string, permissionSetArn: string) => ({
  ...everybody,
  documentDigest: 'digest',
  accountId,
  permissionSetArn,
});

describe('findings in permission sets', () => {
  it.each<[string, Document, string[]]>([
    ['reading', document(['ReadOnlyAccess']), []],
    ['nothing', document([]), []],
    ['billing', document(['job-function/Billing']), []],
    [
      'everything, by the policy of AWS',
      document(['AdministratorAccess']),
      [
        'high admin-equivalent',
        'high controls-this-product',
        'low no-boundary',
      ],
    ],
    [
      'everything, by an inline policy',
      document([], [allow('*')]),
      [
        'high admin-equivalent',
        'high controls-this-product',
        'low no-boundary',
      ],
    ],
    [
      'rights to roles, which is everything',
      document([], [allow('iam:PutRolePolicy')]),
      ['high admin-equivalent', 'low no-boundary'],
    ],
    [
      // PowerUserAccess excludes iam, organizations and account, but not sso.
      'a power user',
      document(['PowerUserAccess']),
      [
        'high controls-this-product',
        'medium power-access',
        'medium privilege-escalation',
        'low no-boundary',
      ],
    ],
    [
      'a power user who stays out of access to AWS',
      document(
        ['PowerUserAccess'],
        [
          {
            ...allow([
              'sso:*',
              'sso-directory:*',
              'identitystore:*',
              'identity-sync:*',
              'sts:AssumeRole',
            ]),
            Effect: 'Deny',
          },
        ],
      ),
      ['medium power-access', 'medium privilege-escalation', 'low no-boundary'],
    ],
    [
      'reading who has access',
      document([], [allow(['sso:List*', 'organizations:Describe*'])]),
      [],
    ],
    [
      'changing tags of accounts, by which approvers are chosen',
      document([], [allow('organizations:TagResource')]),
      ['high controls-this-product', 'low wildcard-resources'],
    ],
    [
      'a policy of AWS that manages access',
      document(['AWSSSOMasterAccountAdministrator']),
      ['high controls-this-product', 'medium unknown-permissions'],
    ],
    [
      'policies that nobody here has read',
      document([], [], {
        customerManagedPolicies: [{ name: 'Deploy', path: '/team/' }],
      }),
      [
        'medium controls-this-product',
        'medium unknown-permissions',
        'low customer-managed-policies',
      ],
    ],
    [
      'any role for a function',
      document(
        [],
        [
          allow('iam:PassRole'),
          allow(['lambda:CreateFunction', 'lambda:InvokeFunction'], {
            Resource: 'arn:aws:lambda:*:*:function:*',
          }),
        ],
      ),
      [
        'high privilege-escalation',
        'low no-boundary',
        'low wildcard-resources',
      ],
    ],
    [
      'any role for a function, and a boundary',
      document(
        [],
        [
          allow([
            'iam:PassRole',
            'lambda:CreateFunction',
            'lambda:InvokeFunction',
          ]),
        ],
        {
          permissionsBoundary: {
            customerManagedPolicy: { name: 'Limit', path: '/' },
          },
        },
      ),
      ['high privilege-escalation', 'low wildcard-resources'],
    ],
    [
      'any role, for one service only',
      document(
        [],
        [
          allow('iam:PassRole', {
            Condition: {
              StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' },
            },
          }),
          allow('ec2:RunInstances'),
        ],
      ),
      [
        'medium privilege-escalation',
        'low no-boundary',
        'low wildcard-resources',
      ],
    ],
    [
      'one role for a machine',
      document(
        [],
        [
          allow('iam:PassRole', { Resource: 'arn:aws:iam::*:role/app' }),
          allow('ec2:RunInstances', {
            Resource: 'arn:aws:ec2:*:*:instance/i-1',
          }),
        ],
      ),
      [],
    ],
    [
      'rights to some roles',
      document(
        [],
        [
          allow('iam:AttachRolePolicy', {
            Resource: 'arn:aws:iam::*:role/a-*',
          }),
        ],
      ),
      [
        'medium privilege-escalation',
        'medium unknown-permissions',
        'low no-boundary',
      ],
    ],
    [
      'every role that trusts the account',
      document([], [allow('sts:AssumeRole')]),
      [
        'medium privilege-escalation',
        'low no-boundary',
        'low wildcard-resources',
      ],
    ],
    [
      'a whole service',
      document([], [allow('sqs:*', { Resource: 'arn:aws:sqs:*:*:orders' })]),
      ['low wildcard-actions'],
    ],
    [
      'writing to every queue',
      document([], [allow('sqs:SendMessage')]),
      ['low wildcard-resources'],
    ],
    [
      'an action that AWS knows on everything only',
      document([], [allow('ecr:GetAuthorizationToken')]),
      [],
    ],
    [
      'all but deleting in one bucket',
      document(
        [],
        [
          {
            Effect: 'Allow',
            NotAction: ['*:Delete*', 'iam:*'],
            Resource: 'arn:aws:s3:::x',
          },
        ],
      ),
      ['high controls-this-product', 'medium allows-by-exclusion'],
    ],
    [
      'opening buckets to others',
      document([], [allow('s3:PutBucketPolicy')]),
      ['medium external-sharing', 'low wildcard-resources'],
    ],
    [
      'long sessions',
      document(['ReadOnlyAccess'], [], { sessionDuration: 'PT12H' }),
      ['low long-session'],
    ],
    [
      'what cannot be read',
      document([], [], { inlinePolicy: '{"Statement"' }),
      ['medium controls-this-product', 'medium unknown-permissions'],
    ],
  ])('%s', (_what, after, expected) => {
    expect(findIn(after)).toEqual(expected);
  });

  it('security rule 17: no spelling of the services that manage access goes unseen', () => {
    const spelled = [
      'sso:*',
      'SSO:CreateAccountAssignment',
      'sso:Create*',
      'ss?:*',
      's*:*',
      'identitystore:CreateGroupMembership',
      'organizations:*',
      '*:CreateAccountAssignment',
      '*',
    ];
    for (const action of spelled) {
      expect(findIn(document([], [allow(action)]))).toContain(
        'high controls-this-product',
      );
    }
    expect(
      findIn(
        document([], [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }]),
      ),
    ).toContain('high controls-this-product');
    // An action that is new to us may do it.
    expect(findIn(document([], [allow('sso:BrandNewThing')]))).toContain(
      'medium controls-this-product',
    );
  });

  it('security rule 32: the label says what it grants, whatever it is called', () => {
    const [finding] = find({
      objects: [
        object({
          after: { ...document(['AdministratorAccess']), name: 'ReadOnly' },
        }),
      ],
    });
    expect(finding.reason).toContain('ReadOnly (admin)');
  });

  it('security rule 32: a key that is there twice makes a policy unknown', () => {
    expect(
      findIn(
        document([], [], {
          inlinePolicy:
            '{"Statement":{"Effect":"Deny","Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}',
        }),
      ),
    ).toContain('medium unknown-permissions');
  });

  it('knows only ways that AWS has', () => {
    const missing = ESCALATION_PATHS.flatMap(({ actions }) => actions).filter(
      action => {
        const [service, name] = action.split(':');
        return !iamService(service)?.has(name.toLowerCase());
      },
    );
    expect(missing).toEqual([]);
  });

  it.each(
    ESCALATION_PATHS.map(path => [path.actions.join(' + '), path] as const),
  )('finds the way %s', (_name, path) => {
    const found = findIn(document([], [allow(path.actions)])).join();
    expect(found).toMatch(
      new RegExp(`high admin-equivalent|${path.severity} privilege-esc`),
    );
  });
});

describe('findings in plans', () => {
  it('looks at what is given now, and not at what is taken', () => {
    const accounts = [
      {
        id: example.dataProd,
        name: 'data-prod',
        environment: 'prod' as const,
      },
    ];
    const gains = [gain(example.dataProd, example.administrator)];
    expect(
      find({ accounts, gains, duration: null }).map(({ id }) => id),
    ).toEqual([
      `admin-equivalent/${example.administrator}`,
      `controls-this-product/${example.administrator}`,
      `standing-power/${example.administrator}`,
      `production/${example.dataProd}`,
      `standing-production/${example.dataProd}`,
      `long-session/${example.administrator}`,
      `no-boundary/${example.administrator}`,
    ]);
    // Whoever is locked out of where access is managed cannot put it right.
    expect(
      find({
        accounts: [
          { id: example.management, name: 'management', environment: 'prod' },
        ],
        losses: [gain(example.management, example.readOnly)],
      }).map(({ id }) => id),
    ).toEqual([`controls-this-product/${example.management}`, 'takes-access']);
    expect(
      find({ accounts, losses: gains, duration: null }).map(
        ({ id, severity, reason }) => [id, severity, reason],
      ),
    ).toEqual([
      [
        'takes-access',
        'medium',
        '1 person loses access to 1 account, production among them.',
      ],
    ]);
  });

  it('security rule 4: a change counts for everybody who has the set, by the document after it', () => {
    const facts = exampleFacts();
    const holder = {
      principalType: 'GROUP' as const,
      principalId: 'g',
      displayName: 'AWS-Data-ReadOnly',
      unknownPeople: 1,
    };
    facts.holders = new Map([
      [
        example.readOnly,
        [
          {
            ...holder,
            accountId: example.dataProd,
            entraUserIds: [example.entraIds.ana, example.entraIds.ben],
          },
          {
            ...holder,
            accountId: example.dataDev,
            entraUserIds: [example.entraIds.ana],
            unknownPeople: 0,
          },
        ],
      ],
    ]);
    const findings = find(
      {
        objects: [
          object({
            action: 'change',
            id: example.readOnly,
            before: document(['ReadOnlyAccess']),
            after: document(['AdministratorAccess']),
          }),
        ],
      },
      facts,
    );
    expect(findings.map(({ id }) => id)).toEqual([
      `admin-equivalent/${example.readOnly}`,
      `controls-this-product/${example.readOnly}`,
      `other-level/${example.readOnly}`,
      `changes-for-everybody/${example.readOnly}`,
      `no-boundary/${example.readOnly}`,
    ]);
    expect(findings[2]).toMatchObject({
      severity: 'high',
      title: 'Allows more than before',
      reason: 'Designed was read and becomes admin for everybody who has it.',
    });
    expect(findings[3].reason).toBe(
      '3 people have Designed (admin) in 2 accounts, 1 of them production; it changes for all of them.',
    );
  });

  it('security rule 17: says what is kept true, and what access is managed from', () => {
    const facts = exampleFacts();
    facts.delegatedAdministratorIds = new Set([example.dataDev]);
    const findings = find(
      {
        accounts: [
          {
            id: example.management,
            name: 'parcel-management',
            environment: 'prod',
          },
          { id: example.dataDev, name: 'data-dev', environment: 'dev' },
        ],
        gains: [
          gain(example.management, example.readOnly),
          gain(example.dataDev, example.readOnly),
        ],
        objects: [
          object({
            key: 'scope/access',
            kind: 'scope',
            after: {
              accessGroup: 'access',
              permissionSetArn: example.readOnly,
              scope: { kind: 'all', maxAccounts: 20 },
              accountIds: [example.dataDev],
              seconds: 86_400,
            },
          }),
        ],
      },
      facts,
    );
    expect(findings.map(({ id, severity }) => `${severity} ${id}`)).toEqual(
      [
        `high controls-this-product/${example.management}`,
        `high controls-this-product/${example.dataDev}`,
        'medium kept-true/scope/access',
        `medium production/${example.management}`,
        `low long-session/${example.readOnly}`,
      ].sort((one, other) => {
        const order = ['high', 'medium', 'low'];
        const [a, b] = [one, other].map(text => text.split(' '));
        return (
          order.indexOf(a[0]) - order.indexOf(b[0]) || (a[1] < b[1] ? -1 : 1)
        );
      }),
    );
    expect(findings.find(({ id }) => id.startsWith('kept'))!.reason).toBe(
      'It holds in 1 account now and in accounts that are made later, 20 in all at most, for 1 day.',
    );
  });

  it('names people who are assigned directly, many people, and who is not in AWS yet', () => {
    const facts = exampleFacts();
    facts.inIdentityStore.clear();
    const ids = Array.from({ length: 11 }, (_, at) => `person-${at}`);
    const findings = find(
      {
        people: [
          {
            entraUserId: 'person-0',
            entityRef: null,
            displayName: 'Ana Alves',
          },
        ],
        gains: ids.map(entraUserId => ({
          ...gain(example.dataDev, example.readOnly),
          entraUserId,
        })),
        objects: [
          object({
            kind: 'accountAssignment',
            after: {
              principal: { kind: 'person', entraUserId: 'person-0' },
              accountId: example.dataDev,
              permissionSetArn: example.readOnly,
            },
          }),
        ],
      },
      facts,
    );
    expect(findings.map(({ id }) => id)).toEqual([
      `long-session/${example.readOnly}`,
      'many-people',
      'not-in-aws-yet/person-0',
      'assigned-directly',
    ]);
    expect(findings.map(({ about }) => about.people)).toEqual([
      [],
      [],
      ['person-0'],
      ['person-0'],
    ]);
  });

  it('says the same, whatever the order of the plan, and each thing once', () => {
    const gains = [example.dataProd, example.dataDev].flatMap(account =>
      [example.readOnly, example.administrator].map(arn => gain(account, arn)),
    );
    const accounts = [...exampleFacts().accounts.values()].map(
      ({ account }) => ({
        id: account.accountId,
        name: account.name,
        environment: 'prod' as const,
      }),
    );
    const expected = find({ gains, accounts });
    expect(new Set(expected.map(({ id }) => id)).size).toBe(expected.length);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(gains, { minLength: 4 }),
        fc.shuffledSubarray(accounts, { minLength: accounts.length }),
        (some, places) => {
          expect(find({ gains: some, accounts: places })).toEqual(expected);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('finds no less in a policy that allows more', () => {
    const statement = fc
      .subarray(
        [
          's3:*',
          'iam:PassRole',
          'lambda:CreateFunction',
          'lambda:InvokeFunction',
          'sso:*',
          'iam:PutRolePolicy',
          's3:PutBucketPolicy',
        ],
        { minLength: 1 },
      )
      .map(actions => allow(actions));
    // What an administrator may do in particular is no news any more.
    const weight = (statements: Statement[]) => {
      const found = findIn(document([], statements));
      return found.includes('high admin-equivalent')
        ? Number.POSITIVE_INFINITY
        : found.filter(text => !text.includes('low')).length;
    };
    fc.assert(
      fc.property(statement, statement, (one, other) => {
        expect(weight([one, other])).toBeGreaterThanOrEqual(weight([one]));
      }),
      { numRuns: 50 },
    );
  });
});
