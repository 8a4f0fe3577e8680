import { exampleCompany } from '../seed';

/**
 * How much a generated organization holds, the example company in it included.
 * @public
 */
export interface OrganizationSize {
  readonly accounts: number;
  readonly permissionSets: number;
  /** Groups of the Entra tenant; nine in ten carry access to AWS. */
  readonly groups: number;
  /** People of the Entra tenant. */
  readonly people: number;
  /** Account assignments. */
  readonly assignments: number;
  /** Another number, other ids and another distribution. */
  readonly seed: number;
}

/** The smallest: the example company alone. */
export const SMALLEST_SIZE = {
  accounts: exampleCompany.accounts.length,
  permissionSets: exampleCompany.permissionSets.length,
  groups: exampleCompany.groups.length,
  people: exampleCompany.people.length,
  assignments: exampleCompany.assignments.length,
  seed: 0,
} satisfies OrganizationSize;

/** The largest that is promised to load; 3,500 permission sets is also AWS's quota of an instance. */
export const LARGEST_SIZE = {
  accounts: 10_000,
  permissionSets: 3_500,
  groups: 20_000,
  people: 50_000,
  assignments: 1_000_000,
  seed: 2 ** 32 - 1,
} satisfies OrganizationSize;

/**
 * Sizes that have a name: `--seed large` and `startSandbox({ seed: 'large' })`.
 * @public
 */
export const namedSizes = {
  small: {
    accounts: 50,
    permissionSets: 20,
    groups: 100,
    people: 300,
    assignments: 500,
    seed: 1,
  },
  medium: {
    accounts: 500,
    permissionSets: 100,
    groups: 600,
    people: 3_000,
    assignments: 5_000,
    seed: 1,
  },
  large: {
    accounts: 2_000,
    permissionSets: 300,
    groups: 2_000,
    people: 10_000,
    assignments: 30_000,
    seed: 1,
  },
  huge: { ...LARGEST_SIZE, seed: 1 },
} satisfies Record<string, OrganizationSize>;

/** How many of the generated groups carry access to AWS; the others are what every tenant has besides. */
export function accessGroupsAmong(groups: number): number {
  return groups - Math.floor(groups / 10);
}

/**
 * Refuses a size that cannot be made.
 * @throws RangeError that names the number and its range
 */
export function checkSize(size: OrganizationSize): void {
  for (const [name, smallest] of Object.entries(SMALLEST_SIZE)) {
    const key = name as keyof OrganizationSize;
    const value = size[key];
    if (
      !Number.isInteger(value) ||
      value < smallest ||
      value > LARGEST_SIZE[key]
    ) {
      throw new RangeError(
        `${name} must be a whole number from ${smallest} to ${LARGEST_SIZE[key]}, not ${value}`,
      );
    }
  }
  const added = (key: keyof OrganizationSize) => size[key] - SMALLEST_SIZE[key];
  // The example company's own access stays as it is told in the stories about it: the rest is for the accounts and
  // groups beside it, and a group carries one permission set.
  const room = added('accounts') * accessGroupsAmong(added('groups'));
  if (added('assignments') > room) {
    throw new RangeError(
      `assignments must be at most ${SMALLEST_SIZE.assignments + room} for ${
        size.accounts
      } accounts and ${size.groups} groups, not ${size.assignments}`,
    );
  }
}
