import { OrganizationConfig } from '../config/AwsAccessConfig';
import { Stores } from '../database/Stores';
import { CatalogPerson, PersonDirectory } from '../people/PersonDirectory';
import { accessLevelOf } from '../facts/accessLevelOf';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { chooseGroupNames } from './chooseGroupNames';
import { FactsSource } from '../facts/FactsSource';
import { PlanFacts } from './PlanFacts';
import { PlanInput } from './RequestPlanner';

/** Reads everything that the plan of a request rests on. */
export async function collectFacts(
  input: PlanInput,
  source: FactsSource,
  services: {
    config: OrganizationConfig;
    stores: Stores;
    directory: PersonDirectory;
  },
): Promise<PlanFacts> {
  const { organizationId } = input;
  const { config, stores, directory } = services;
  const assignments = input.changes.filter(
    change => change.kind === 'assignment',
  );

  const [organization, age, requester, team] = await Promise.all([
    stores.organizations.get(organizationId),
    source.describeAge(),
    directory.findPerson(input.requesterRef),
    directory.findTeam(input.teamRef),
  ]);
  const named = input.changes.flatMap(change =>
    change.kind === 'accessGroup' && change.members.kind === 'people'
      ? change.members.people
      : [],
  );
  const people = new Map<string, CatalogPerson>();
  for (const person of [
    ...(team?.members ?? []),
    ...(await directory.findPeople([...new Set(named)])),
  ]) {
    people.set(person.entityRef, person);
  }
  const entraUserIds = [
    ...new Set(
      [...people.values()].flatMap(person => person.entraUserId ?? []),
    ),
  ];

  const [accounts, sets, entraUsers, inIdentityStore] = await Promise.all([
    source.findAccounts(
      unique(assignments.flatMap(change => change.accounts.accountIds)),
    ),
    source.findPermissionSets(
      unique(assignments.map(change => change.permissionSet.arn)),
    ),
    source.findEntraUsers(entraUserIds),
    source.listInIdentityStore(entraUserIds),
  ]);
  const accountFactsReader = new AccountFactsReader({
    inventory: stores.inventory,
    directory,
    organizations: { [organizationId]: config },
  });
  const [accountFacts, systemOwners] = await Promise.all([
    accountFactsReader.factsOf(organizationId, accounts),
    accountFactsReader.systemOwnersOf(
      organizationId,
      accounts.map(({ accountId }) => accountId),
    ),
  ]);
  const permissionSets = new Map(
    sets.map(set => [set.arn, { set, level: accessLevelOf(set.document) }]),
  );

  return {
    organizationId,
    config,
    pins: organization?.pins ?? null,
    requester,
    team,
    people,
    entraUsers: new Map(entraUsers.map(user => [user.userId, user])),
    inIdentityStore: new Set(inIdentityStore),
    accounts: new Map(
      accounts.map(account => [
        account.accountId,
        { account, facts: accountFacts.get(account.accountId)! },
      ]),
    ),
    systemOwners,
    permissionSets,
    groupNames: await chooseGroupNames(input, permissionSets, source, {
      config,
      stores,
    }),
    ...age,
  };
}

function unique<T>(values: T[]): T[] {
  return [...new Set(values)];
}
