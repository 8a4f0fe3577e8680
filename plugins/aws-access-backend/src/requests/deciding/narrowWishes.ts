import { InputError } from '@backstage/errors';
import {
  AccessGroupChange,
  Change,
  ChangeOf,
  Narrowing,
  Plan,
} from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import { digestOf } from '../../digest/digestOf';
import { durationLabel } from '../../wording/labels';
import {
  accessGroupDocumentSchema,
  scopeDocumentSchema,
} from '../../planning/objects/planDocuments';

/** The part of a request that says what is asked for. */
export interface Wishes {
  duration: string | null;
  changes: Change[];
}

/**
 * What is left of wishes when only some accounts, some people, or a shorter time
 * stay (security rule 2). What then gives nothing to anybody is left out. Pure.
 *
 * @param seen - the plan that is narrowed: nothing that is not in it can stay
 * @throws InputError naming what cannot stay, or that nothing would
 */
export function narrowWishes(
  wishes: Wishes,
  seen: Plan,
  to: Narrowing,
): Wishes {
  demandKnown(
    'accountIds',
    to.accountIds,
    seen.accounts.map(({ id }) => id),
  );
  demandKnown(
    'people',
    to.people,
    seen.people.flatMap(person => person.entityRef ?? []),
  );
  const duration = to.duration ?? wishes.duration;
  if (secondsOf(duration) > secondsOf(wishes.duration)) {
    throw new InputError(
      `duration: must not be longer than what was asked for, ${durationLabel(
        wishes.duration!,
      )}`,
    );
  }

  const kept = wishes.changes.map(change => narrowChange(change, seen, to));
  const used = usedKeys(kept);
  const usedBefore = usedKeys(wishes.changes);
  const changes = kept.filter(change => {
    if (!change) return false;
    if (change.kind === 'accessGroup') return used.has(change.key);
    // A new permission set that nobody gets any more is not made.
    return !(
      change.kind === 'permissionSet' &&
      !change.arn &&
      usedBefore.has(change.key) &&
      !used.has(change.key)
    );
  });
  const groups = new Set(
    changes.flatMap(change =>
      change?.kind === 'accessGroup' ? change.key : [],
    ),
  );
  const left = changes.filter(
    (change): change is Change =>
      change !== undefined &&
      !(
        change.kind === 'assignment' &&
        'change' in change.accessGroup &&
        !groups.has(change.accessGroup.change)
      ),
  );
  if (left.length === 0) {
    throw new InputError(
      'verdict: nothing would be left of the request; reject it instead',
    );
  }
  return { duration, changes: left };
}

/**
 * What is left of one change; undefined = nothing. What is taken away or changed
 * for everybody stays whole: an approver of less must not be the one who decides
 * that something goes on (security rule 2).
 */
function narrowChange(
  change: Change,
  seen: Plan,
  to: Narrowing,
): Change | undefined {
  switch (change.kind) {
    case 'accessGroup': {
      const members = narrowMembers(change, seen, to.people);
      return members && { ...change, members };
    }
    case 'membership': {
      const people = staying(change.people, to.people);
      return people.length > 0 ? { ...change, people } : undefined;
    }
    case 'elevation': {
      const people = staying(change.people, to.people);
      const accountIds = staying(change.accounts.accountIds, to.accountIds);
      return people.length > 0 && accountIds.length > 0
        ? { ...change, people, accounts: { kind: 'named', accountIds } }
        : undefined;
    }
    case 'assignment': {
      if (!to.accountIds) return change;
      // Fewer accounts than a scope holds are named: nothing is kept true then.
      const accountIds = staying(accountIdsOf(change, seen), to.accountIds);
      return accountIds.length > 0
        ? { ...change, accounts: { kind: 'named', accountIds } }
        : undefined;
    }
    default:
      return change;
  }
}

function staying(asked: string[], stay: string[] | undefined): string[] {
  return stay ? asked.filter(value => stay.includes(value)) : asked;
}

/** Accounts of an assignment: of a scope, those that the plan showed. */
function accountIdsOf(
  { accounts }: ChangeOf<'assignment'>,
  seen: Plan,
): string[] {
  if (accounts.kind === 'named') return accounts.accountIds;
  return seen.objects
    .filter(({ kind }) => kind === 'scope')
    .map(({ after }) => scopeDocumentSchema.parse(after))
    .filter(({ scope }) => digestOf(scope) === digestOf(accounts))
    .flatMap(({ accountIds }) => accountIds);
}

/** Keys of changes that assignments refer to. */
function usedKeys(changes: Array<Change | undefined>): Set<string> {
  return new Set(
    changes.flatMap(change => {
      if (change?.kind !== 'assignment') return [];
      const { accessGroup, permissionSet } = change;
      return [
        ...('change' in accessGroup ? [accessGroup.change] : []),
        ...('change' in permissionSet ? [permissionSet.change] : []),
      ];
    }),
  );
}

/** "The team" becomes those of its members who stay: naming them is narrower. */
function narrowMembers(
  change: AccessGroupChange,
  seen: Plan,
  people: string[] | undefined,
): AccessGroupChange['members'] | undefined {
  if (!people) return change.members;
  const asked =
    change.members.kind === 'people'
      ? change.members.people
      : plannedMembers(change.key, seen);
  const stay = staying(asked, people);
  return stay.length === 0 ? undefined : { kind: 'people', people: stay };
}

function plannedMembers(key: string, seen: Plan): string[] {
  const group = seen.objects.find(
    object => object.kind === 'accessGroup' && object.key === key,
  );
  const { memberIds } = accessGroupDocumentSchema.parse(group?.after);
  return seen.people
    .filter(person => memberIds.includes(person.entraUserId))
    .flatMap(person => person.entityRef ?? []);
}

function demandKnown(
  path: string,
  stay: string[] | undefined,
  seen: string[],
): void {
  const unknown = stay?.filter(value => !seen.includes(value)) ?? [];
  if (unknown.length > 0) {
    throw new InputError(
      `${path}: ${unknown.join(
        ', ',
      )} is not in the plan, and narrowing adds nothing; leave it out`,
    );
  }
}

function secondsOf(duration: string | null): number {
  return duration === null
    ? Infinity
    : Duration.fromISO(duration).as('seconds');
}
