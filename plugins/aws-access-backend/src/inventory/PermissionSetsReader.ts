import { AwsPartsReader, ReportProgress } from './AwsPartsReader';
import { chooseDue } from './chooseDue';
import { InventoryRotation } from './InventoryRotation';
import { PartDrafts } from './PartDraft';
import { RolloutStore } from './RolloutStore';

/**
 * AWS does not say when a permission set was changed, and reading one costs seven
 * calls: new ones are read at once, the others in turns, so that none is older
 * than the configuration calls stale. What we change ourselves is read again
 * right after it.
 */
export class PermissionSetsReader {
  readonly #rotation: InventoryRotation;
  readonly #drafts: PartDrafts;
  readonly #rollouts: RolloutStore;

  constructor(options: {
    rotation: InventoryRotation;
    partDrafts: PartDrafts;
    rollouts: RolloutStore;
  }) {
    this.#rotation = options.rotation;
    this.#drafts = options.partDrafts;
    this.#rollouts = options.rollouts;
  }

  /**
   * Reads those that are due, and puts all in their place.
   *
   * @param arns - all that AWS lists
   * @param reading.since - the database's time when the reading began
   * @param reading.share - how much of those that are known is read, from 0 to 1
   * @throws CloudError, and when the signal aborts it
   */
  async read(
    arns: string[],
    aws: AwsPartsReader,
    reading: {
      organizationId: string;
      since: string;
      signal: AbortSignal;
      share: number;
    },
    report: ReportProgress,
  ): Promise<void> {
    const { organizationId, since, signal, share } = reading;
    const present = new Set(arns);
    const reads = new Map<string, string>();
    for (const { arn, readAt } of await this.#rotation.listPermissionSetReads(
      organizationId,
    )) {
      if (readAt && present.has(arn)) reads.set(arn, readAt);
    }
    const due = [
      ...arns.filter(arn => !reads.has(arn)),
      ...chooseDue([...reads.keys()], arn => reads.get(arn)!, share),
    ];
    for (const arn of due) reads.delete(arn);
    const draft = await this.#drafts.begin(organizationId, 'permissionSets');
    await draft.keepPermissionSets([...reads.keys()]);
    const outdated = new Map<string, string[]>();
    await aws.readPermissionSets(
      due,
      async ({ set, outdatedAccountIds }) => {
        await draft.add('permissionSets', [set]);
        outdated.set(set.arn, outdatedAccountIds);
        reads.set(set.arn, since);
      },
      report,
    );
    signal.throwIfAborted();
    await draft.finish([since, ...reads.values()].sort()[0]);
    await this.#rotation.markPermissionSetsRead(organizationId, reads);
    await this.#rollouts.record(organizationId, outdated);
    await this.#rollouts.keepOnly(organizationId, arns);
  }
}
