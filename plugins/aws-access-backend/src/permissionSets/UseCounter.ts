import { AccessEntry } from 'backstage-plugin-aws-access-common';
import { AccountAssignment } from '../clouds/AwsCloud';

interface Use {
  accounts: Set<string>;
  groups: Set<string>;
  /** By their ids in the identity store: not everybody there is in Entra. */
  people: Set<string>;
}

/**
 * Counts where permission sets are used, from what one person may read of it.
 * Places, groups and people that are told of twice count once.
 */
export class UseCounter {
  readonly #uses = new Map<string, Use>();

  /** A way into an account, with those of its people who may be known. */
  addEntry({ permissionSet, account, path, holders }: AccessEntry): void {
    const use = this.#useOf(permissionSet.arn);
    use.accounts.add(account.id);
    if (path.via === 'group') use.groups.add(path.identityStoreGroupId);
    for (const { identityStoreUserId } of holders) {
      // Who is not in AWS yet does not have it there.
      if (identityStoreUserId) use.people.add(identityStoreUserId);
    }
  }

  /**
   * An assignment with everybody who has it.
   *
   * @param userIds - in the identity store
   */
  addAssignment(assignment: AccountAssignment, userIds: string[]): void {
    const use = this.#useOf(assignment.permissionSetArn);
    use.accounts.add(assignment.accountId);
    if (assignment.principalType === 'GROUP') {
      use.groups.add(assignment.principalId);
    }
    userIds.forEach(userId => use.people.add(userId));
  }

  counts() {
    return [...this.#uses].map(([permissionSetArn, use]) => ({
      permissionSetArn,
      accounts: use.accounts.size,
      groups: use.groups.size,
      people: use.people.size,
    }));
  }

  #useOf(arn: string): Use {
    const known = this.#uses.get(arn);
    if (known) return known;
    const use = {
      accounts: new Set<string>(),
      groups: new Set<string>(),
      people: new Set<string>(),
    };
    this.#uses.set(arn, use);
    return use;
  }
}
