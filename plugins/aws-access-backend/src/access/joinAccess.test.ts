import { leaseObjectKey } from '../leases/LeaseStore';
import { AccessFacts, assignmentKey } from './AccessFacts';
import { consoleUrl } from './consoleUrl';
import { findThingsToLookAt } from './findThingsToLookAt';
import { joinAccess } from './joinAccess';
import { matchTeamGroups } from './matchTeamGroups';
import { summarizeAccess } from './summarizeAccess';

const ASSIGNMENT = {
  accountId: '111122223333',
  permissionSetArn: 'arn-1',
  principalType: 'GROUP' as const,
  principalId: 'store-group',
};

/** A group with Ana in both directories, Ben only in Entra, Cem only in AWS. */
function facts(changes: Partial<AccessFacts> = {}): AccessFacts {
  const people = ['ana', 'ben', 'cem'];
  return {
    organizationId: 'parcel',
    accessPortalUrl: 'https://d-1.awsapps.com/start',
    assignments: [ASSIGNMENT],
    accounts: new Map(),
    environments: new Map(),
    permissionSets: new Map(),
    storeGroups: new Map([
      [
        'store-group',
        {
          groupId: 'store-group',
          displayName: 'AWS-Ours',
          externalId: 'entra-group',
        },
      ],
    ]),
    storeUsers: new Map(
      ['ana', 'cem'].map(name => [
        `store-${name}`,
        {
          userId: `store-${name}`,
          userName: name,
          displayName: null,
          externalId: `entra-${name}`,
        },
      ]),
    ),
    provisionedEntraIds: new Set(['entra-ana', 'entra-cem']),
    storeMembers: new Map([['store-group', ['store-ana', 'store-cem']]]),
    entraGroupsAreKnown: true,
    entraGroups: new Map([
      [
        'entra-group',
        {
          groupId: 'entra-group',
          displayName: 'AWS-Ours',
          description: null,
          assignedToApplication: true,
          owners: 1,
          ownedByUs: true,
          uniqueName: null,
          unusableBecause: null,
        },
      ],
    ]),
    entraUsers: new Map(
      people.map(name => [
        `entra-${name}`,
        {
          userId: `entra-${name}`,
          userPrincipalName: `${name}@parcel.example`,
          displayName: null,
          accountEnabled: true,
        },
      ]),
    ),
    entraMembers: new Map([['entra-group', ['entra-ana', 'entra-ben']]]),
    people: new Map(),
    leases: new Map(),
    adopted: new Set(),
    requestNumbers: new Map(),
    team: null,
    onlyEntraUserId: null,
    ...changes,
  };
}

const reaches = (given: AccessFacts) =>
  Object.fromEntries(
    joinAccess(given)[0].holders.map(({ displayName, reach }) => [
      displayName.split('@')[0],
      reach,
    ]),
  );

const texts = (given: AccessFacts) =>
  findThingsToLookAt(given, joinAccess(given)).map(({ text }) => text);

describe('joinAccess', () => {
  it('tells who is usable, on the way in and on the way out', () => {
    expect(reaches(facts())).toEqual({
      ana: 'usable',
      ben: 'arriving',
      cem: 'leaving',
    });
  });

  it('calls nobody leaving before Entra was read, nor in a group that AWS made itself', () => {
    const unread = { entraGroupsAreKnown: false, entraMembers: new Map() };
    expect(reaches(facts(unread))).toEqual({ ana: 'usable', cem: 'usable' });
    const byHand = {
      storeGroups: new Map([
        [
          'store-group',
          { groupId: 'store-group', displayName: 'Made', externalId: null },
        ],
      ]),
    };
    expect(reaches(facts(byHand))).toEqual({ ana: 'usable', cem: 'usable' });
  });

  it('calls everybody leaving when the group is gone from Entra', () => {
    const gone = { entraGroups: new Map(), entraMembers: new Map() };
    expect(reaches(facts(gone))).toEqual({ ana: 'leaving', cem: 'leaving' });
  });

  it('survives rows that are not known yet, and shows their ids', () => {
    expect(joinAccess(facts())[0]).toMatchObject({
      account: { name: '111122223333', environment: 'unknown' },
      permissionSet: { name: 'arn-1', accessLevel: 'custom' },
      consoleUrl: null,
    });
  });

  it('tells what was made, adopted, left alone, left behind, and lost', () => {
    const object = {
      kind: 'accountAssignment',
      accountId: ASSIGNMENT.accountId,
      permissionSetArn: ASSIGNMENT.permissionSetArn,
      entraGroupId: 'entra-group',
      storeGroupId: ASSIGNMENT.principalId,
    } as const;
    const leases = new Map([
      [
        assignmentKey(ASSIGNMENT),
        [{ requestId: 'a', endsAt: null, object } as never],
      ],
    ]);
    const storeGroups = new Map();
    const verdict = (given: Partial<AccessFacts>) =>
      joinAccess(facts(given))[0].verdict;
    expect(verdict({ leases })).toBe('managed');
    expect(
      verdict({ leases, adopted: new Set([leaseObjectKey(object)]) }),
    ).toBe('adopted');
    expect(verdict({})).toBe('unmanaged');
    expect(verdict({ storeGroups })).toBe('orphaned');
    expect(verdict({ leases, storeGroups })).toBe('drifted');
  });

  it('counts leases by assignment: one without an end outlasts all', () => {
    const lease = (id: string, endsAt: string | null) =>
      ({ requestId: id, endsAt, object: { kind: 'accessGroup' } } as never);
    const leases = new Map([
      [
        assignmentKey(ASSIGNMENT),
        [lease('a', '2999-01-01'), lease('b', null), lease('c', '2999-02-01')],
      ],
    ]);
    expect(
      joinAccess(facts({ leases, requestNumbers: new Map([['b', 7]]) }))[0],
    ).toMatchObject({
      standing: 'standing',
      until: null,
      requestId: 'b',
      requestNumber: 7,
    });
  });
});

