import { AccountAssignment, AwsReads } from '../clouds/AwsCloud';
import { CloudError } from '../clouds/CloudError';
import { collectPages } from '../clouds/collectPages';
import { unlessDenied } from '../clouds/unlessDenied';
import { unlessMissing } from '../clouds/unlessMissing';
import { AssignmentPair } from '../inventory/AssignmentsDraft';
import { forEachConcurrently } from '../clouds/forEachConcurrently';
import { InventoryStore } from '../inventory/InventoryStore';

/** Pairs of account and permission set that AWS tells in half a minute, at 18 calls a second. */
const MOST_PAIRS = 500;
/** An older reading does not say well enough which pairs a group has. */
const MOST_HOURS = 24;

/**
 * What is assigned to groups, as AWS has it now.
 *
 * The management account asks for a group, and knows all. A delegated
 * administrator must look at pairs of account and permission set: at every one
 * where there are few; otherwise at those that the last reading of the inventory
 * knew the group to have, and at those that are new since. What it cannot know
 * then is that somebody else has assigned the group, since that reading, to a pair
 * that others had before.
 */
export class GroupAssignments {
  readonly #aws: AwsReads;
  readonly #inventory: InventoryStore;
  readonly #organizationId: string;
  readonly #now: string;
  readonly #mostPairs: number;
  #pairs: Promise<AssignmentPair[]> | undefined;
  #shared: Promise<Map<string, AccountAssignment[]>> | undefined;

  constructor(options: {
    aws: AwsReads;
    inventory: InventoryStore;
    organizationId: string;
    /** The database's present moment. */
    now: string;
    /** How many pairs are looked at one by one at most. Default: 500. */
    mostPairs?: number;
  }) {
    this.#aws = options.aws;
    this.#inventory = options.inventory;
    this.#organizationId = options.organizationId;
    this.#now = options.now;
    this.#mostPairs = options.mostPairs ?? MOST_PAIRS;
  }

  /**
   * @param group - its ids in Entra and in the identity store
   * @throws CloudError, of kind `retryLater` where too little is known to look at
   *   less than everything
   */
  async of(group: {
    entraGroupId: string;
    storeGroupId: string;
  }): Promise<AccountAssignment[]> {
    const { storeGroupId } = group;
    const listed = await unlessDenied(() =>
      collectPages(this.#aws.listAssignmentsOfPrincipal('GROUP', storeGroupId)),
    );
    if (listed) return listed;
    this.#pairs ??= this.#listPairs();
    const pairs = await this.#pairs;
    if (pairs.length <= this.#mostPairs) {
      this.#shared ??= this.#look(pairs);
      return (await this.#shared).get(storeGroupId) ?? [];
    }
    this.#shared ??= this.#lookAtNewOnes(pairs);
    const inNewOnes = (await this.#shared).get(storeGroupId) ?? [];
    const there = new Set(pairs.map(keyOf));
    const [known] = await this.#inventory.facts.findGroups(
      this.#organizationId,
      [group.entraGroupId],
    );
    const stillThere = (known?.assignments ?? []).filter(pair =>
      there.has(keyOf(pair)),
    );
    const inKnownOnes = (await this.#look(stillThere)).get(storeGroupId) ?? [];
    // What we assigned ourselves since the reading is known, with a pair that is new.
    const all = [...inNewOnes, ...inKnownOnes];
    return [...new Map(all.map(one => [keyOf(one), one])).values()];
  }

  async #listPairs(): Promise<AssignmentPair[]> {
    const pairs: AssignmentPair[] = [];
    const arns = await collectPages(this.#aws.listPermissionSetArns());
    await forEachConcurrently(arns, async permissionSetArn => {
      const accountIds = await unlessMissing(() =>
        collectPages(
          this.#aws.listAccountIdsWithPermissionSet(permissionSetArn),
        ),
      );
      for (const accountId of accountIds ?? []) {
        pairs.push({ accountId, permissionSetArn });
      }
    });
    return pairs;
  }

  async #lookAtNewOnes(pairs: AssignmentPair[]) {
    await this.#requireReading();
    const unknown = await this.#inventory.facts.listUnknownPairs(
      this.#organizationId,
      pairs,
    );
    if (unknown.length > this.#mostPairs) {
      throw this.#cannotKnow(`${unknown.length} pairs are new since then`);
    }
    return this.#look(unknown);
  }

  async #requireReading(): Promise<void> {
    const parts = await this.#inventory.getParts(this.#organizationId);
    const asOf = parts.find(({ part }) => part === 'assignments')?.asOf;
    if (!asOf) throw this.#cannotKnow('it has not been read yet');
    const hours = (Date.parse(this.#now) - Date.parse(asOf)) / 3_600_000;
    if (hours > MOST_HOURS) throw this.#cannotKnow(`it is from ${asOf}`);
  }

  #cannotKnow(why: string): CloudError {
    return new CloudError({
      kind: 'retryLater',
      cloud: 'aws',
      operation: 'sso-admin:ListAccountAssignmentsForPrincipal',
      code: 'TooMuchToLookAt',
      cloudMessage: why,
      plainWords:
        'A delegated administrator may not ask AWS what a group has, and needs a recent inventory of who is assigned where instead',
    });
  }

  /** By principal; those of groups. */
  async #look(pairs: AssignmentPair[]) {
    const found = new Map<string, AccountAssignment[]>();
    await forEachConcurrently(
      pairs,
      async ({ accountId, permissionSetArn }) => {
        const assignments = await unlessMissing(() =>
          collectPages(this.#aws.listAssignments(accountId, permissionSetArn)),
        );
        for (const assignment of assignments ?? []) {
          if (assignment.principalType !== 'GROUP') continue;
          const others = found.get(assignment.principalId);
          if (others) others.push(assignment);
          else found.set(assignment.principalId, [assignment]);
        }
      },
    );
    return found;
  }
}

function keyOf({ accountId, permissionSetArn }: AssignmentPair): string {
  return `${accountId}/${permissionSetArn}`;
}
