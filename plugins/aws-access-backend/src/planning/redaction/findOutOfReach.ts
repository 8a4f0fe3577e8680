import { Change, Problem } from 'backstage-plugin-aws-access-common';
import { noSuchGroup } from '../problems/findGroupProblems';

/** What somebody may read of others' access (security rule 29). */
export interface Reach {
  /** Entra object ids; undefined = every group. */
  groups: ReadonlySet<string> | undefined;
  /** Refs of people. */
  people: ReadonlySet<string>;
  /** Of these everybody's access may be read. */
  ownedAccounts: ReadonlySet<string>;
}

/**
 * What changes name that is there already and may not be read: a plan of it would
 * tell who has what. It is answered as if it did not exist. Pure.
 */
export function findOutOfReach(changes: Change[], reach: Reach): Problem[] {
  return changes.flatMap((change, index): Problem[] => {
    if ('accessGroup' in change && 'entraGroupId' in change.accessGroup) {
      const { entraGroupId } = change.accessGroup;
      return !reach.groups || reach.groups.has(entraGroupId)
        ? []
        : [
            {
              path: `changes.${index}.accessGroup.entraGroupId`,
              message: noSuchGroup(entraGroupId),
              fix: 'Choose a group of one of your teams, or ask an owner of the account to file it.',
            },
          ];
    }
    if (change.kind !== 'removeElevation') return [];
    const ownsAll = change.accounts.accountIds.every(id =>
      reach.ownedAccounts.has(id),
    );
    if (ownsAll) return [];
    return change.people.flatMap((ref, position) =>
      reach.people.has(ref)
        ? []
        : [
            {
              path: `changes.${index}.people.${position}`,
              message: `You may read neither what ${ref} has nor who has what in all of these accounts.`,
              fix: 'Name people of your teams, or ask an owner of the accounts to file it.',
            },
          ],
    );
  });
}
