import { InputError } from '@backstage/errors';
import {
  AccessGroupChange,
  Change,
  Narrowing,
  Plan,
} from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import { accessGroupDocumentSchema } from '../planning/planDocuments';

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
      `duration: must not be longer than what was asked for, ${wishes.duration}`,
    );
  }

  const assignments = wishes.changes.flatMap(change => {
    if (change.kind !== 'assignment') return [];
    const accountIds = change.accounts.accountIds.filter(
      id => to.accountIds?.includes(id) ?? true,
    );
    return accountIds.length === 0
      ? []
      : [{ ...change, accounts: { ...change.accounts, accountIds } }];
  });
  const groups = wishes.changes.flatMap(change => {
    if (change.kind !== 'accessGroup') return [];
    const isUsed = assignments.some(
      assignment => assignment.accessGroup.change === change.key,
    );
    const members = narrowMembers(change, seen, to.people);
    return isUsed && members ? [{ ...change, members }] : [];
  });
  const kept = new Set(groups.map(group => group.key));
  if (kept.size === 0) {
    throw new InputError(
      'verdict: nothing would be left of the request; reject it instead',
    );
  }
  return {
    duration,
    changes: [
      ...groups,
      ...assignments.filter(({ accessGroup }) => kept.has(accessGroup.change)),
    ],
  };
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
  const stay = asked.filter(ref => people.includes(ref));
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