describe('findThingsToLookAt', () => {
  it('says what keeps SCIM from doing its work', () => {
    expect(texts(facts())).toEqual([
      expect.stringContaining(
        'ben@parcel.example is in AWS-Ours but has no user',
      ),
      'cem@parcel.example has left AWS-Ours in Entra ID; AWS follows with the next SCIM cycle.',
    ]);
    const [group] = facts().entraGroups.values();
    const unassigned = new Map([
      ['entra-group', { ...group, assignedToApplication: false, owners: 0 }],
    ]);
    expect(texts(facts({ entraGroups: unassigned })).slice(0, 2)).toEqual([
      expect.stringContaining('not assigned to the enterprise application'),
      'Nobody owns the group AWS-Ours.',
    ]);
  });

  it('takes only what no request wants past the groups for a thing to look at', () => {
    const assignment = {
      ...ASSIGNMENT,
      principalType: 'USER' as const,
      principalId: 'store-ana',
    };
    const direct = facts({ assignments: [assignment] });
    const approved = new Map([
      [
        assignmentKey(assignment),
        [
          {
            requestId: 'a',
            endsAt: '2999-01-01',
            object: { kind: 'userAssignment' },
          } as never,
        ],
      ],
    ]);
    expect(texts(direct)).toEqual([
      expect.stringContaining('past every group'),
    ]);
    expect(texts({ ...direct, leases: approved })).toEqual([]);
  });

  it('names a disabled member, and says each thing once for all accounts', () => {
    const { entraUsers } = facts();
    const disabled = new Map(entraUsers);
    disabled.set('entra-ana', {
      ...entraUsers.get('entra-ana')!,
      accountEnabled: false,
    });
    const two = facts({
      entraUsers: disabled,
      assignments: [ASSIGNMENT, { ...ASSIGNMENT, accountId: '444455556666' }],
    });
    expect(
      texts(two).filter(text => text.includes('disabled in Entra ID')),
    ).toHaveLength(1);
    expect(summarizeAccess(joinAccess(two)).counts).toEqual({
      people: 3,
      accounts: 2,
      permissionSets: 1,
      temporary: 0,
    });
  });
});

describe('matchTeamGroups', () => {
  const match = (
    ref: string,
    options: Partial<Parameters<typeof matchTeamGroups>[0]> = {},
    accessGroupNames: string[] = [],
  ) =>
    Object.fromEntries(
      matchTeamGroups({
        team: { entityRef: ref, displayName: '', accessGroupNames },
        leases: [],
        adopted: new Set(),
        storeGroups: [
          'AWS-data-PowerUser',
          'AWS-data-science-PowerUser',
          'aws-DataScience-poweruser-2',
          'AWS-data-Whatever',
          'Special',
        ].map(name => ({
          groupId: name,
          displayName: name,
          externalId: `entra of ${name}`,
        })),
        permissionSetNames: ['PowerUser', 'ReadOnly'],
        template: 'AWS-{team}-{permissionSet}',
        ...options,
      }),
    );

  it('does not take one team for another whose name begins alike', () => {
    expect(match('group:default/data')).toEqual({
      'AWS-data-PowerUser': 'namingTemplate',
    });
    expect(match('group:default/data-science')).toEqual({
      'AWS-data-science-PowerUser': 'namingTemplate',
      'aws-DataScience-poweruser-2': 'namingTemplate',
    });
  });

  it('ranks what proves it: a lease of this team, then what somebody wrote', () => {
    const leaseOf = (teamRef: string) =>
      ({
        teamRef,
        object: {
          kind: 'applicationAssignment',
          entraGroupId: 'entra of Special',
        },
      } as never);
    const ref = 'group:default/finance';
    expect(match(ref, {}, ['special'])).toEqual({ Special: 'annotation' });
    expect(
      match(ref, {
        leases: [leaseOf(ref)],
        adopted: new Set(['entra of Special']),
      }),
    ).toEqual({ Special: 'adopted' });
    expect(match(ref, { leases: [leaseOf(ref)] }, ['special'])).toEqual({
      Special: 'lease',
    });
    expect(match(ref, { leases: [leaseOf('group:default/other')] })).toEqual(
      {},
    );
  });

  it('security rule 29: names show no team what is proven to be of another', () => {
    const leases = [
      {
        teamRef: 'group:default/payments',
        object: { kind: 'membership', entraGroupId: 'entra of Special' },
      },
      {
        teamRef: 'group:default/payments',
        object: {
          kind: 'membership',
          entraGroupId: 'entra of AWS-data-PowerUser',
        },
      },
    ] as never[];
    // By an annotation that anybody may write, or by a name that was asked for.
    expect(match('group:default/data', { leases }, ['Special'])).toEqual({});
  });
});

describe('consoleUrl', () => {
  it.each([
    ['https://d-1.awsapps.com/start', 'https://d-1.awsapps.com/start'],
    ['https://d-1.awsapps.com/start/', 'https://d-1.awsapps.com/start'],
    ['https://d-1.awsapps.com/start/#/', 'https://d-1.awsapps.com/start'],
  ])('is built from %s', (portal, start) => {
    expect(consoleUrl(portal, '111122223333', 'Power+User')).toBe(
      `${start}/#/console?account_id=111122223333&role_name=Power%2BUser`,
    );
  });
});
