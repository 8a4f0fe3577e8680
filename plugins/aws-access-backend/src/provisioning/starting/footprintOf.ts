import { Plan } from 'backstage-plugin-aws-access-common';
import { foldName } from '../../planning/names/foldName';
import { reservedSetName } from '../../planning/names/reservedNames';
import { scopeDocumentSchema } from '../../planning/objects/planDocuments';
import { FootprintKey } from '../stores/FootprintStore';
import { ReadPlan } from './ReadPlan';

/**
 * The objects a plan touches (security rule 1). What it changes it must have for
 * itself: a group whose members or assignments change, because everybody in it
 * gets everything it carries; a permission set that changes, because everybody
 * has it. What it relies on (accounts, people, groups and permission sets that
 * stay as they are) others may rely on at the same time, but not change.
 */
export function footprintOf(plan: Plan): FootprintKey[] {
  const read = new ReadPlan(plan);
  const keys = new Map<string, FootprintKey['mode']>();
  const share = (key: string) => {
    if (!keys.has(key)) keys.set(key, 'shared');
  };
  const take = (key: string) => keys.set(key, 'exclusive');
  const groupKey = (key: string) => {
    const { object, document } = read.group(key);
    return object.id
      ? `group/${object.id}`
      : `groupName/${foldName(document.displayName)}`;
  };

  for (const account of plan.accounts) share(`account/${account.id}`);
  for (const person of plan.people) share(`user/${person.entraUserId}`);
  for (const set of plan.permissionSets) share(`permissionSet/${set.arn}`);
  for (const { object } of read.groups) {
    const key = groupKey(object.key);
    if (object.action === 'untouched') share(key);
    else take(key);
  }
  for (const { object, document } of [
    ...read.memberships,
    ...read.applicationAssignments,
  ]) {
    if (object.action !== 'untouched') take(groupKey(document.accessGroup));
  }
  for (const { object, document } of read.assignments) {
    if (object.action === 'untouched') continue;
    const { principal } = document;
    if (principal.kind === 'accessGroup') take(groupKey(principal.groupKey));
    // Two elevations of one person in one account would look for, and write,
    // the same assignment.
    else take(`elevation/${principal.entraUserId}/${document.accountId}`);
  }
  for (const { object, document } of read.permissionSets) {
    if (object.action === 'untouched') continue;
    take(
      object.id
        ? `permissionSet/${object.id}`
        : `permissionSetName/${foldName(document.name)}`,
    );
  }
  for (const object of plan.objects) {
    if (object.kind !== 'scope' || object.action === 'untouched') continue;
    const scope = scopeDocumentSchema.parse(object.after ?? object.before);
    take(groupKey(scope.accessGroup));
  }
  return [...keys]
    .map(([objectKey, mode]) => ({ objectKey, mode }))
    .sort((a, b) => (a.objectKey < b.objectKey ? -1 : 1));
}

/** Names that the plan reserves: of the groups and permission sets that it creates. */
export function createdNames(plan: Plan): string[] {
  const { groups, permissionSets } = new ReadPlan(plan);
  return [
    ...groups
      .filter(({ object }) => object.id === null)
      .map(({ document }) => foldName(document.displayName)),
    ...permissionSets
      .filter(({ object }) => object.id === null)
      .map(({ document }) => reservedSetName(document.name)),
  ];
}
