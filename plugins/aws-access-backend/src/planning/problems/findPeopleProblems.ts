import { Change, Problem } from 'backstage-plugin-aws-access-common';
import { CatalogPerson } from '../../people/PersonDirectory';
import { PlanFacts } from '../facts/PlanFacts';
import { memberRefsOf } from '../objects/planGroups';
import { unique } from '../unique';

/** What is wrong with the team, the requester, or the people a request names. Pure. */
export function findPeopleProblems(
  input: { teamRef: string; requesterRef: string; changes: Change[] },
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
  const whyNotMember = (ref: string) => {
    const person = facts.people.get(ref);
    return (
      whyPersonUnusable(ref, person, facts) ??
      whyNotInTeam(ref, person, teamMembers, input.requesterRef, facts)
    );
  };
  input.changes.forEach((change, index) => {
    if (change.kind === 'accessGroup' && change.members.kind === 'team') {
      const path = `changes.${index}.members`;
      const memberRefs = memberRefsOf(change, { facts });
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
      for (const ref of memberRefs) {
        const problem = whyNotMember(ref);
        if (problem) problems.push({ path, ...problem });
      }
      return;
    }
    const { path, people } = namedPeople(change, index);
    // Whoever left the team, or is disabled, can still lose access.
    const why = change.kind.startsWith('remove')
      ? (ref: string) => whyUnmapped(ref, facts.people.get(ref))
      : whyNotMember;
    people.forEach((ref, position) => {
      const problem = why(ref);
      if (problem) problems.push({ path: `${path}.${position}`, ...problem });
    });
  });
  return problems;
}

/** The people whom a change names, once each, and where it names them. */
function namedPeople(change: Change, index: number) {
  if ('people' in change) {
    return { path: `changes.${index}.people`, people: unique(change.people) };
  }
  return {
    path: `changes.${index}.members.people`,
    people:
      change.kind === 'accessGroup' && change.members.kind === 'people'
        ? unique(change.members.people)
        : [],
  };
}

function whyUnmapped(
  ref: string,
  person: CatalogPerson | undefined,
): Omit<Problem, 'path'> | undefined {
  if (!person) {
    return {
      message: `The catalog has no user ${ref}.`,
      fix: 'Choose somebody who is in the catalog.',
    };
  }
  return person.entraUserId
    ? undefined
    : {
        message: `${person.displayName} (${ref}) is not mapped to one person in Entra ID.`,
        fix: 'Ask the portal administrator to give exactly this catalog user the annotation graph.microsoft.com/user-id.',
      };
}

function whyPersonUnusable(
  ref: string,
  person: CatalogPerson | undefined,
  facts: PlanFacts,
): Omit<Problem, 'path'> | undefined {
  if (!person?.entraUserId) return whyUnmapped(ref, person);
  const who = `${person.displayName} (${ref})`;
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
