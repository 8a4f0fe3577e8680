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

/** A permission set, and the accounts that its latest version has not reached. */
export interface ReadPermissionSet {
  set: InventoryPermissionSet;
  outdatedAccountIds: string[];
}

/** Says how many of a part's items are known; total null = not known yet. */
export type ReportProgress = (done: number, total: number | null) => void;

/**
 * Reads the parts that AWS holds, each to its end or not at all. What is deleted
 * while it is read is left out, as if it had been deleted before.
 */
export class AwsPartsReader {
  readonly #aws: AwsReads;
  #storeGroups: Promise<StoreGroup[]> | undefined;

  constructor(aws: AwsReads) {
    this.#aws = aws;
  }

  /** Organizations lists accounts in pages of 20 and tags one account a call. */
  async readAccounts(report: ReportProgress): Promise<InventoryAccount[]> {
    const accounts: InventoryAccount[] = [];
    let listed = 0;
    const each = this.#eachAccount(count => {
      listed += count;
    });
    await forEachConcurrently(each, async account => {
      const details = await unlessMissing(() =>
        Promise.all([
          this.#aws.getOuPath(account.accountId),
          this.#aws.listAccountTags(account.accountId),
        ]),
      );
      if (details) {
        accounts.push({ ...account, ouPath: details[0], tags: details[1] });
      }
      report(accounts.length, listed);
    });
    return accounts;
  }

  async *#eachAccount(onListed: (count: number) => void) {
    for await (const page of this.#aws.listAccounts()) {
      onListed(page.length);
      yield* page;
    }
  }

  listPermissionSetArns(report: ReportProgress): Promise<string[]> {
    return collectPages(this.#aws.listPermissionSetArns(), report);
  }

  /** Seven calls each. */
  async readPermissionSets(
    arns: string[],
    report: ReportProgress,
  ): Promise<ReadPermissionSet[]> {
    const sets: ReadPermissionSet[] = [];
    await forEachConcurrently(arns, async arn => {
      const found = await this.readPermissionSet(arn);
      if (found) sets.push(found);
      report(sets.length, arns.length);
    });
    return sets;
  }

  /** @returns undefined where there is no such permission set (any more) */
  readPermissionSet(arn: string): Promise<ReadPermissionSet | undefined> {
    return unlessMissing(async () => {
      const document = await this.#aws.describePermissionSet(arn);
      return {
        set: {
          arn,
          name: document.name,
          documentDigest: digestOf(document),
          document,
        },
        outdatedAccountIds: await collectPages(
          this.#aws.listAccountIdsOutOfDate(arn),
        ),
      };
    });
  }

  /** Every assignment of the permission sets, whatever it costs. */
  async readAssignments(
    permissionSetArns: string[],
    report: ReportProgress,
  ): Promise<AccountAssignment[]> {
    const assignments: AccountAssignment[] = [];
    await forEachConcurrently(
      this.#pairsOf(permissionSetArns),
      async ([accountId, arn]) => {
        const found = await unlessMissing(() =>
          collectPages(this.#aws.listAssignments(accountId, arn)),
        );
        for (const assignment of found ?? []) assignments.push(assignment);
        report(assignments.length, null);
      },
    );
    return assignments;
  }

  async *#pairsOf(arns: string[]): AsyncIterable<[string, string]> {
    for (const arn of arns) {
      const accountIds = await unlessMissing(() =>
        collectPages(this.#aws.listAccountIdsWithPermissionSet(arn)),
      );
      for (const accountId of accountIds ?? []) yield [accountId, arn];
    }
  }

  /** The groups of the identity store; asked once, also when two parts need them. */
  listStoreGroups(): Promise<StoreGroup[]> {
    this.#storeGroups ??= collectPages(this.#aws.listStoreGroups());
    return this.#storeGroups;
  }

  async readIdentityStore(report: ReportProgress): Promise<{
    users: StoreUser[];
    groups: StoreGroup[];
    memberships: Membership[];
  }> {
    const users = await collectPages(this.#aws.listStoreUsers(), report);
    const groups = await this.listStoreGroups();
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
