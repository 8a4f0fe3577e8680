import { newPermissionSetArn, Plan } from 'backstage-plugin-aws-access-common';
import {
  accountLabel,
  countLabel,
  durationLabel,
  listLabel,
  permissionSetLabel,
} from '../../wording/labels';
import { PlanObjectsReader } from '../PlanObjectsReader';

type Titled = Pick<
  Plan,
  'people' | 'accounts' | 'permissionSets' | 'duration' | 'objects'
>;

/**
 * One plain sentence: who asks for what, where, for how long.
 *
 * @param requester - as the catalog displays them
 */
export function requestTitle(
  plan: Titled,
  requester: { entraUserId: string | null; displayName: string },
): string {
  const objects = new PlanObjectsReader(plan);
  const wishes = [
    ...accessWishes(plan, objects, requester),
    ...[...objects.memberships('create')].map(
      ([group, people]) =>
        `to put ${listLabel(people, 3)} into ${group} ${spanOf(plan)}`,
    ),
    ...setWishes(plan, 'create', 'to create'),
    ...setWishes(plan, 'change', 'to change'),
    ...removalWishes(plan, objects),
    ...adoptionWishes(plan, objects),
  ];
  const asked = wishes.length > 0 ? listLabel(wishes, 2) : 'to keep what is';
  return `${requester.displayName} asks ${asked}`;
}

/** Assignments that are made, as one wish. */
function accessWishes(
  plan: Titled,
  objects: PlanObjectsReader,
  requester: { entraUserId: string | null },
): string[] {
  const assignments = objects.assignments('create');
  if (assignments.length === 0) return [];
  const people = new Set(
    plan.objects.some(
      ({ kind, action }) => kind === 'accessGroup' && action === 'create',
    )
      ? objects.groups('create').flatMap(({ memberIds }) => memberIds)
      : [],
  );
  const existing = new Set<string>();
  for (const { principal } of assignments) {
    if (principal.kind === 'person') people.add(principal.entraUserId);
    else if (
      plan.objects.some(
        ({ kind, key, action }) =>
          kind === 'accessGroup' &&
          key === principal.accessGroup &&
          action === 'untouched',
      )
    ) {
      existing.add(objects.groupName(principal.accessGroup));
    }
  }
  const isForThemselves =
    existing.size === 0 &&
    people.size === 1 &&
    people.has(requester.entraUserId ?? '');
  const names = plan.people
    .filter(({ entraUserId }) => people.has(entraUserId))
    .map(({ displayName }) => displayName);
  const whom = [
    ...existing,
    ...(names.length > 3 ? [`${names.length} people`] : names),
  ];
  return [
    `for ${whatAndWhere(plan, assignments)} ${spanOf(plan)}${
      isForThemselves || whom.length === 0 ? '' : `, for ${listLabel(whom)}`
    }`,
  ];
}

function removalWishes(plan: Titled, objects: PlanObjectsReader): string[] {
  const groups = objects.groups('remove').map(group => group.displayName);
  const taken = objects
    .assignments('remove')
    // What hangs on a group that goes is said with the group.
    .filter(
      ({ principal }) =>
        principal.kind === 'person' ||
        !groups.includes(objects.groupName(principal.accessGroup)),
    );
  const from = taken.map(({ principal }) =>
    principal.kind === 'person'
      ? objects.personName(principal.entraUserId)
      : objects.groupName(principal.accessGroup),
  );
  return [
    ...(taken.length > 0
      ? [
          `to take ${whatAndWhere(plan, taken)} away from ${listLabel(
            [...new Set(from)],
            3,
          )}`,
        ]
      : []),
    ...[...objects.memberships('remove')]
      .filter(([group]) => !groups.includes(group))
      .map(
        ([group, people]) => `to take ${listLabel(people, 3)} out of ${group}`,
      ),
    ...groups.map(name => `to remove the access group ${name}`),
    ...setWishes(plan, 'remove', 'to remove'),
  ];
}

function adoptionWishes(plan: Titled, objects: PlanObjectsReader): string[] {
  const groups = objects.groups('adopt').map(group => group.displayName);
  const joined = [...objects.memberships('adopt')].filter(
    ([group]) => !groups.includes(group),
  );
  return [
    ...groups.map(name => `to take the access group ${name} under management`),
    ...joined.map(
      ([group, people]) =>
        `to take it under management that ${listLabel(people, 3)} ${
          people.length === 1 ? 'is' : 'are'
        } in ${group}`,
    ),
    ...setWishes(plan, 'adopt', 'to take under management'),
  ];
}

function setWishes(
  plan: Titled,
  action: Plan['objects'][number]['action'],
  verb: string,
): string[] {
  return plan.objects
    .filter(
      object => object.kind === 'permissionSet' && object.action === action,
    )
    .map(({ id, key }) => {
      const set = plan.permissionSets.find(
        ({ arn }) => arn === (id ?? newPermissionSetArn(key)),
      );
      return `${verb} the permission set ${
        set ? permissionSetLabel(set) : key
      }`;
    });
}

function whatAndWhere(
  plan: Titled,
  assignments: Array<{ permissionSetArn: string; accountId: string }>,
): string {
  const arns = new Set(assignments.map(one => one.permissionSetArn));
  const ids = new Set(assignments.map(({ accountId }) => accountId));
  const sets = plan.permissionSets.filter(({ arn }) => arns.has(arn));
  const accounts = plan.accounts.filter(({ id }) => ids.has(id));
  const where =
    accounts.length > 10
      ? countLabel(accounts.length, 'account', 'accounts')
      : listLabel(accounts.map(accountLabel), 2);
  return `${listLabel(sets.map(permissionSetLabel), 2)} on ${where}`;
}

function spanOf({ duration }: Titled): string {
  return duration === null ? 'with no end' : `for ${durationLabel(duration)}`;
}
