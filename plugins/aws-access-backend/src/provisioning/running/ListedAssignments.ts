import { AccountAssignment, AwsReads } from '../../clouds/AwsCloud';
import { CloudError } from '../../clouds/CloudError';
import { collectPages } from '../../clouds/collectPages';

/**
 * Two lists of one principal begin no sooner one after the other, and later when
 * lists take long: they have a page for a hundred assignments, also of those that
 * somebody has through groups, and share the rate with what is written.
 */
const LEAST_BETWEEN_MS = 1_000;
const MOST_BETWEEN_MS = 5_000;
/** A tenth of the time at most is spent on lists. */
const REST = 10;
/** What nobody has asked for since is forgotten. */
const FORGET_AFTER_MS = 60_000;

interface Listing {
  begunAt: number;
  /** When the next one may begin. */
  nextAt: number;
  keys: Promise<ReadonlySet<string>>;
}

/**
 * What AWS lists for whoever gets many assignments: one list for a hundred of
 * them, where a call for each would use up the rate.
 */
export class ListedAssignments {
  static readonly #known = new WeakMap<AwsReads, ListedAssignments>();
  readonly #aws: AwsReads;
  readonly #listings = new Map<string, Listing>();
  #isDenied = false;

  /** The lists that everybody with these clients shares. */
  static of(aws: AwsReads): ListedAssignments {
    let listed = ListedAssignments.#known.get(aws);
    if (!listed) {
      listed = new ListedAssignments(aws);
      ListedAssignments.#known.set(aws, listed);
    }
    return listed;
  }

  private constructor(aws: AwsReads) {
    this.#aws = aws;
  }

  /**
   * Whether AWS listed the assignment, in a list that began within the time.
   * Undefined: there is no such list, because AWS does not give it to a delegated
   * administrator, or was asked a moment ago.
   *
   * @throws CloudError
   */
  async has(
    assignment: AccountAssignment,
    withinMs: number,
  ): Promise<boolean | undefined> {
    if (this.#isDenied) return undefined;
    const listing = this.#find(assignment, withinMs);
    if (!listing) return undefined;
    try {
      return (await listing.keys).has(placeOf(assignment));
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind !== 'permanent') {
        throw error;
      }
      this.#isDenied = true;
      return undefined;
    }
  }

  #find(
    { principalType, principalId }: AccountAssignment,
    withinMs: number,
  ): Listing | undefined {
    const now = performance.now();
    for (const [principal, { begunAt }] of this.#listings) {
      if (now - begunAt > FORGET_AFTER_MS) this.#listings.delete(principal);
    }
    const last = this.#listings.get(principalId);
    if (last && now - last.begunAt <= withinMs) return last;
    if (last && now < last.nextAt) return undefined;
    const listing: Listing = {
      begunAt: now,
      nextAt: now + MOST_BETWEEN_MS,
      keys: this.#list(principalType, principalId),
    };
    listing.keys.then(
      () => {
        listing.nextAt = now + between(performance.now() - now);
      },
      () => this.#listings.delete(principalId),
    );
    this.#listings.set(principalId, listing);
    return listing;
  }

  async #list(
    principalType: AccountAssignment['principalType'],
    principalId: string,
  ): Promise<ReadonlySet<string>> {
    const pages = this.#aws.listAssignmentsOfPrincipal(
      principalType,
      principalId,
    );
    return new Set((await collectPages(pages)).map(placeOf));
  }
}

function between(tookMs: number): number {
  return Math.min(MOST_BETWEEN_MS, Math.max(LEAST_BETWEEN_MS, REST * tookMs));
}

function placeOf({ accountId, permissionSetArn }: AccountAssignment): string {
  return `${accountId} ${permissionSetArn}`;
}
