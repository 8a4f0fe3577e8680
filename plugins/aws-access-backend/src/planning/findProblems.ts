import { Change, Problem } from 'backstage-plugin-aws-access-common';
import { findAccessProblems } from './findAccessProblems';
import { findPeopleProblems } from './findPeopleProblems';
import { PlanFacts } from './PlanFacts';
import { planGroups } from './planGroups';
import { isProtectedGroupName } from './protectedReason';

/** Most effects that one request may have (security rule 33). */
export const MOST_ATOMS = 5000;

/**
 * Everything that keeps a request from being filed, each with the field and the
 * fix. Pure.
 */
export function findProblems(
  input: { teamRef: string; requesterRef: string; changes: Change[] },
  facts: PlanFacts,
): Problem[] {
  const groups = planGroups(input.changes, facts);
  return [
    ...findOrganizationProblems(facts),
    ...findPeopleProblems(input, groups, facts),
    ...groups.flatMap(({ change, index, assignments }): Problem[] => {
      const name = facts.groupNames.get(change.key);
      const problems: Problem[] = [];
      if (assignments.length === 0) {
        problems.push({
          path: `changes.${index}`,
          message: `No assignment uses the access group '${change.key}', so it would give nothing.`,
          fix: 'Add an assignment that names it, or remove it.',
        });
      }
      if (name && isProtectedGroupName(name.displayName, facts.config)) {
        problems.push({
          path: `changes.${index}.name`,
          message: `The name ${name.displayName} is protected by the configuration.`,
          fix: 'Choose another name, or leave it out to get one proposed.',
        });
      } else if (name?.isTaken) {
        problems.push({
          path: `changes.${index}.name`,
          message: `There is a group named like ${name.displayName} already, and SCIM would merge the two.`,
          fix: 'Choose another name, or leave it out to get one proposed.',
        });
      }
      return problems;
    }),
    ...findAccessProblems(input.changes, facts),
    ...findSizeProblems(groups),
  ];
}

function findOrganizationProblems(facts: PlanFacts): Problem[] {
  if (facts.unusableBecause || !facts.pins) {
    return [
      {
        path: 'organizationId',
        message:
          facts.unusableBecause ??
          `The organization ${facts.organizationId} has not been reached yet.`,
        fix: 'Wait for the inventory to be read or refresh it; if that fails, the inventory says why.',
      },
    ];
  }
  return [];
}

function findSizeProblems(groups: ReturnType<typeof planGroups>): Problem[] {
  const atoms = groups
    .flatMap(group =>
      group.assignments.map(
        ({ change }) =>
          group.memberRefs.length * change.accounts.accountIds.length,
      ),
    )
    .reduce((sum, count) => sum + count, 0);
  return atoms <= MOST_ATOMS
    ? []
    : [
        {
          path: 'changes',
          message: `The request gives access ${atoms} times; at most ${MOST_ATOMS} can be looked at together.`,
          fix: 'Split it into smaller requests.',
        },
      ];
}
