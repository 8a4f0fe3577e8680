import { Problem } from 'backstage-plugin-aws-access-common';
import { CatalogPerson } from '../people/PersonDirectory';
import { PlanFacts } from './PlanFacts';
import { PlannedGroup } from './planGroups';

/** What is wrong with the team, the requester, or the people who gain. Pure. */
export function findPeopleProblems(
  input: { teamRef: string; requesterRef: string },
  groups: PlannedGroup[],
  facts: PlanFacts,
): Problem[] {
  const { team, requester } = facts;
  if (!team) {
    return [
      {
        path: 'team',
        message: `The catalog has no group ${input.teamRef}.`,
        fix: 'Choose a team that is in the catalog.',
      },
    ];
  }
  const problems: Problem[] = [];
  const isInTeam =
    requester?.teams.includes(team.entityRef) ||
    team.leads.includes(input.requesterRef);
  if (!isInTeam) {
    problems.push({
      path: 'team',
      message: `You are not in the team ${team.displayName} (${team.entityRef}).`,
      fix: 'Choose a team that you are a member of.',
    });
  }
  if (isInTeam && !requester?.entraUserId) {
    // Nobody could tell under which other identities they must not decide.
    problems.push({
      path: 'team',
      message: `You (${input.requesterRef}) are not mapped to one person in Entra ID, so you cannot ask for access.`,
      fix: 'Ask the portal administrator to give exactly your catalog user the annotation graph.microsoft.com/user-id.',
    });
  }

  const teamMembers = new Set(team.members.map(member => member.entityRef));
  for (const { change, index, memberRefs } of groups) {
    const path = `changes.${index}.members`;
    if (change.members.kind === 'team') {
      if (change.members.team !== team.entityRef) {
        problems.push({
          path: `${path}.team`,
          message: `The members are another team's (${change.members.team}).`,
          fix: `Use the team of the request, ${team.entityRef}.`,
        });
      } else if (memberRefs.length === 0) {
        problems.push({
          path,
          message: `The team ${team.displayName} has no members in the catalog.`,
          fix: 'Name people instead, or wait until the catalog has them.',
        });
      }
    }
    memberRefs.forEach((ref, position) => {
      const person = facts.people.get(ref);
      const problem =
        whyUnusable(ref, person, facts) ??
        whyNotInTeam(ref, person, teamMembers, input.requesterRef, facts);
      if (problem) {
        problems.push({
          path:
            change.members.kind === 'team'
              ? path
              : `${path}.people.${position}`,
          ...problem,
        });
      }
    });
  }
  return problems;
}

function whyUnusable(
  ref: string,
  person: CatalogPerson | undefined,
  facts: PlanFacts,
): Omit<Problem, 'path'> | undefined {
  if (!person) {
    return {
      message: `The catalog has no user ${ref}.`,
      fix: 'Choose somebody who is in the catalog.',
    };
  }
  const who = `${person.displayName} (${ref})`;
  if (!person.entraUserId) {
    return {
      message: `${who} is not mapped to one person in Entra ID.`,
      fix: 'Ask the portal administrator to give exactly this catalog user the annotation graph.microsoft.com/user-id.',
    };
  }
  // Without facts from Entra nothing can be said about who is in it.
  if (facts.unusableBecause) return undefined;
  const entraUser = facts.entraUsers.get(person.entraUserId);
  if (!entraUser) {
    return {
      message: `Entra ID has no user ${person.entraUserId}, to whom the catalog maps ${who}.`,
      fix: 'Ask the portal administrator to mend the mapping.',
    };
  }
  return entraUser.accountEnabled
    ? undefined
    : {
        message: `The account of ${who} is disabled in Entra ID.`,
        fix: 'Leave this person out, or have the account enabled first.',
      };
}

function whyNotInTeam(
  ref: string,
  person: CatalogPerson | undefined,
  teamMembers: ReadonlySet<string>,
  requesterRef: string,
  facts: PlanFacts,
): Omit<Problem, 'path'> | undefined {
  if (ref === requesterRef || teamMembers.has(ref)) return undefined;
  return {
    message: `${person?.displayName ?? ref} (${ref}) is not in the team ${
      facts.team?.displayName
    }.`,
    fix: 'Choose members of the team.',
  };
}
