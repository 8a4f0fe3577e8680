import { AccountAssignment, AwsReads } from '../clouds/AwsCloud';
import { unlessDenied } from '../clouds/unlessDenied';
import { unlessMissing } from '../clouds/unlessMissing';
import { AssignmentsDraft } from './AssignmentsDraft';
import type { ReportProgress } from './AwsPartsReader';
import { forEachConcurrently } from '../clouds/forEachConcurrently';

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
   * @param share - of the pairs, read whole at every turn; from 0 to 1
   */
  async read(
    permissionSetArns: string[],
    groupIds: string[] | undefined,
    draft: AssignmentsDraft,
    share: number,
    report: ReportProgress,
  ): Promise<void> {
    await this.#listPairs(permissionSetArns, draft, report);
    const pairs = await draft.countPairs();
    if (groupIds && groupIds.length + Math.ceil(pairs * share) < pairs) {
      await this.#listOfGroups(groupIds, draft, report);
    }
    // Where no group was asked, none explains a pair, and all are chosen.
    const chosen = await draft.choose(share);
    let done = 0;
    await forEachConcurrently(
      draft.chosen(),
      async ({ accountId, permissionSetArn }) => {
        await this.#keep(draft, () =>
          this.#aws.listAssignments(accountId, permissionSetArn),
        );
        done++;
        report(done, chosen);
      },
    );
  }

  async #listPairs(
    arns: string[],
    draft: AssignmentsDraft,
    report: ReportProgress,
  ): Promise<void> {
    await forEachConcurrently(arns, async arn => {
      await unlessMissing(async () => {
        for await (const accountIds of this.#aws.listAccountIdsWithPermissionSet(
          arn,
        )) {
          await draft.addPairs(arn, accountIds);
        }
      });
      report(0, null);
    });
  }

  /** Nothing where these credentials may not ask, as the first answer tells. */
  async #listOfGroups(
    [first, ...others]: string[],
    draft: AssignmentsDraft,
    report: ReportProgress,
  ): Promise<void> {
    if (first === undefined) return;
    const list = (groupId: string) =>
      this.#keep(draft, () =>
        this.#aws.listAssignmentsOfPrincipal('GROUP', groupId),
      );
    const allowed = await unlessDenied(async () => {
      await list(first);
      return true;
    });
    if (!allowed) return;
    let done = 1;
    await forEachConcurrently(others, async groupId => {
      await list(groupId);
      done++;
      report(done, others.length + 1);
    });
  }

  async #keep(
    draft: AssignmentsDraft,
    list: () => AsyncIterable<AccountAssignment[]>,
  ): Promise<void> {
    await unlessMissing(async () => {
      for await (const page of list()) await draft.addAssignments(page);
    });
  }
}
