import { Atom, Plan } from 'backstage-plugin-aws-access-common';
import {
  countLabel,
  durationLabel,
  listLabel,
  permissionSetLabel,
  spanLabel,
} from '../../wording/labels';
import { effectKey } from '../objects/objectKeys';
import { PlanObjectsReader } from '../PlanObjectsReader';

/** So many assignments are still read one by one. */
const MOST_LISTED = 5;

/**
 * What will happen, in plain sentences with counts. Pure.
 *
 * @param options.isPartial - something of the plan is kept from the reader
 *   (security rule 29): nothing is said of there being no more of it
 */
export function describePlan(
  plan: Omit<Plan, 'sentences'>,
  { isPartial = false }: { isPartial?: boolean } = {},
): string[] {
  const objects = new PlanObjectsReader(plan);
  const summaries = (...of: Parameters<PlanObjectsReader['of']>) =>
    objects.of(...of).map(object => object.summary);
  return [
    ...summaries('permissionSet', 'create'),
    ...summaries('permissionSet', 'change'),
    ...describeAdoptions(objects),
    ...describeGroups(objects),
    ...[...objects.memberships('create')].map(
      ([group, people]) => `Puts ${listLabel(people)} into ${group}.`,
    ),
    ...summaries('scope', 'create'),
    ...describeAssignments(plan, objects),
    ...describeRemovals(plan, objects),
    ...describeEffects(plan, isPartial),
    ...describeEnd(plan),
    ...describeDelay(plan, objects),
    ...describeRest(plan, isPartial),
  ];
}

/** What is in a group comes with it; of a group of ours only the rest is new. */
function describeAdoptions(objects: PlanObjectsReader): string[] {
  const whole = [
    ...objects.of('permissionSet', 'adopt'),
    ...objects.of('accessGroup', 'adopt'),
  ];
  const groups = objects.groups('adopt').map(group => group.displayName);
  const joined = [...objects.memberships('adopt')].filter(
    ([group]) => !groups.includes(group),
  );
  const parts = [
    ...objects.of('applicationAssignment', 'adopt'),
    ...objects.of('accountAssignment', 'adopt'),
  ].filter(({ after }) => !groups.includes(objects.groupNameOf(after)));
  return [
    ...whole.map(({ summary }) => summary),
    ...joined.map(
      ([group, people]) =>
        `Takes it under management that ${listLabel(people)} ${
          people.length === 1 ? 'is' : 'are'
        } in ${group}.`,
    ),
    ...parts.map(({ summary }) => summary),
  ];
}

function describeGroups(objects: PlanObjectsReader): string[] {
  const applications = objects.of('applicationAssignment', 'create').length;
  return [
    ...objects
      .groups('create')
      .map(
        group =>
          `Creates the Entra group ${group.displayName} with ${countLabel(
            group.memberIds.length,
            'member',
            'members',
          )}: ${listLabel(group.memberIds.map(id => objects.personName(id)))}.`,
      ),
    ...(applications > 0
      ? [
          `Lets ${
            applications === 1 ? 'the group' : `the ${applications} groups`
          } into AWS through the enterprise application and SCIM.`,
        ]
      : []),
  ];
}

function describeAssignments(
  plan: Omit<Plan, 'sentences'>,
  objects: PlanObjectsReader,
): string[] {
  const created = objects.of('accountAssignment', 'create');
  if (created.length <= MOST_LISTED) {
    return created.map(object => object.summary);
  }
  return [
    `Makes ${created.length} assignments of ${whatAndWhere(
      plan,
      objects.assignments('create'),
    )}.`,
  ];
}

function describeRemovals(
  plan: Omit<Plan, 'sentences'>,
  objects: PlanObjectsReader,
): string[] {
  const assignments = objects.of('accountAssignment', 'remove');
  return [
    ...(assignments.length <= MOST_LISTED
      ? assignments.map(object => object.summary)
      : [
          `Removes ${assignments.length} assignments of ${whatAndWhere(
            plan,
            objects.assignments('remove'),
          )}.`,
        ]),
    ...[...objects.memberships('remove')].map(
      ([group, people]) => `Takes ${listLabel(people)} out of ${group}.`,
    ),
    ...(['applicationAssignment', 'accessGroup', 'permissionSet'] as const)
      .flatMap(kind => objects.of(kind, 'remove'))
      .map(object => object.summary),
  ];
}

