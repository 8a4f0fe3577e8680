import {
  Atom,
  Plan,
  PlanObject,
  Severity,
} from 'backstage-plugin-aws-access-common';
import canonicalize from 'canonicalize';
import { Duration } from 'luxon';
import { accountLabel } from '../../wording/labels';
import { isWithin } from './isWithin';

/** Whether an approval of one plan covers another, and if not, why. */
export type Coverage =
  | { covered: true }
  | { covered: false; because: string[] };

const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high'];

/**
 * The one order on plans (security rule 2): an approval of `big` also covers
 * `small` when nothing in `small` goes beyond it. Gains are a subset that ends
 * no later, losses are the same, what is adopted is a subset, what is done with
 * objects is within what was planned with them, no finding is new or higher, and
 * what follows is the same template or none. Pure, reflexive and transitive.
 */
export function covers(big: Plan, small: Plan): Coverage {
  const because = [
    ...compareOrganizations(big, small),
    ...compareEnds(big, small),
    ...compareLosses(big, small),
    ...compareAdoptions(big, small),
    ...compareObjects(big, small),
    ...compareFindings(big, small),
    ...compareFollowUps(big, small),
  ];
  return because.length === 0 ? { covered: true } : { covered: false, because };
}

function compareOrganizations(big: Plan, small: Plan): string[] {
  if (big.formatVersion !== small.formatVersion) {
    return ['The plan is of another format.'];
  }
  return isSame(big.organization, small.organization)
    ? []
    : ['The organization is not the one that it was.'];
}

function compareEnds(big: Plan, small: Plan): string[] {
  const because = compareGains(big, small);
  // Where nobody gains at the moment, the objects still have an end.
  return because.length === 0 && secondsOf(small) > secondsOf(big)
    ? ['It would last longer.']
    : because;
}

function compareGains(big: Plan, small: Plan): string[] {
  const allowed = new Map<string, Atom>();
  for (const atom of big.gains) {
    const before = allowed.get(keyOf(atom));
    if (!before || endsNoLater(before, atom)) allowed.set(keyOf(atom), atom);
  }
  return small.gains.flatMap(atom => {
    const before = allowed.get(keyOf(atom));
    if (before && endsNoLater(atom, before)) return [];
    return [
      before
        ? `${nameOf(atom, small)} would last longer.`
        : `${nameOf(
            atom,
            small,
          )} was not in the plan, or its permission set has changed.`,
    ];
  });
}

function compareLosses(big: Plan, small: Plan): string[] {
  const asText = (plan: Plan) => plan.losses.map(text).sort();
  return isSame(asText(big), asText(small))
    ? []
    : ['Other people would lose access than the plan said.'];
}

/** What is adopted was shown as such: nothing else that was approved will do. */
function compareAdoptions(big: Plan, small: Plan): string[] {
  const shown = new Set((big.adopts ?? []).map(text));
  return (small.adopts ?? [])
    .filter(atom => !shown.has(text(atom)))
    .map(
      atom =>
        `${nameOf(
          atom,
          small,
        )} would come under management as well, or its permission set has changed.`,
    );
}

function compareObjects(big: Plan, small: Plan): string[] {
  const before = new Map(big.objects.map(object => [object.key, object]));
  return small.objects.flatMap((object: PlanObject) => {
    const planned = before.get(object.key);
    return planned && isWithin(object, planned)
      ? []
      : [`${object.summary} This was not planned so.`];
  });
}

function compareFindings(big: Plan, small: Plan): string[] {
  const known = new Map<string, number>();
  for (const { id, severity } of big.findings) {
    known.set(id, Math.max(known.get(id) ?? -1, SEVERITIES.indexOf(severity)));
  }
  return small.findings
    .filter(
      ({ id, severity }) =>
        SEVERITIES.indexOf(severity) > (known.get(id) ?? -1),
    )
    .map(({ title, reason }) => `${title}: ${reason}`);
}

/** Going on without it does less than was agreed to; another one does not. */
function compareFollowUps(big: Plan, small: Plan): string[] {
  return !small.followUp || isSame(big.followUp, small.followUp)
    ? []
    : [
        'The template that follows, or its content, is not the one that it was.',
      ];
}

/** What an effect is, but for its end. */
function keyOf(atom: Atom): string {
  return text({ ...atom, seconds: null });
}

function endsNoLater(one: Atom, other: Atom): boolean {
  return (one.seconds ?? Infinity) <= (other.seconds ?? Infinity);
}

function secondsOf({ duration }: Plan): number {
  return duration === null
    ? Infinity
    : Duration.fromISO(duration).as('seconds');
}

function nameOf(atom: Atom, plan: Plan): string {
  const person = plan.people.find(
    ({ entraUserId }) => entraUserId === atom.entraUserId,
  );
  const set = plan.permissionSets.find(
    ({ arn }) => arn === atom.permissionSetArn,
  );
  const account = plan.accounts.find(({ id }) => id === atom.accountId);
  return `${set?.name ?? atom.permissionSetArn} on ${
    account ? accountLabel(account) : atom.accountId
  } for ${person?.displayName ?? atom.entraUserId}`;
}

function isSame(one: unknown, other: unknown): boolean {
  return text(one) === text(other);
}

function text(value: unknown): string {
  return canonicalize(value) ?? '';
}
