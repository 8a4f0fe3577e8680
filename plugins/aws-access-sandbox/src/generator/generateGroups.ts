import { exampleCompany, exampleFoundedAt } from '../seed';
import type { SandboxStore } from '../store/SandboxStore';
import type { GeneratedPermissionSet } from './generatePermissionSets';
import type { GeneratedPerson } from './generatePeople';
import type { GeneratedTeams } from './GeneratedTeams';
import { SeededRandom } from './SeededRandom';

/** A group of the tenant; people are told by their index. */
export interface GeneratedGroup {
  readonly entraId: string;
  /** In the identity store, should the group be carried there. */
  readonly groupId: string;
  readonly displayName: string;
  readonly members: number[];
  /** What the group carries; absent for groups that have nothing to do with AWS. */
  readonly permissionSet?: GeneratedPermissionSet;
}

/** A person is in one in so many access groups of the own team. */
const SHARE_OF_GROUPS = 3;

/** One person in so many is also in a group of another team: they moved, or they help out. */
const GUEST_EVERY = 20;

/** The example company's permission sets and the first generated ones are used everywhere. */
const SHARED_SETS = 20;

/** So many neighbouring permission sets serve one part of the company. */
const SETS_OF_A_PART = 20;

/** The example company's group of all staff, in which everybody else is, too. */
const everyone = exampleCompany.groups.find(
  ({ displayName }) => displayName === 'Parcel-Everyone',
)!;

/** Of three groups, one carries a set that everybody uses, and two carry sets that were made for their part of the company. */
function pickSet(
  sets: GeneratedPermissionSet[],
  place: number,
  random: SeededRandom,
): GeneratedPermissionSet {
  if (random.below(3) === 0) {
    return sets[random.below(Math.min(SHARED_SETS, sets.length))];
  }
  const first = Math.floor(place * sets.length);
  return sets[(first + random.below(SETS_OF_A_PART)) % sets.length];
}

/** Names each team's groups: `AWS-<team>-<permission set>` for access, `Parcel-<team>` for the rest. */
function planGroups(
  teams: GeneratedTeams,
  sets: GeneratedPermissionSet[],
  random: SeededRandom,
): GeneratedGroup[] {
  const taken = new Set<string>();
  const unique = (name: string) => {
    let candidate = name;
    for (let number = 2; taken.has(candidate); number += 1) {
      candidate = `${name}-${number}`;
    }
    taken.add(candidate);
    return candidate;
  };
  return Array.from({ length: teams.added.groups }, (_, index) => {
    const team = teams.nameOf(teams.teamOf('groups', index));
    const ids = { entraId: random.uuid(), groupId: random.uuid(), members: [] };
    if (!teams.isAccessGroup(index)) {
      return { ...ids, displayName: unique(`Parcel-${team}`) };
    }
    const permissionSet = pickSet(sets, index / teams.added.groups, random);
    return {
      ...ids,
      displayName: unique(`AWS-${team}-${permissionSet.name}`),
      permissionSet,
    };
  });
}

/** Puts everybody into the own team's ordinary groups and into one access group at least. */
function fillGroups(
  groups: GeneratedGroup[],
  teams: GeneratedTeams,
  random: SeededRandom,
): void {
  for (let person = 0; person < teams.added.people; person += 1) {
    const team = teams.teamOf('people', person);
    const first = teams.firstOf('groups', team);
    const count = teams.firstOf('groups', team + 1) - first;
    const own = first + random.below(count);
    for (let index = first; index < first + count; index += 1) {
      const belongs =
        !groups[index].permissionSet ||
        index === (teams.isAccessGroup(own) ? own : first) ||
        random.below(SHARE_OF_GROUPS) === 0;
      if (belongs) {
        groups[index].members.push(person);
      }
    }
    if (person % GUEST_EVERY === GUEST_EVERY - 1 && teams.count > 1) {
      const host = (team + 1 + random.below(teams.count - 1)) % teams.count;
      groups[teams.firstOf('groups', host)].members.push(person);
    }
  }
}

/** Writes the groups of the Entra tenant with their owners, each team's lead, and their members. */
export function generateGroups(
  store: SandboxStore,
  teams: GeneratedTeams,
  people: GeneratedPerson[],
  sets: GeneratedPermissionSet[],
  seed: number,
): GeneratedGroup[] {
  const random = new SeededRandom(`${seed}/groups`);
  const groups = planGroups(teams, sets, random);
  if (groups.length > 0) {
    fillGroups(groups, teams, random);
  }
  store.insertMany(
    'entra_groups',
    [
      'id',
      'display_name',
      'description',
      'mail_nickname',
      'created_at',
      'updated_at',
    ],
    groups.map(({ entraId, displayName, permissionSet }, index) => {
      const team = teams.nameOf(teams.teamOf('groups', index));
      return [
        entraId,
        displayName,
        permissionSet
          ? `${permissionSet.name} in AWS for the team ${team}`
          : `The team ${team}`,
        displayName.toLowerCase(),
        exampleFoundedAt,
        exampleFoundedAt,
      ];
    }),
  );
  if (people.length > 0) {
    store.insertMany(
      'entra_group_owners',
      ['group_id', 'owner_id', 'owner_type', 'created_at'],
      groups.map(({ entraId }, index) => {
        const team = teams.teamOf('groups', index);
        return [
          entraId,
          people[teams.firstOf('people', team)].entraId,
          'user',
          exampleFoundedAt,
        ];
      }),
    );
  }
  store.insertMany(
    'entra_group_members',
    ['group_id', 'member_id', 'member_type', 'created_at'],
    memberRows(groups, people),
  );
  return groups;
}

function* memberRows(groups: GeneratedGroup[], people: GeneratedPerson[]) {
  const all = {
    entraId: everyone.entraId,
    members: people.map((_, index) => index),
  };
  for (const { entraId, members } of [...groups, all]) {
    for (const member of members) {
      yield [entraId, people[member].entraId, 'user', exampleFoundedAt];
    }
  }
}
