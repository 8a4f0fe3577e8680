import { type OrganizationSize, SMALLEST_SIZE } from './OrganizationSize';

/** Groups of one team, its ordinary group among them. */
const GROUPS_PER_TEAM = 10;

const words = [
  'Atlas',
  'Beacon',
  'Cargo',
  'Delta',
  'Ember',
  'Fjord',
  'Granite',
  'Harbour',
  'Island',
  'Juniper',
  'Kestrel',
  'Lantern',
  'Meadow',
  'Nimbus',
  'Orchard',
  'Pioneer',
  'Quarry',
  'River',
  'Summit',
  'Timber',
];

/**
 * How the generated accounts, groups and people fall to teams: each kind is dealt out in runs, so that the run is all
 * there is to remember.
 */
export class GeneratedTeams {
  /** What is generated beside the example company. */
  readonly added: Omit<OrganizationSize, 'seed'>;
  /** How many teams there are: one at least. */
  readonly count: number;

  constructor(size: OrganizationSize) {
    const added = (key: keyof OrganizationSize) =>
      size[key] - SMALLEST_SIZE[key];
    this.added = {
      accounts: added('accounts'),
      permissionSets: added('permissionSets'),
      groups: added('groups'),
      people: added('people'),
      assignments: added('assignments'),
    };
    this.count = Math.max(
      1,
      Math.min(
        Math.floor(this.added.groups / GROUPS_PER_TEAM),
        this.added.people,
      ),
    );
  }

  /** The first of a team's own; the next team's first is where they end. */
  firstOf(kind: 'accounts' | 'groups' | 'people', team: number): number {
    return Math.ceil((team * this.added[kind]) / this.count);
  }

  /** The team that something falls to. */
  teamOf(kind: 'accounts' | 'groups' | 'people', index: number): number {
    return Math.floor((index * this.count) / this.added[kind]);
  }

  /** Whether a group carries access to AWS: all but each team's last in ten. */
  isAccessGroup(index: number): boolean {
    return index % GROUPS_PER_TEAM !== GROUPS_PER_TEAM - 1;
  }

  /** As in a group's name: no spaces, no two alike. */
  nameOf(team: number): string {
    return `${words[team % words.length]}${String(
      Math.floor(team / words.length) + 1,
    ).padStart(3, '0')}`;
  }
}
