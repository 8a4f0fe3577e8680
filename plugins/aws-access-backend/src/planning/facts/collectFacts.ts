import { AwsCallerAccount } from '../../clouds/CredentialsCheck';
import { OrganizationConfig } from '../../config/AwsAccessConfig';
import { Stores } from '../../database/Stores';
import { AccountFactsReader } from '../../facts/AccountFactsReader';
import { accessLevelOf } from '../../iam/accessLevelOf';
import { FactsSource } from '../../facts/FactsSource';
import { PersonDirectory } from '../../people/PersonDirectory';
import { chooseGroupNames } from '../names/chooseGroupNames';
import { collectPeople } from './collectPeople';
import { findEndingObjects } from '../problems/findEndingObjects';
import { findOutOfReachSets } from '../problems/findOutOfReachSets';
import { findOwnParts } from './findOwnParts';
import { MOST_SETS_IN_ACCOUNT } from '../findings/findInAccounts';
import { isMadeByUs } from './isMadeByUs';
import { foldName } from '../names/foldName';
import { PlanFacts } from './PlanFacts';
import { PlanInput } from '../RequestPlanner';
import { reservedSetName } from '../names/reservedNames';
import { whatIsNamed } from './whatIsNamed';
import { unique } from '../unique';

/** Reads everything that the plan of a request rests on. */
export async function collectFacts(
  input: PlanInput,
  source: FactsSource,
  services: {
    config: OrganizationConfig;
    stores: Stores;
    directory: PersonDirectory;
    callerAccount?: AwsCallerAccount;
  },
): Promise<PlanFacts> {
  const { organizationId } = input;
  const { config, stores, directory } = services;
  const named = whatIsNamed(input.changes, config);

  const namedPeople = await directory.findPeople(named.people);
  const idsOf = (refs: string[]) =>
    namedPeople.flatMap(({ entityRef, entraUserId }) =>
      entraUserId && refs.includes(entityRef) ? entraUserId : [],
    );

  const [organization, age, requester, team, groups, holders, direct, scopes] =
    await Promise.all([
      stores.organizations.get(organizationId),
      source.describeAge(),
      directory.findPerson(input.requesterRef),
      directory.findTeam(input.teamRef),
      collectGroups(named.groupIds, source, organizationId, stores),
      collectEach(named.heldSets, arn => source.findHolders(arn)),
      collectEach(named.direct, ({ people, ...of }) =>
        source.findDirectHolders({ ...of, entraUserIds: idsOf(people) }),
      ),
      collectEach(named.scopes, ({ scope }) =>
        source.listAccountsInScope(scope),
      ),
    ]);
  const accountsInScope: PlanFacts['accountsInScope'] = new Map(
    [...scopes].map(([{ index }, ids]) => [index, ids]),
  );

  const directHolders: PlanFacts['directHolders'] = new Map();
  for (const [{ permissionSetArn }, found] of direct) {
    const before = directHolders.get(permissionSetArn) ?? [];
    directHolders.set(permissionSetArn, [...before, ...found]);
  }
  const carried = [...groups.values()].flatMap(group => group.assignments);
  const [sets, accounts, setNames, delegated, permissionSetsEnabled, people] =
    await Promise.all([
      source.findPermissionSets(
        unique([
          ...named.permissionSets,
          ...carried.map(assignment => assignment.permissionSetArn),
        ]),
      ),
      source.findAccounts(
        unique([
          ...named.accountIds,
          ...[...accountsInScope.values()].flat(),
          ...carried.map(({ accountId }) => accountId),
          ...[...holders.values()].flat().map(({ accountId }) => accountId),
        ]),
      ),
      named.makesSets ? source.listPermissionSetNames() : [],
      source.listDelegatedAdministratorIds(),
      source.arePermissionSetsEnabled(),
      collectPeople(
        input,
        { named, namedPeople, team, groups, holders },
        source,
        services,
      ),
    ]);
  const reader = new AccountFactsReader({
    inventory: stores.inventory,
    directory,
    organizations: { [organizationId]: config },
  });
  const pins = organization?.pins ?? null;
  const [
    accountFacts,
    systemOwners,
    ownSets,
    ownParts,
    endingObjects,
    outOfReachSets,
    crowdedAccounts,
  ] = await Promise.all([
    reader.factsOf(organizationId, accounts),
    reader.systemOwnersOf(
      organizationId,
      accounts.map(({ accountId }) => accountId),
    ),
    collectEach(named.judgedSets, arn =>
      isMadeByUs(stores, organizationId, `permissionSet/${arn}`),
    ),
    findOwnParts(organizationId, named.adoptedGroups, groups, stores),
    findEndingObjects(input, { groups, directHolders }, stores),
    findOutOfReachSets(
      {
        organizationId,
        pins,
        config,
        callerAccount: services.callerAccount,
        permissionSetArns: named.permissionSets,
      },
      stores,
    ),
    stores.inventory.facts.listCrowdedAccounts(
      organizationId,
      unique([...named.accountIds, ...[...accountsInScope.values()].flat()]),
      MOST_SETS_IN_ACCOUNT - input.changes.length,
    ),
  ]);
  const permissionSets = new Map(
    sets.map(set => [set.arn, { set, level: accessLevelOf(set.document) }]),
  );

  return {
    organizationId,
    config,
    pins,
    requester,
    team,
    ...people,
    accounts: new Map(
      accounts.map(account => [
        account.accountId,
        { account, facts: accountFacts.get(account.accountId)! },
      ]),
    ),
    crowdedAccounts,
    systemOwners,
    permissionSets,
    permissionSetNames: new Map(
      setNames.map(({ arn, name }) => [foldName(name), arn]),
    ),
    reservedSetNames: await findReservedSetNames(input, stores),
    groups,
    holders,
    directHolders,
    accountsInScope,
    delegatedAdministratorIds: delegated ? new Set(delegated) : null,
    permissionSetsEnabled,
    outOfReachSets,
    endingObjects,
    ownParts,
    ownPermissionSets: new Set(
      [...ownSets].filter(([, isOurs]) => isOurs).map(([arn]) => arn),
    ),
    groupNames: await chooseGroupNames(input, permissionSets, source, {
      config,
      stores,
    }),
    ...age,
  };
}

async function findReservedSetNames(
  { organizationId, requestId, changes }: PlanInput,
  { provisioning }: Stores,
): Promise<Set<string>> {
  const reserved = new Set<string>();
  for (const change of changes) {
    if (change.kind !== 'permissionSet' || change.arn) continue;
    const { name } = change.document;
    const isReserved = await provisioning.footprints.isNameReserved(
      organizationId,
      reservedSetName(name),
      requestId,
    );
    if (isReserved) reserved.add(foldName(name));
  }
  return reserved;
}

async function collectGroups(
  groupIds: string[],
  source: FactsSource,
  organizationId: string,
  stores: Stores,
): Promise<PlanFacts['groups']> {
  const groups: PlanFacts['groups'] = new Map();
  if (groupIds.length === 0) return groups;
  for (const { uniqueName: _, ...group } of await source.findGroups(groupIds)) {
    groups.set(group.groupId, {
      ...group,
      isOurs: await isMadeByUs(
        stores,
        organizationId,
        `group/${group.groupId}`,
      ),
    });
  }
  return groups;
}

async function collectEach<Key, Value>(
  keys: Key[],
  read: (key: Key) => Promise<Value>,
): Promise<Map<Key, Value>> {
  return new Map(
    await Promise.all(
      keys.map(async (key): Promise<[Key, Value]> => [key, await read(key)]),
    ),
  );
}
