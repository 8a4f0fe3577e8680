import {
  Change,
  Person,
  Plan,
  PermissionSetRef,
} from 'backstage-plugin-aws-access-common';
import { describePlan } from './words/describePlan';
import { adoptedEffects } from './objects/planAdoptions';
import { draftPlan } from './draftPlan';
import { effectsOf } from './effects/effectsOf';
import { findFindings } from './findings/findFindings';
import { movedMemberships } from './movedMemberships';
import { PlanContext, PlanDraft } from './PlanContext';
import {
  accountAssignmentDocumentSchema,
  accessGroupDocumentSchema,
  membershipDocumentSchema,
} from './objects/planDocuments';
import { PlanFacts, PlannedPermissionSet } from './facts/PlanFacts';
import { unique } from './unique';

const DRY_RUN =
  'Dry run: nothing is written. After approval the request says what would have been done.';

/**
 * Makes the plan of a request from facts: what is created, changed, removed and
 * relied on, who gains and loses what, and what is worth looking at. Pure.
 *
 * @param facts - facts in which `findProblems` found nothing; what is missing in
 *   them is left out of the plan
 */
export function planRequest(
  input: { teamRef: string; duration: string | null; changes: Change[] },
  facts: PlanFacts & { pins: NonNullable<PlanFacts['pins']> },
): Plan {
  const context = new PlanContext(input, facts);
  const draft = draftPlan(context);
  const effects = effectsOf(
    draft.edges,
    {
      before: digestsOf(facts.permissionSets),
      after: digestsOf(context.setsAfter),
    },
    context.seconds,
  );
  const adopts = adoptedEffects(context);
  const atoms = [...effects.gains, ...effects.losses, ...adopts];
  const moved = movedMemberships(draft, facts);
  const plan = {
    formatVersion: 1 as const,
    organization: facts.pins,
    duration: input.duration,
    people: peopleOf(draft, atoms, context),
    accounts: unique([
      ...assignmentsOf(draft).map(({ accountId }) => accountId),
      ...atoms.map(({ accountId }) => accountId),
      ...moved.map(({ accountId }) => accountId),
      ...accountsOfChangedSets(draft, facts),
    ]).map(accountId => context.account(accountId)),
    permissionSets: unique([
      ...assignmentsOf(draft).map(assignment => assignment.permissionSetArn),
      ...draft.objects
        .filter(object => object.kind === 'permissionSet')
        .map(object => context.arnOfObject(object)),
      ...atoms.map(atom => atom.permissionSetArn),
      ...moved.map(({ permissionSetArn }) => permissionSetArn),
    ]).flatMap(arn => permissionSetRef(context.setsAfter.get(arn))),
    objects: draft.objects,
    ...effects,
    ...(adopts.length > 0 && { adopts }),
  };
  // Findings are about permission sets as the plan leaves them.
  const findings = findFindings(plan, {
    ...facts,
    permissionSets: context.setsAfter,
  });
  return {
    ...plan,
    findings,
    sentences: [
      ...(facts.config.writes === 'dry-run' ? [DRY_RUN] : []),
      ...describePlan({ ...plan, findings }),
    ],
  };
}

/** Everybody who gains or loses, or is put somewhere or taken out. */
function peopleOf(
  { objects }: PlanDraft,
  atoms: Plan['gains'],
  context: PlanContext,
): Person[] {
  const named = objects.flatMap(({ kind, action, before, after }) => {
    if (kind === 'membership') {
      return membershipDocumentSchema.parse(after ?? before).entraUserId;
    }
    if (kind === 'accessGroup' && action === 'create') {
      return accessGroupDocumentSchema.parse(after).memberIds;
    }
    if (kind === 'accountAssignment') {
      const { principal } = accountAssignmentDocumentSchema.parse(
        after ?? before,
      );
      return principal.kind === 'person' ? principal.entraUserId : [];
    }
    return [];
  });
  return unique([...named, ...atoms.map(atom => atom.entraUserId)])
    .map(entraUserId => context.person(entraUserId))
    .sort(
      (one, other) =>
        one.displayName.localeCompare(other.displayName, 'en') ||
        one.entraUserId.localeCompare(other.entraUserId, 'en'),
    );
}

function assignmentsOf({ objects }: PlanDraft) {
  return objects
    .filter(object => object.kind === 'accountAssignment')
    .map(({ before, after }) =>
      accountAssignmentDocumentSchema.parse(after ?? before),
    );
}

/** Also where nobody is known who has it. */
function accountsOfChangedSets(
  { objects }: PlanDraft,
  { holders }: PlanFacts,
): string[] {
  return objects
    .filter(
      ({ kind, action }) =>
        kind === 'permissionSet' && (action === 'change' || action === 'adopt'),
    )
    .flatMap(({ id }) => holders.get(id!) ?? [])
    .map(({ accountId }) => accountId);
}

function permissionSetRef(
  planned: PlannedPermissionSet | undefined,
): PermissionSetRef[] {
  if (!planned) return [];
  const { set, level } = planned;
  return [
    {
      arn: set.arn,
      name: set.name,
      accessLevel: level.level,
      documentDigest: set.documentDigest,
    },
  ];
}

function digestsOf(sets: Map<string, PlannedPermissionSet>) {
  return new Map([...sets].map(([arn, { set }]) => [arn, set.documentDigest]));
}
