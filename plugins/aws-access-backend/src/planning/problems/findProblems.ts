import { Change, Problem } from 'backstage-plugin-aws-access-common';
import { countDirectPaths } from '../effects/countDirectPaths';
import { draftPlan } from '../draftPlan';
import { findContradictions } from './findContradictions';
import { findAccessProblems } from './findAccessProblems';
import { findAdoptionProblems } from './findAdoptionProblems';
import { findGroupProblems } from './findGroupProblems';
import { findPeopleProblems } from './findPeopleProblems';
import { findPermissionSetProblems } from './findPermissionSetProblems';
import { findRemovedSetProblems } from './findRemovedSetProblems';
import { findScopeProblems } from './findScopeProblems';
import { findSpanKindProblems } from './findSpanKindProblems';
import { countAdopted } from '../objects/planAdoptions';
import { PlanContext, PlanDraft } from '../PlanContext';
import { PlanFacts } from '../facts/PlanFacts';

/** Most effects that one request may have (security rule 33). */
const MOST_ATOMS = 5000;

/**
 * Everything that keeps a request from being filed, each with the field and the
 * fix. Pure.
 */
export function findProblems(
  input: {
    teamRef: string;
    requesterRef: string;
    duration: string | null;
    changes: Change[];
  },
  facts: PlanFacts,
): Problem[] {
  const organization = findOrganizationProblems(facts);
  const people = findPeopleProblems(input, facts);
  // Without facts everything would look unknown.
  if (facts.unusableBecause) return [...organization, ...people];

  const direct = countDirectPaths(input.changes);
  if (direct > MOST_ATOMS) return [...organization, ...tooMany(direct)];
  const context = new PlanContext(input, facts);
  const draft = draftPlan(context);
  const problems = [
    ...organization,
    ...people,
    ...findSpanKindProblems(input, facts),
    ...findGroupProblems(context, input.changes),
    ...findAccessProblems(input.changes, facts),
    ...findScopeProblems(input.changes, facts),
    ...findPermissionSetProblems(context),
    ...findRemovedSetProblems(context, draft),
    ...findContradictions(context),
    ...findAdoptionProblems(context),
    ...findSizeProblems(context, draft),
  ];
  return problems.length > 0 ? problems : findNothing(draft);
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

function findSizeProblems(
  context: PlanContext,
  { edges }: PlanDraft,
): Problem[] {
  const { facts, setsAfter } = context;
  const atoms =
    countAdopted(context) +
    edges.countTouched(
      arn => facts.permissionSets.get(arn) !== setsAfter.get(arn),
    );
  return atoms <= MOST_ATOMS ? [] : tooMany(atoms);
}

function tooMany(times: number): Problem[] {
  return [
    {
      path: 'changes',
      message: `The request gives, takes or adopts access ${times} times; at most ${MOST_ATOMS} can be looked at together.`,
      fix: 'Split it into smaller requests.',
    },
  ];
}

function findNothing({ objects }: PlanDraft): Problem[] {
  return objects.some(({ action }) => action !== 'untouched')
    ? []
    : [
        {
          path: 'changes',
          message: 'Everything is so already, so there is nothing to do.',
          fix: 'Leave it, or ask for something else.',
        },
      ];
}
