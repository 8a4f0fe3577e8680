import { Stores } from '../../database/Stores';
import { FactsSource } from '../../facts/FactsSource';
import {
  CatalogPerson,
  PersonDirectory,
  Team,
} from '../../people/PersonDirectory';
import { PlanFacts } from './PlanFacts';
import { PlanInput } from '../RequestPlanner';
import { NamedObjects } from './whatIsNamed';

/**
 * People whom a request names, and people behind the groups and permission sets
 * that it touches. Those named are looked at in the clouds; of the others, who
 * can be many, only the names matter, so the stored inventory will do.
 */
export async function collectPeople(
  { organizationId }: Pick<PlanInput, 'organizationId'>,
  of: {
    named: NamedObjects;
    namedPeople: CatalogPerson[];
    team: Team | undefined;
    groups: PlanFacts['groups'];
    holders: PlanFacts['holders'];
  },
  source: FactsSource,
  { stores, directory }: { stores: Stores; directory: PersonDirectory },
): Promise<Pick<PlanFacts, 'people' | 'entraUsers' | 'inIdentityStore'>> {
  const teamMembers = of.team?.members ?? [];
  const { namedPeople } = of;
  const namedIds = idsOf([
    ...namedPeople,
    ...(of.named.namesTeam ? teamMembers : []),
  ]);
  const behindIds = [
    ...[...of.groups.values()].flatMap(group => group.memberIds),
    ...[...of.holders.values()].flat().flatMap(holder => holder.entraUserIds),
  ].filter(id => !namedIds.has(id));
  const others = [...new Set(behindIds)];

  const [entraUsers, inStore, otherUsers, othersInStore, otherPeople] =
    await Promise.all([
      source.findEntraUsers([...namedIds]),
      source.listInIdentityStore([...namedIds]),
      stores.inventory.getEntraUsers(organizationId, others),
      stores.inventory.getStoreUsersByExternalId(organizationId, others),
      others.length > 0
        ? directory.findByEntraIds(others)
        : new Map<string, CatalogPerson>(),
    ]);
  return {
    people: new Map(
      [...teamMembers, ...otherPeople.values(), ...namedPeople].map(person => [
        person.entityRef,
        person,
      ]),
    ),
    entraUsers: new Map(
      [...otherUsers, ...entraUsers].map(user => [user.userId, user]),
    ),
    inIdentityStore: new Set([
      ...inStore,
      ...othersInStore.flatMap(user => user.externalId ?? []),
    ]),
  };
}

function idsOf(people: CatalogPerson[]): Set<string> {
  return new Set(people.flatMap(person => person.entraUserId ?? []));
}
