import { Change } from 'backstage-plugin-aws-access-common';

/** Refs of the people whom changes name; not who is meant by a team. Pure. */
export function namedPeopleOf(changes: Change[]): string[] {
  return changes.flatMap(change => {
    if ('people' in change) return change.people;
    return change.kind === 'accessGroup' && change.members.kind === 'people'
      ? change.members.people
      : [];
  });
}
