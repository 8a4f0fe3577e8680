import { Change } from 'backstage-plugin-aws-access-common';
import { OrganizationConfig } from '../../config/AwsAccessConfig';

/**
 * Where the organization makes elevations through access groups, each becomes a
 * new access group with an assignment. All other changes keep their places, so
 * that facts by a change's index still hold. Pure.
 */
export function expandElevations(
  changes: Change[],
  { elevation }: Pick<OrganizationConfig, 'elevation'>,
): Change[] {
  if (elevation === 'direct') return changes;
  const assignments: Change[] = [];
  const expanded = changes.map((change, index): Change => {
    if (change.kind !== 'elevation') return change;
    // A dot is in no key that a request can name.
    const key = `elevation.${index}`;
    assignments.push({
      kind: 'assignment',
      accessGroup: { change: key },
      permissionSet: change.permissionSet,
      accounts: change.accounts,
    });
    return {
      kind: 'accessGroup',
      key,
      members: { kind: 'people', people: change.people },
    };
  });
  return [...expanded, ...assignments];
}
