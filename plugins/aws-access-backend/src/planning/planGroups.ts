import {
  AccessGroupChange,
  AssignmentChange,
  Change,
} from 'backstage-plugin-aws-access-common';
import { CatalogPerson } from '../people/PersonDirectory';
import { PlanFacts } from './PlanFacts';

/** An access group of a request with everything that the request hangs on it. */
export interface PlannedGroup {
  change: AccessGroupChange;
  /** Place of the change in the request, for the paths of problems. */
  index: number;
  /** Refs of everybody who is put into it. */
  memberRefs: string[];
  /** Those of them whom the catalog knows. */
  members: CatalogPerson[];
  assignments: Array<{ change: AssignmentChange; index: number }>;
}

/** Groups the changes of a request by their access group. */
export function planGroups(
  changes: Change[],
  facts: PlanFacts,
): PlannedGroup[] {
  return changes.flatMap((change, index) => {
    if (change.kind !== 'accessGroup') return [];
    const memberRefs =
      change.members.kind === 'team'
        ? (facts.team?.members ?? []).map(member => member.entityRef)
        : [...new Set(change.members.people)];
    return [
      {
        change,
        index,
        memberRefs,
        members: memberRefs.flatMap(ref => facts.people.get(ref) ?? []),
        assignments: changes.flatMap((other, otherIndex) =>
          other.kind === 'assignment' && other.accessGroup.change === change.key
            ? [{ change: other, index: otherIndex }]
            : [],
        ),
      },
    ];
  });
}
