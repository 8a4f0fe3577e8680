import { Plan } from 'backstage-plugin-aws-access-common';
import {
  accountLabel,
  countLabel,
  durationLabel,
  listLabel,
  permissionSetLabel,
  spanLabel,
} from '../wording/labels';
import { accessGroupDocumentSchema } from './planDocuments';

/** What will happen, in plain sentences with counts. Pure. */
export function describePlan(plan: Omit<Plan, 'sentences'>): string[] {
  const names = new Map(
    plan.people.map(person => [person.entraUserId, person.displayName]),
  );
  const groups = plan.objects
    .filter(object => object.kind === 'accessGroup')
    .map(object => accessGroupDocumentSchema.parse(object.after));
  const assignments = plan.objects.filter(
    object => object.kind === 'accountAssignment',
  );
  return [
    ...groups.map(
      group =>
        `Creates the Entra group ${group.displayName} with ${countLabel(
          group.memberIds.length,
          'member',
          'members',
        )}: ${listLabel(group.memberIds.map(id => names.get(id) ?? id))}.`,
    ),
    `Lets ${
      groups.length === 1 ? 'the group' : `the ${groups.length} groups`
    } into AWS through the enterprise application and SCIM.`,
    ...(assignments.length > 5
      ? [
          `Makes ${assignments.length} assignments of ${listLabel(
            plan.permissionSets.map(permissionSetLabel),
          )} in ${countLabel(plan.accounts.length, 'account', 'accounts')}.`,
        ]
      : assignments.map(object => object.summary)),
    `${countLabel(
      plan.people.length,
      'person gains',
      'people gain',
    )} access to ${countLabel(
      plan.accounts.length,
      'account',
      'accounts',
    )} ${spanLabel(plan.duration)}.`,
    plan.duration === null
      ? 'It stays until somebody gives it back or takes it away.'
      : `After ${durationLabel(
          plan.duration,
        )} all of it is removed again, and the removal is checked.`,
    'Nothing else is changed.',
  ];
}

/**
 * One plain sentence: who asks for what, where, for how long.
 *
 * @param requesterName - as the catalog displays them
 */
export function requestTitle(
  plan: Pick<Plan, 'people' | 'accounts' | 'permissionSets' | 'duration'>,
  requester: { entraUserId: string | null; displayName: string },
): string {
  const what = listLabel(plan.permissionSets.map(permissionSetLabel), 2);
  const where = listLabel(plan.accounts.map(accountLabel), 2);
  const isForThemselves =
    plan.people.length === 1 &&
    plan.people[0].entraUserId === requester.entraUserId;
  const whom = isForThemselves
    ? ''
    : `, for ${
        plan.people.length > 3
          ? `${plan.people.length} people`
          : listLabel(plan.people.map(person => person.displayName))
      }`;
  const span =
    plan.duration === null
      ? 'with no end'
      : `for ${durationLabel(plan.duration)}`;
  return `${requester.displayName} asks for ${what} on ${where} ${span}${whom}`;
}
