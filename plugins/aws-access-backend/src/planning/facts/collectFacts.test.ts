import { Change } from 'backstage-plugin-aws-access-common';
import { Stores } from '../../database/Stores';
import { ExistingGroup, FactsSource } from '../../facts/FactsSource';
import { LeaseObject, leaseObjectKey, LeaseRow } from '../../leases/LeaseStore';
import { PersonDirectory } from '../../people/PersonDirectory';
import {
  estateFacts,
  exampleGroup,
  readers,
} from '../../testing/exampleEstate';
import {
  example,
  exampleConfig,
  exampleFacts,
  examplePerson,
  examplePins,
} from '../../testing/examplePlan';
import { collectFacts } from './collectFacts';
import { foldName } from '../names/foldName';
import { assignmentKey, membershipKey } from '../objects/objectKeys';
import { PlanInput } from '../RequestPlanner';

const { ana, ben, petra, uma } = example.entraIds;
const named = (...accountIds: string[]) => ({
  kind: 'named' as const,
  accountIds,
});

/** The clouds of the example company, as far as plans ask them. */
function fakeSource(parts: Partial<FactsSource> = {}): FactsSource {
  const { accounts, permissionSets, holders, entraUsers } = estateFacts();
  const { isOurs: _, ...group } = exampleGroup();
  const existing: ExistingGroup = { ...group, uniqueName: 'unique' };
  return {
    findAccounts: async ids =>
      ids.flatMap(id => accounts.get(id)?.account ?? []),
    findPermissionSets: async arns =>
      arns.flatMap(arn => permissionSets.get(arn)?.set ?? []),
    findEntraUsers: async ids => ids.flatMap(id => entraUsers.get(id) ?? []),
    listInIdentityStore: async ids => ids.filter(id => id !== ben),
    isGroupNameTaken: async name => foldName(name) === foldName('AWS-Admins'),
    findGroups: async ids =>
      [existing].filter(({ groupId }) => ids.includes(groupId)),
    findHolders: async arn => holders.get(arn) ?? [],
    findDirectHolders: async ({ permissionSetArn, entraUserIds }) =>
      (holders.get(permissionSetArn) ?? []).filter(
        ({ principalType, entraUserIds: ids }) =>
          principalType === 'USER' && ids.some(id => entraUserIds.includes(id)),
      ),
    listAccountsInScope: async () => [example.dataDev, example.management],
    listPermissionSetNames: async () =>
      [...permissionSets].map(([arn, { set }]) => ({ arn, name: set.name })),
    listDelegatedAdministratorIds: async () => undefined,
    arePermissionSetsEnabled: async () => true,
    describeAge: async () => ({ asOf: 'now', unusableBecause: null }),
    ...parts,
  };
}

const directory: Partial<PersonDirectory> = {
  findPerson: async ref =>
    ref === 'user:default/ana' ? examplePerson('ana', ['payments']) : undefined,
  findPeople: async refs =>
    (['ana', 'ben', 'petra'] as const)
      .map(name => examplePerson(name, ['payments']))
      .filter(({ entityRef }) => refs.includes(entityRef)),
  findByEntraIds: async ids =>
    new Map(
      ids.includes(uma) ? [[uma, examplePerson('uma', ['web-shop'])]] : [],
    ),
  findTeam: async () => exampleFacts().team,
  findSystemOwners: async () => new Map(),
};

