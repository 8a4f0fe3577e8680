import {
  AccountAssignment,
  AwsReads,
  StoreGroup,
  StoreUser,
} from '../clouds/AwsCloud';
import { collectPages } from '../clouds/collectPages';
import { unlessMissing } from '../clouds/unlessMissing';
import { digestOf } from '../digest/digestOf';
import { forEachConcurrently } from './forEachConcurrently';
import {
  InventoryAccount,
  InventoryPermissionSet,
  Membership,
} from './InventoryStore';

/** Says how many of a part's items are known; total null = not known yet. */
export type ReportProgress = (done: number, total: number | null) => void;

/**
 * Reads the parts that AWS holds, each to its end or not at all. What is deleted
 * while it is read is left out, as if it had been deleted before.
 */
export class AwsPartsReader {
  readonly #aws: AwsReads;

  constructor(aws: AwsReads) {
    this.#aws = aws;
  }

  /** Organizations lists accounts in pages of 20 and tags one account a call. */
  async readAccounts(report: ReportProgress): Promise<InventoryAccount[]> {
    const listed = await collectPages(this.#aws.listAccounts(), report);
    const accounts: InventoryAccount[] = [];
    await forEachConcurrently(listed, async account => {
      const details = await unlessMissing(() =>
        Promise.all([
          this.#aws.getOuPath(account.accountId),
          this.#aws.listAccountTags(account.accountId),
        ]),
      );
      if (details) {
        accounts.push({ ...account, ouPath: details[0], tags: details[1] });
      }
      report(accounts.length, listed.length);
    });
    return accounts;
  }

  async readPermissionSets(
    report: ReportProgress,
  ): Promise<InventoryPermissionSet[]> {
    const arns = await collectPages(this.#aws.listPermissionSetArns(), report);
    const sets: InventoryPermissionSet[] = [];
    await forEachConcurrently(arns, async arn => {
      const document = await unlessMissing(() =>
        this.#aws.describePermissionSet(arn),
      );
      if (document) {
        sets.push({
          arn,
          name: document.name,
          documentDigest: digestOf(document),
          document,
        });
      }
      report(sets.length, arns.length);
    });
    return sets;
  }

  /**
   * The complete plan with the fewest calls that works for a delegated
   * administrator as well: for each permission set the accounts that have it,
   * for each such pair who is assigned. Asking every account about every set
   * would be hours in an organization of thousands.
   */
  async readAssignments(
    permissionSetArns: string[],
    report: ReportProgress,
  ): Promise<AccountAssignment[]> {
    const pairs: Array<{ accountId: string; arn: string }> = [];
    await forEachConcurrently(permissionSetArns, async arn => {
      const accountIds = await unlessMissing(() =>
        collectPages(this.#aws.listAccountIdsWithPermissionSet(arn)),
      );
      for (const accountId of accountIds ?? []) pairs.push({ accountId, arn });
      report(0, null);
    });
    const assignments: AccountAssignment[] = [];
    let done = 0;
    await forEachConcurrently(pairs, async ({ accountId, arn }) => {
      const found = await unlessMissing(() =>
        collectPages(this.#aws.listAssignments(accountId, arn)),
      );
      for (const assignment of found ?? []) assignments.push(assignment);
      done++;
      report(done, pairs.length);
    });
    return assignments;
  }

  async readIdentityStore(report: ReportProgress): Promise<{
    users: StoreUser[];
    groups: StoreGroup[];
    memberships: Membership[];
  }> {
    const users = await collectPages(this.#aws.listStoreUsers(), report);
    const groups = await collectPages(this.#aws.listStoreGroups());
    const memberships: Membership[] = [];
    let done = 0;
    await forEachConcurrently(groups, async ({ groupId }) => {
      const userIds = await unlessMissing(() =>
        collectPages(this.#aws.listStoreMembers(groupId)),
      );
      for (const userId of userIds ?? []) memberships.push({ groupId, userId });
      done++;
      report(done, groups.length);
    });
    return { users, groups, memberships };
  }
}
