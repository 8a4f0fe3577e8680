import { AccountAssignment, AwsReads } from '../clouds/AwsCloud';
import { collectPages } from '../clouds/collectPages';
import { unlessDenied } from '../clouds/unlessDenied';
import { unlessMissing } from '../clouds/unlessMissing';
import type { ReportProgress } from './AwsPartsReader';
import { chooseDue } from './chooseDue';
import { forEachConcurrently } from './forEachConcurrently';
import { AssignmentPair } from './InventoryRotation';

/** What was known before, and how much to read in turns. */
export interface FormerAssignments {
  pairs: AssignmentPair[];
  /** Assignments that were made directly to users. */
  ofUsers: AccountAssignment[];
  /** Share of the pairs that are read whole at every turn. */
  share: number;
  /** The moment of this reading, ISO-8601. */
  since: string;
}

/** Everything that was found, and when each pair was read whole. */
export interface FoundAssignments {
  assignments: AccountAssignment[];
  pairs: AssignmentPair[];
}

/**
 * Reads who is assigned where, by the cheaper of two plans; which that is, is
 * counted before it begins.
 *
 * Both need the accounts of each permission set. Per pair, each of these is then
 * asked who is assigned. Per group, each group is asked what it has, which only
 * the management account may; that does not see users who are assigned directly.
 * Pairs that no group explains are therefore read whole at once, the others in
 * turns, and what is known of users there stays until its turn comes.
 */
export class AssignmentsReader {
  readonly #aws: AwsReads;

  constructor(aws: AwsReads) {
    this.#aws = aws;
  }

  /**
   * @param groupIds - all groups of the identity store; undefined = unknown, so
   *   every pair is read
   */
  async read(
    permissionSetArns: string[],
    groupIds: string[] | undefined,
    former: FormerAssignments,
    report: ReportProgress,
  ): Promise<FoundAssignments> {
    const formerReads = new Map(
      former.pairs.map(pair => [keyOf(pair), pair.readAt]),
    );
    const pairs = (await this.#listPairs(permissionSetArns, report)).map(
      pair => ({ ...pair, readAt: formerReads.get(keyOf(pair)) ?? null }),
    );
    const turn = Math.ceil(pairs.length * former.share);
    const ofGroups =
      groupIds && groupIds.length + turn < pairs.length
        ? await this.#listOfGroups(groupIds, report)
        : undefined;

    const explained = new Set(ofGroups?.map(keyOf));
    const chosen = new Set([
      ...pairs.filter(pair => !explained.has(keyOf(pair))).map(keyOf),
      ...chooseDue(
        pairs.filter(pair => explained.has(keyOf(pair))),
        ({ readAt }) => readAt,
        former.share,
      ).map(keyOf),
    ]);
    const whole = pairs.filter(pair => chosen.has(keyOf(pair)));
    const read = await this.#readWhole(whole, report);
    // A pair that was read whole is known by that; it was asked later.
    const elsewhere = ({ accountId, permissionSetArn }: AccountAssignment) =>
      !chosen.has(keyOf({ accountId, permissionSetArn }));
    const present = new Set(pairs.map(keyOf));
    return {
      assignments: [
        ...read,
        ...(ofGroups ?? []).filter(elsewhere),
        ...former.ofUsers.filter(
          assignment => elsewhere(assignment) && present.has(keyOf(assignment)),
        ),
      ],
      pairs: pairs.map(pair =>
        chosen.has(keyOf(pair)) ? { ...pair, readAt: former.since } : pair,
      ),
    };
  }

  async #listPairs(arns: string[], report: ReportProgress) {
    const pairs: Array<Omit<AssignmentPair, 'readAt'>> = [];
    await forEachConcurrently(arns, async permissionSetArn => {
      const accountIds = await unlessMissing(() =>
        collectPages(
          this.#aws.listAccountIdsWithPermissionSet(permissionSetArn),
        ),
      );
      for (const accountId of accountIds ?? []) {
        pairs.push({ accountId, permissionSetArn });
      }
      report(0, null);
    });
    return pairs;
  }

  /** Undefined = these credentials may not ask, as the first answer tells. */
  async #listOfGroups(
    [first, ...others]: string[],
    report: ReportProgress,
  ): Promise<AccountAssignment[] | undefined> {
    if (first === undefined) return [];
    const list = async (groupId: string) =>
      (await unlessMissing(() =>
        collectPages(this.#aws.listAssignmentsOfPrincipal('GROUP', groupId)),
      )) ?? [];
    const assignments = await unlessDenied(() => list(first));
    if (!assignments) return undefined;
    let done = 1;
    await forEachConcurrently(others, async groupId => {
      for (const found of await list(groupId)) assignments.push(found);
      done++;
      report(done, others.length + 1);
    });
    return assignments;
  }

  async #readWhole(
    pairs: AssignmentPair[],
    report: ReportProgress,
  ): Promise<AccountAssignment[]> {
    const assignments: AccountAssignment[] = [];
    let done = 0;
    await forEachConcurrently(
      pairs,
      async ({ accountId, permissionSetArn }) => {
        const found = await unlessMissing(() =>
          collectPages(this.#aws.listAssignments(accountId, permissionSetArn)),
        );
        for (const assignment of found ?? []) assignments.push(assignment);
        done++;
        report(done, pairs.length);
      },
    );
    return assignments;
  }
}

function keyOf(pair: { accountId: string; permissionSetArn: string }): string {
  return `${pair.accountId}/${pair.permissionSetArn}`;
}