/** What this product remembers: objects it made, and leases on them. */
function fakeStores(
  made: LeaseObject[] | string[] = [],
  leases: Array<Partial<LeaseRow> & { object: LeaseObject }> = [],
): Stores {
  const ours = made.map(object =>
    typeof object === 'string' ? object : leaseObjectKey(object),
  );
  const creation = {
    operation: 'sso-admin:CreateAccountAssignment',
    phase: 'grant',
    state: 'confirmed',
    before: null,
  };
  const stores = {
    organizations: { get: async () => ({ pins: examplePins }) },
    requests: { get: async () => undefined },
    inventory: {
      facts: {
        findHolders: async () => [{ accountId: example.management }],
        listCrowdedAccounts: async () => new Map(),
      },
      getEntraUsers: async () => [],
      getStoreUsersByExternalId: async (_: string, ids: string[]) =>
        ids.map(externalId => ({ externalId })),
    },
    leases: {
      listLive: async () =>
        leases.map(lease => ({
          requestId: 'other',
          endsAt: null,
          ...lease,
          objectKey: leaseObjectKey(lease.object),
        })),
    },
    provisioning: {
      footprints: { isNameReserved: async () => false },
      intents: {
        listOfObject: async (_: string, key: string) =>
          ours.includes(key) ? [creation] : [],
        listOfObjects: async (_: string, keys: string[]) =>
          new Map(
            ours
              .filter(key => keys.includes(key))
              .map(key => [key, [creation]]),
          ),
      },
    },
  };
  return stores as unknown as Stores;
}

const collect = (
  changes: Change[],
  options: {
    stores?: Stores;
    source?: Partial<FactsSource>;
    elevation?: 'accessGroup';
    roleArn?: string;
    input?: Partial<PlanInput>;
  } = {},
) => {
  const config = exampleConfig().organizations.parcel;
  if (options.elevation) config.elevation = options.elevation;
  if (options.roleArn) {
    config.aws.credentials = { type: 'assumeRole', roleArn: options.roleArn };
  }
  return collectFacts(
    {
      organizationId: example.organizationId,
      teamRef: 'group:default/payments',
      requesterRef: 'user:default/ana',
      duration: null,
      changes,
      ...options.input,
    },
    fakeSource(options.source),
    {
      config,
      stores: options.stores ?? fakeStores(),
      directory: directory as PersonDirectory,
    },
  );
};

const joins = (...people: string[]): Change => ({
  kind: 'membership',
  accessGroup: { entraGroupId: readers.groupId },
  people: people.map(name => `user:default/${name}`),
});
const elevates: Change = {
  kind: 'elevation',
  people: ['user:default/petra'],
  permissionSet: { arn: example.readOnly },
  accounts: named(example.paymentsProd),
};

