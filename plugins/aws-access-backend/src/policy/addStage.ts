import { StageConfig } from '../config/stageSchema';
import { digestOf } from '../digest/digestOf';
import { Fact } from '../facts/Fact';
import { PolicyAtom } from './PolicyAtom';
import { RequiredStage } from './PolicyOutcome';

/**
 * Adds what one rule asks for one effect. Stages of the same name and approvers
 * are one: the larger count wins, and the later place in the order.
 * `accountOwner` and `systemOwner` stand for different people in different
 * accounts, so accounts of different owners are different stages: every owner
 * must agree. With and without alternates they are different too, or a further
 * rule could let more people decide.
 */
export function addStage(
  stages: Map<string, RequiredStage>,
  stage: StageConfig,
  atom: PolicyAtom,
  because: string,
): void {
  const approvers = sortedUnion(stage.approvers);
  const alternates = stage.alternates && {
    approvers: sortedUnion(stage.alternates.approvers),
    after: stage.alternates.after,
  };
  const sources = [...approvers, ...(alternates?.approvers ?? [])];
  const id = digestOf({
    name: stage.name,
    approvers,
    ...(alternates && { alternates }),
    ...(sources.includes('accountOwner') && {
      owners: ownersKey(atom.owners, atom),
    }),
    ...(sources.includes('systemOwner') && {
      systemOwners: ownersKey(atom.systemOwners, atom),
    }),
  }).slice(0, 16);
  const isByAccount =
    atom.accountId !== null &&
    sources.some(
      source =>
        source === 'accountOwner' ||
        source === 'systemOwner' ||
        source.startsWith('resolver:'),
    );
  const sofar = stages.get(id);
  stages.set(id, {
    id,
    name: stage.name,
    approvers,
    count: Math.max(sofar?.count ?? 0, stage.count),
    order: Math.max(sofar?.order ?? 1, stage.order),
    ...(alternates && { alternates }),
    accountIds: isByAccount
      ? sortedUnion([...(sofar?.accountIds ?? []), atom.accountId!])
      : [],
    because: sortedUnion([...(sofar?.because ?? []), because]),
  });
}

/** Stages in the order in which they are shown. */
export function sortStages(stages: Iterable<RequiredStage>): RequiredStage[] {
  return [...stages].sort(
    (one, other) =>
      (one.order ?? 1) - (other.order ?? 1) ||
      one.name.localeCompare(other.name, 'en') ||
      one.id.localeCompare(other.id, 'en'),
  );
}

/** Each value once, in one order, so that equal stages have equal texts. */
export function sortedUnion<T extends string>(values: T[]): T[] {
  return [...new Set(values)].sort();
}

function ownersKey(owners: Fact<string[]>, atom: PolicyAtom) {
  // Nobody owns what touches no account, so it is a stage of its own.
  if (atom.accountId === null) return { noAccount: true };
  return owners.known
    ? sortedUnion(owners.value)
    : { unknownOwnerOf: atom.accountId };
}
