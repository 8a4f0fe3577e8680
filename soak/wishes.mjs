/** Who asks, for themselves and their colleagues; leads and owners approve. */
const TEAMS = {
  payments: ['ana', 'ben', 'carla', 'dario', 'emil', 'freya'],
  'web-shop': ['uma', 'lena'],
};
/** Asks for groups of everybody in it. */
const SMALL_TEAM = { name: 'mobile', requester: 'tara' };
const ACCOUNTS = [
  '111122224444',
  '111122225555',
  '555566668888',
  '555566669999',
  '777788881111',
  '999900001111',
];
const SETS = ['ReadOnly', 'LogReader', 'SupportUser', 'DataScientist'];

/** How often each kind is asked for. */
const KINDS = {
  newGroup: 20,
  elevation: 20,
  teamGroup: 3,
  membership: 12,
  assignment: 12,
  newPermissionSet: 8,
  changePermissionSet: 8,
  scope: 3,
  removeMembership: 5,
  removeAssignment: 4,
  removeElevation: 3,
  removeAccessGroup: 5,
  removePermissionSet: 4,
};

const userRef = name => `user:default/${name}`;
const named = accountIds => ({ kind: 'named', accountIds });

/**
 * Something to ask for: any kind of change, of what the seed has and of what
 * earlier requests of the soak have made.
 *
 * @param sets - ARNs of the seed's permission sets by name
 * @param made - what earlier requests made and have: `groups` (id), `sets` (arn,
 *   name), `memberships` (group, person), `assignments` (group, arn, account),
 *   `elevations` (person, arn, account)
 */
export function chooseWish(choices, { number, sets, made }) {
  const kind = choices.weighted(KINDS);
  const team = choices.weighted({ payments: 4, 'web-shop': 1 });
  const requester = choices.one(TEAMS[team]);
  const arn = sets.get(choices.one(SETS));
  const anyArn = () =>
    made.sets.length > 0 && choices.chance(30)
      ? choices.one(made.sets).arn
      : arn;
  const accounts = named(choices.some(ACCOUNTS, choices.number(1, 3)));
  const people = choices.some(TEAMS[team], choices.number(1, 3)).map(userRef);
  const duration = choices.one(['PT15M', 'PT1H', 'PT4H', 'PT8H']);
  const standing = choices.chance(30) ? null : duration;
  const existing = of => ({ accessGroup: { entraGroupId: of } });

  const newGroup = (members, permissionSet) => [
    {
      kind: 'accessGroup',
      key: 'group',
      name: `AWS-Soak-${number}`,
      members,
    },
    {
      kind: 'assignment',
      accessGroup: { change: 'group' },
      permissionSet,
      accounts,
    },
  ];
  const document = () => ({
    name: `Soak${number}`,
    description: `Made by the soak as number ${number}`,
    sessionDuration: choices.one(['PT1H', 'PT2H', 'PT4H']),
    managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    inlinePolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: choices.one(['s3:GetObject', 'sqs:ReceiveMessage']),
          Resource: '*',
        },
      ],
    }),
  });
  const wish = (changes, lasts) => ({
    kind,
    requester,
    team: `group:default/${team}`,
    duration: lasts,
    changes,
  });

  const { groups } = made;
  switch (kind) {
    case 'newGroup':
      return wish(
        newGroup({ kind: 'people', people }, { arn: anyArn() }),
        standing,
      );
    case 'teamGroup': {
      const { name, requester: colleague } = SMALL_TEAM;
      const whole = `group:default/${name}`;
      return {
        ...wish(newGroup({ kind: 'team', team: whole }, { arn }), standing),
        requester: colleague,
        team: whole,
      };
    }
    case 'elevation':
      return wish(
        [{ kind, people, permissionSet: { arn: anyArn() }, accounts }],
        duration,
      );
    case 'newPermissionSet':
      return wish(
        [
          { kind: 'permissionSet', key: 'set', document: document() },
          ...newGroup({ kind: 'people', people }, { change: 'set' }),
        ],
        standing,
      );
    case 'changePermissionSet': {
      if (made.sets.length === 0) return undefined;
      const { arn: changed, name } = choices.one(made.sets);
      return wish(
        [
          {
            kind: 'permissionSet',
            key: 'set',
            arn: changed,
            document: { ...document(), name },
          },
        ],
        null,
      );
    }
    case 'membership':
      if (groups.length === 0) return undefined;
      return wish(
        [{ kind, ...existing(choices.one(groups)), people }],
        standing,
      );
    case 'assignment':
      if (groups.length === 0) return undefined;
      return wish(
        [
          {
            kind,
            ...existing(choices.one(groups)),
            permissionSet: { arn: anyArn() },
            accounts,
          },
        ],
        standing,
      );
    case 'scope':
      if (groups.length === 0) return undefined;
      return wish(
        [
          {
            kind: 'assignment',
            ...existing(choices.one(groups)),
            permissionSet: { arn },
            accounts: {
              kind: 'tag',
              key: 'environment',
              value: choices.one(['dev', 'staging']),
              maxAccounts: 10,
            },
          },
        ],
        duration,
      );
    case 'removeMembership': {
      if (made.memberships.length === 0) return undefined;
      const { group, person } = choices.one(made.memberships);
      return wish([{ kind, ...existing(group), people: [person] }], null);
    }
    case 'removeAssignment': {
      if (made.assignments.length === 0) return undefined;
      const one = choices.one(made.assignments);
      return wish(
        [
          {
            kind,
            ...existing(one.group),
            permissionSet: { arn: one.arn },
            accounts: named([one.account]),
          },
        ],
        null,
      );
    }
    case 'removeElevation': {
      if (made.elevations.length === 0) return undefined;
      const one = choices.one(made.elevations);
      return wish(
        [
          {
            kind,
            people: [one.person],
            permissionSet: { arn: one.arn },
            accounts: named([one.account]),
          },
        ],
        null,
      );
    }
    case 'removeAccessGroup':
      // Enough must stay for the other kinds.
      if (groups.length < 3) return undefined;
      return wish([{ kind, ...existing(choices.one(groups)) }], null);
    default:
      if (made.sets.length < 2) return undefined;
      return wish(
        [{ kind, permissionSet: { arn: choices.one(made.sets).arn } }],
        null,
      );
  }
}
