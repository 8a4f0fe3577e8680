import { Atom } from 'backstage-plugin-aws-access-common';
import {
  AccessEdges,
  AssignmentEdge,
  isTouched,
  MembershipEdge,
} from './AccessEdges';
import { effectKey } from '../objects/objectKeys';

/** By which kinds of path somebody has a permission set in an account. */
interface Paths {
  entraUserId: string;
  accountId: string;
  permissionSetArn: string;
  standing: boolean;
  ending: boolean;
  begins: boolean;
  goes: boolean;
}

/**
 * What a plan gives and takes (security rule 1): every path through a group or
 * permission set counts, also where the request touches only one end of it. Pure.
 *
 * A path that begins gives, unless another one of the plan's picture gives the
 * same with no end; a path that goes takes on the same terms. Who gets by one
 * path what goes by another both gains and loses: whether the two make up for
 * each other is for people to say. Changing a permission set takes the old
 * document from, and gives the new one to, everybody who has it (security rule 4).
 *
 * @param digests - of the documents, by ARN: as they are and as they will be
 * @param seconds - how long what begins lasts; null = no end
 */
export function effectsOf(
  edges: AccessEdges,
  digests: { before: Map<string, string>; after: Map<string, string> },
  seconds: number | null,
): { gains: Atom[]; losses: Atom[] } {
  const gains: Atom[] = [];
  const losses: Atom[] = [];
  const isChanged = (arn: string) =>
    digests.before.has(arn) &&
    digests.before.get(arn) !==
      (digests.after.get(arn) ?? digests.before.get(arn));
  for (const paths of pathsOf(edges, isChanged).values()) {
    const { entraUserId, accountId, permissionSetArn } = paths;
    const before = digests.before.get(permissionSetArn);
    const after = digests.after.get(permissionSetArn) ?? before;
    const atom = (documentDigest: string | undefined, end: number | null) => ({
      entraUserId,
      permissionSetArn,
      documentDigest: documentDigest ?? 'unknown',
      accountId,
      seconds: end,
    });
    const isThere = paths.standing || paths.ending;
    if (isChanged(permissionSetArn)) {
      if (isThere || paths.goes) losses.push(atom(before, null));
      if (isThere || paths.begins) {
        gains.push(atom(after, isThere ? null : seconds));
      }
    } else if (!paths.standing) {
      if (paths.begins) gains.push(atom(after, seconds));
      if (paths.goes) losses.push(atom(before, null));
    }
  }
  return { gains: gains.sort(compare), losses: losses.sort(compare) };
}

/** By place, then by person: an order that does not depend on that of the facts. */
function compare(one: Atom, other: Atom): number {
  return textOf(one) < textOf(other) ? -1 : 1;
}

function textOf(atom: Atom): string {
  return `${atom.accountId}/${atom.permissionSetArn}/${atom.entraUserId}`;
}

/**
 * The effects that the plan touches. Most of what a large group carries stays as
 * it is, so only what is touched is kept.
 */
function pathsOf(
  edges: AccessEdges,
  isChanged: (permissionSetArn: string) => boolean,
): Map<string, Paths> {
  const members = edges.membersOf();
  const effects = new Map<string, Paths>();
  const walk = (
    isKept: (one: MembershipEdge, other: AssignmentEdge) => boolean,
  ) => {
    for (const assignment of edges.assignments) {
      for (const member of members.get(assignment.principal) ?? []) {
        const { accountId, permissionSetArn } = assignment;
        const { entraUserId } = member;
        const effect = { entraUserId, accountId, permissionSetArn };
        const key = effectKey(effect);
        const kind = kindOf(member, assignment);
        const known = effects.get(key);
        if (!kind || (!known && !isKept(member, assignment))) continue;
        const paths = known ?? {
          ...effect,
          standing: false,
          ending: false,
          begins: false,
          goes: false,
        };
        paths[kind] = true;
        effects.set(key, paths);
      }
    }
  };
  walk(
    (member, assignment) =>
      isTouched(member) ||
      isTouched(assignment) ||
      isChanged(assignment.permissionSetArn),
  );
  // Once more, for other ways to what is touched.
  walk(() => false);
  return effects;
}

/** Undefined = the path is neither there before nor after. */
function kindOf(
  { state: one }: MembershipEdge,
  { state: other }: AssignmentEdge,
): 'standing' | 'ending' | 'begins' | 'goes' | undefined {
  const isRemoved = one === 'removed' || other === 'removed';
  const isNew = one === 'new' || other === 'new';
  if (isRemoved) return isNew ? undefined : 'goes';
  if (isNew) return 'begins';
  return one === 'ending' || other === 'ending' ? 'ending' : 'standing';
}