function whatAndWhere(
  plan: Pick<Plan, 'permissionSets'>,
  assignments: Array<{ permissionSetArn: string; accountId: string }>,
): string {
  const arns = new Set(assignments.map(one => one.permissionSetArn));
  const accounts = new Set(assignments.map(({ accountId }) => accountId));
  return `${listLabel(
    plan.permissionSets
      .filter(({ arn }) => arns.has(arn))
      .map(permissionSetLabel),
  )} in ${countLabel(accounts.size, 'account', 'accounts')}`;
}

function describeRest(
  { objects }: Omit<Plan, 'sentences'>,
  isPartial: boolean,
): string[] {
  if (objects.some(object => object.action === 'untouched')) {
    return ['Everything else stays as it is.'];
  }
  return isPartial ? [] : ['Nothing else is changed.'];
}

function describeEffects(
  plan: Omit<Plan, 'sentences'>,
  isPartial: boolean,
): string[] {
  const lost = new Set(plan.losses.map(effectKey));
  const gained = new Set(plan.gains.map(effectKey));
  const changed = new Set(
    plan.objects
      .filter(
        ({ kind, action }) => kind === 'permissionSet' && action === 'change',
      )
      .map(({ id }) => id),
  );
  const isChange = (atom: Atom) =>
    changed.has(atom.permissionSetArn) &&
    lost.has(effectKey(atom)) &&
    gained.has(effectKey(atom));
  const changes = plan.gains.filter(isChange);
  const gains = plan.gains.filter(atom => !isChange(atom));
  const losses = plan.losses.filter(atom => !isChange(atom));
  const sentences: string[] = [];
  if (gains.length > 0) {
    sentences.push(
      `${countPeople(
        gains,
        'person gains',
        'people gain',
      )} access to ${inPlaces(gains)} ${spanLabel(plan.duration)}.`,
    );
  }
  if (changes.length > 0) {
    sentences.push(
      `${countPeople(
        changes,
        'person is allowed something else',
        'people are allowed something else',
      )} in ${inPlaces(changes)}.`,
    );
  }
  if (losses.length > 0) {
    sentences.push(
      `${countPeople(
        losses,
        'person loses',
        'people lose',
      )} access to ${inPlaces(losses)}.`,
    );
  }
  const adopts = plan.adopts ?? [];
  if (adopts.length > 0) {
    sentences.push(
      `${countPeople(
        adopts,
        'person keeps',
        'people keep',
      )} the access to ${inPlaces(
        adopts,
      )} that is taken under management; nothing of it changes in Entra ID or AWS.`,
    );
  }
  return sentences.length > 0 || isPartial
    ? sentences
    : ['Nobody gains or loses access by it now.'];
}

function countPeople(atoms: Atom[], one: string, many: string): string {
  return countLabel(
    new Set(atoms.map(({ entraUserId }) => entraUserId)).size,
    one,
    many,
  );
}

function inPlaces(atoms: Atom[]): string {
  return countLabel(
    new Set(atoms.map(({ accountId }) => accountId)).size,
    'account',
    'accounts',
  );
}

function describeEnd(plan: Omit<Plan, 'sentences'>): string[] {
  if (plan.duration !== null) {
    return [
      `After ${durationLabel(
        plan.duration,
      )} all of it is removed again, and the removal is checked.`,
    ];
  }
  const does = (action: string) =>
    plan.objects.some(object => object.action === action);
  return [
    ...(does('create')
      ? ['It stays until somebody gives it back or takes it away.']
      : []),
    ...(does('adopt')
      ? [
          'Giving back what is taken under management removes the access itself: the groups, memberships, assignments and permission sets.',
        ]
      : []),
    ...(does('remove')
      ? ['What is taken away does not come back by itself.']
      : []),
  ];
}

/** Only assignments go at once; who is in a group comes and goes with SCIM. */
function describeDelay(
  { duration }: Omit<Plan, 'sentences'>,
  objects: PlanObjectsReader,
): string[] {
  const goneGroups = objects.groups('remove').map(group => group.displayName);
  const leaves =
    (duration !== null && objects.memberships('create').size > 0) ||
    [...objects.memberships('remove').keys()].some(
      group => !goneGroups.includes(group),
    );
  return leaves
    ? [
        'Leaving a group reaches AWS with the next SCIM cycle, up to 40 minutes later.',
      ]
    : [];
}
