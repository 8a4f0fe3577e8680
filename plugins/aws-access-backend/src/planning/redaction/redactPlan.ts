import { Atom, Plan, PlanObject } from 'backstage-plugin-aws-access-common';
import { countLabel } from '../../wording/labels';
import { describePlan } from '../words/describePlan';
import {
  accessGroupDocumentSchema,
  accountAssignmentDocumentSchema,
  membershipDocumentSchema,
} from '../objects/planDocuments';

/** Entra object ids of everybody whom the plan tells something about. */
export function peopleIn(plan: Plan): string[] {
  return [
    ...plan.people.map(({ entraUserId }) => entraUserId),
    ...plan.objects.flatMap(object =>
      object.kind === 'accessGroup' ? membersOf(object) : [],
    ),
  ];
}

/**
 * The plan without what it says of people and accounts that the reader may not
 * read about (security rule 29), and with how much that is. Pure.
 *
 * @param known.people - Entra object ids
 * @param known.accounts - in these everybody's access may be read
 * @param known.groups - Entra object ids of groups whose members may be read
 */
export function redactPlan(
  plan: Plan,
  known: {
    people: ReadonlySet<string>;
    accounts: ReadonlySet<string>;
    groups: ReadonlySet<string>;
  },
): Plan {
  const members = plan.objects.flatMap(object =>
    object.kind === 'accessGroup' && object.id && known.groups.has(object.id)
      ? membersOf(object)
      : [],
  );
  const people = new Set([...known.people, ...members]);
  const isShown = (atom: Atom) =>
    people.has(atom.entraUserId) || known.accounts.has(atom.accountId);
  const gains = plan.gains.filter(isShown);
  const losses = plan.losses.filter(isShown);
  const adopts = plan.adopts?.filter(isShown);
  const atoms = [...gains, ...losses, ...(adopts ?? [])];
  const all = [...plan.gains, ...plan.losses, ...(plan.adopts ?? [])];

  const shownPeople = new Set([
    ...people,
    ...atoms.map(({ entraUserId }) => entraUserId),
  ]);
  const objects = plan.objects.flatMap(object =>
    redactObject(object, shownPeople, known.accounts),
  );
  // An account that only hidden effects touch is hidden with them.
  const shownAccounts = new Set([
    ...atoms.map(({ accountId }) => accountId),
    ...plan.accounts
      .map(({ id }) => id)
      .filter(id => !all.some(({ accountId }) => accountId === id)),
  ]);
  const hidden = {
    people: plan.people.filter(one => !shownPeople.has(one.entraUserId)),
    accounts: plan.accounts.filter(({ id }) => !shownAccounts.has(id)),
  };
  const shown = {
    ...plan,
    people: plan.people.filter(one => shownPeople.has(one.entraUserId)),
    accounts: plan.accounts.filter(({ id }) => shownAccounts.has(id)),
    objects,
    gains,
    losses,
    ...(adopts && { adopts }),
    // What does not say whom it names is kept back.
    findings: plan.findings.filter(
      ({ about }) =>
        about &&
        about.people.every(id => shownPeople.has(id)) &&
        about.accounts.every(id => shownAccounts.has(id)),
    ),
  };
  return {
    ...shown,
    hidden: {
      people: hidden.people.length,
      accounts: hidden.accounts.length,
    },
    sentences: [
      ...describePlan(shown, { isPartial: true }),
      `It also concerns ${countLabel(
        hidden.people.length,
        'person',
        'people',
      )} and ${countLabel(
        hidden.accounts.length,
        'account',
        'accounts',
      )} that you may not read about. Whoever decides sees them.`,
    ],
  };
}

function redactObject(
  object: PlanObject,
  people: ReadonlySet<string>,
  accounts: ReadonlySet<string>,
): PlanObject[] {
  const document = object.after ?? object.before;
  switch (object.kind) {
    case 'accessGroup':
      return [
        {
          ...object,
          before: withMembers(object.before, people),
          after: withMembers(object.after, people),
        },
      ];
    case 'membership':
      return people.has(membershipDocumentSchema.parse(document).entraUserId)
        ? [object]
        : [];
    case 'accountAssignment': {
      const { principal, accountId } =
        accountAssignmentDocumentSchema.parse(document);
      return principal.kind === 'accessGroup' ||
        people.has(principal.entraUserId) ||
        accounts.has(accountId)
        ? [object]
        : [];
    }
    default:
      return [object];
  }
}

function withMembers(document: unknown, people: ReadonlySet<string>): unknown {
  const { data } = accessGroupDocumentSchema.safeParse(document);
  return data
    ? { ...data, memberIds: data.memberIds.filter(id => people.has(id)) }
    : document;
}

function membersOf({ before, after }: PlanObject): string[] {
  const { data } = accessGroupDocumentSchema.safeParse(after ?? before);
  return data?.memberIds ?? [];
}
