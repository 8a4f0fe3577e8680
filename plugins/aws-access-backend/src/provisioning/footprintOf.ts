import { Plan } from 'backstage-plugin-aws-access-common';
import { accessGroupDocumentSchema } from '../planning/planDocuments';
import { foldName } from '../planning/foldName';
import { FootprintKey } from './FootprintStore';

/**
 * The objects a plan touches (security rule 1). What it changes it must have for
 * itself; what it relies on (accounts, people, permission sets that stay as they
 * are) others may rely on at the same time, but not change.
 */
export function footprintOf(plan: Plan): FootprintKey[] {
  const keys = new Map<string, FootprintKey['mode']>();
  for (const account of plan.accounts)
    keys.set(`account/${account.id}`, 'shared');
  for (const person of plan.people)
    keys.set(`user/${person.entraUserId}`, 'shared');
  for (const set of plan.permissionSets) {
    keys.set(`permissionSet/${set.arn}`, 'shared');
  }
  for (const object of plan.objects) {
    if (object.kind === 'permissionSet' && object.action !== 'untouched') {
      keys.set(`permissionSet/${object.id ?? object.key}`, 'exclusive');
    }
    if (object.kind === 'accessGroup') {
      keys.set(
        object.id
          ? `group/${object.id}`
          : `groupName/${plannedGroupName(object.after)}`,
        'exclusive',
      );
    }
  }
  return [...keys]
    .map(([objectKey, mode]) => ({ objectKey, mode }))
    .sort((a, b) => (a.objectKey < b.objectKey ? -1 : 1));
}

/** Folded names of the groups that the plan creates. */
export function createdGroupNames(plan: Plan): string[] {
  return plan.objects
    .filter(object => object.kind === 'accessGroup' && object.id === null)
    .map(object => plannedGroupName(object.after));
}

function plannedGroupName(after: unknown): string {
  return foldName(accessGroupDocumentSchema.parse(after).displayName);
}
