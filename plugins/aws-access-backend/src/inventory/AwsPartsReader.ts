import { AccountAssignment, AwsReads, StoreGroup } from '../clouds/AwsCloud';
import { collectPages } from '../clouds/collectPages';
import { unlessGone } from '../clouds/unlessGone';
import { unlessMissing } from '../clouds/unlessMissing';
import { digestOf } from '../digest/digestOf';
import { forEachConcurrently } from '../clouds/forEachConcurrently';
import { InventoryPermissionSet } from './InventoryStore';
import { PartDraft } from './PartDraft';

/** A permission set, and the accounts that its latest version has not reached. */
export interface ReadPermissionSet {
  set: InventoryPermissionSet;
  outdatedAccountIds: string[];
}

/** Says how many of a part's items are known; total null = not known yet. */
export type ReportProgress = (done: number, total: number | null) => void;

/**
 * Reads the parts that AWS holds, page by page, each to its end or not at all:
 * what it throws leaves a draft that nobody finishes. What is deleted while it is
 * read is left out, as if it had been deleted before.
 */
export class AwsPartsReader {
  readonly #aws: AwsReads;
  #storeGroups: Promise<StoreGroup[]> | undefined;

  constructor(aws: AwsReads) {
    this.#aws = aws;
  }

  /** Organizations lists accounts in pages of 20 and tags one account a call. */
  async readAccounts(draft: PartDraft, report: ReportProgress): Promise<void> {
    let listed = 0;
    let done = 0;
    const each = this.#eachAccount(count => {
      listed += count;
    });
    await forEachConcurrently(each, async account => {
      const { accountId } = account;
      const details = await unlessGone(
        'aws',
        () =>
          Promise.all([
            this.#aws.getOuPath(accountId),
            this.#aws.listAccountTags(accountId),
          ]),
        async () => Boolean(await this.#aws.describeAccount(accountId)),
      );
      if (details) {
        const [ouPath, tags] = details;
        await draft.add('accounts', [{ ...account, ouPath, tags }]);
      }
      done++;
      report(done, listed);
    });
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

  /** Seven calls each; those that are there are given to `found`. */
  async readPermissionSets(
    arns: string[],
    found: (read: ReadPermissionSet) => Promise<void>,
    report: ReportProgress,
  ): Promise<void> {
    let done = 0;
    await forEachConcurrently(arns, async arn => {
      const read = await this.readPermissionSet(arn);
      if (read) await found(read);
      done++;
      report(done, arns.length);
    });
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

  async readIdentityStore(
    draft: PartDraft,
    report: ReportProgress,
  ): Promise<void> {
    let users = 0;
    for await (const page of this.#aws.listStoreUsers()) {
      await draft.add('storeUsers', page);
      users += page.length;
      report(users, null);
    }
    const groups = await this.listStoreGroups();
    await draft.add('storeGroups', groups);
    let done = 0;
    await forEachConcurrently(groups, async ({ groupId }) => {
      await unlessMissing(async () => {
        for await (const page of this.#aws.listStoreMembers(groupId)) {
          await draft.add(
            'storeMemberships',
            page.map(userId => ({ groupId, userId })),
          );
        }
      });
      done++;
      report(done, groups.length);
    });
  }
}