describe('collectFacts', () => {
  it('reads what a group carries, and who is behind it', async () => {
    const facts = await collect([joins('ben')], {
      stores: fakeStores([`group/${readers.groupId}`]),
    });
    expect(facts.groups.get(readers.groupId)).toEqual(exampleGroup());
    expect([...facts.accounts.keys()]).toEqual([example.dataDev]);
    expect([...facts.permissionSets.keys()]).toEqual([example.readOnly]);
    expect(facts.people.get('user:default/uma')?.entraUserId).toBe(uma);
    expect(facts.delegatedAdministratorIds).toBeNull();
    // Ben is asked about in the clouds, the others are known from before.
    expect([...facts.inIdentityStore].sort()).toEqual([ana, uma].sort());
  });

  it('does not take a group for ours that nothing proves', async () => {
    const facts = await collect([joins('ben')]);
    expect(facts.groups.get(readers.groupId)!.isOurs).toBe(false);
  });

  it('reads who has a permission set that changes, and where', async () => {
    const facts = await collect(
      [
        {
          kind: 'removePermissionSet',
          permissionSet: { arn: example.readOnly },
        },
      ],
      { stores: fakeStores([`permissionSet/${example.readOnly}`]) },
    );
    expect(facts.holders.get(example.readOnly)).toHaveLength(2);
    expect([...facts.accounts.keys()].sort()).toEqual(
      [example.dataDev, example.paymentsProd].sort(),
    );
    expect([...facts.ownPermissionSets]).toEqual([example.readOnly]);
  });

  it('reads the accounts of a scope by the place of its change', async () => {
    const facts = await collect([
      joins('ben'),
      {
        kind: 'assignment',
        accessGroup: { entraGroupId: readers.groupId },
        permissionSet: { arn: example.readOnly },
        accounts: { kind: 'all', maxAccounts: 5 },
      },
    ]);
    expect(facts.accountsInScope).toEqual(
      new Map([[1, [example.dataDev, example.management]]]),
    );
  });

  it.each<[string, string, string[]]>([
    ['a delegated administrator', '100000000003', [example.readOnly]],
    ['the management account', example.management, []],
  ])(
    'knows what AWS does not let %s touch',
    async (_who, account, expected) => {
      const facts = await collect([elevates], {
        roleArn: `arn:aws:iam::${account}:role/portal`,
      });
      expect([...facts.outOfReachSets]).toEqual(expected);
    },
  );

  it('names the groups of elevations where the organization wants groups', async () => {
    const facts = await collect([elevates], { elevation: 'accessGroup' });
    expect(facts.groupNames.get('elevation.0')).toEqual({
      displayName: 'AWS-Payments-ReadOnly',
      isTaken: false,
    });
    expect(facts.directHolders.size).toBe(0);
  });

  it.each(['AWS-Admins', 'aws-admins', 'ＡＷＳ-Admins', 'AWS-Adm\u200Bins'])(
    'security rule 13: takes %j for the name of a privileged group',
    async name => {
      const facts = await collect([
        {
          kind: 'accessGroup',
          key: 'access',
          name,
          members: { kind: 'people', people: ['user:default/ben'] },
        },
      ]);
      expect(facts.groupNames.get('access')).toMatchObject({ isTaken: true });
    },
  );

  describe('security rule 1: what goes when leases of others end', () => {
    const membership: LeaseObject = {
      kind: 'membership',
      entraGroupId: readers.groupId,
      entraUserId: ana,
    };
    const assignment: LeaseObject = {
      kind: 'accountAssignment',
      accountId: example.dataDev,
      permissionSetArn: example.readOnly,
      entraGroupId: readers.groupId,
      storeGroupId: readers.storeGroupId,
    };
    const direct: LeaseObject = {
      kind: 'userAssignment',
      accountId: example.paymentsProd,
      permissionSetArn: example.readOnly,
      entraUserId: petra,
      storeUserId: 'store-petra',
    };
    const ending = '2026-11-24T18:00:00.000Z';
    const gives: Change = {
      kind: 'assignment',
      accessGroup: { entraGroupId: readers.groupId },
      permissionSet: { arn: example.readOnly },
      accounts: named(example.dataDev),
    };
    const everything = [joins('ana'), gives, elevates];
    const keys = [
      membershipKey(readers.groupId, ana),
      assignmentKey(readers.groupId, example.dataDev, example.readOnly),
      assignmentKey(petra, example.paymentsProd, example.readOnly),
    ];
    const made = [membership, assignment, direct];

    it.each<[string, Stores, string[], Partial<PlanInput>]>([
      ['nothing of it, when others made it', fakeStores(), [], {}],
      [
        'what we made under leases with an end',
        fakeStores(
          made,
          made.map(object => ({ object, endsAt: ending })),
        ),
        keys,
        {},
      ],
      ['what we made and is about to go', fakeStores(made), keys, {}],
      [
        'nothing of it, when a lease has no end',
        fakeStores(made, [
          ...made.map(object => ({ object, endsAt: ending })),
          ...made.map(object => ({ object })),
        ]),
        [],
        {},
      ],
      [
        'what only the request itself has no end for',
        fakeStores(
          made,
          made.map(object => ({ object, requestId: 'own' })),
        ),
        keys,
        { requestId: 'own' },
      ],
      [
        'nothing of it, when others made it and a lease of ours ends',
        fakeStores(
          [],
          made.map(object => ({ object, endsAt: ending })),
        ),
        [],
        {},
      ],
    ])('is %s', async (_what, stores, expected, input) => {
      const facts = await collect(everything, { stores, input });
      expect([...facts.endingObjects]).toEqual(expected);
    });

    it('knows it of everybody and everything in a group, whoever the request names', async () => {
      const facts = await collect([joins('ben')], {
        stores: fakeStores([membership, assignment]),
      });
      expect([...facts.endingObjects]).toEqual([
        membershipKey(readers.groupId, ana),
        assignmentKey(readers.groupId, example.dataDev, example.readOnly),
      ]);
    });
  });
});
