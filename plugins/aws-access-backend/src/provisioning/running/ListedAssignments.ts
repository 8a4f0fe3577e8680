import { AccountAssignment, AwsReads } from '../../clouds/AwsCloud';
import { CloudError } from '../../clouds/CloudError';
import { collectPages } from '../../clouds/collectPages';

/**
 * Two lists of one principal begin no sooner one after the other, and later when
 * lists take long: they have a page for a hundred assignments, also of those that
 * somebody has through groups, and share the rate with what is written.
 */
const LEAST_BETWEEN_MS = 1_000;
const MOST_BETWEEN_MS = 3_500;
/** A tenth of the time at most is spent on lists. */
const REST = 10;
/** The next one is made beside the one in use, so long before that is too old. */
const REFRESH_BEFORE_MS = 500;
/** What is so old is forgotten. */
const FORGET_AFTER_MS = 60_000;

/** Whose assignments one list tells of. */
export type Principal = Pick<
  AccountAssignment,
  'principalType' | 'principalId'
>;

/** Of whom the list with this assignment tells. */
export function principalOf({
  principalType,
  principalId,
}: AccountAssignment): Principal {
  return { principalType, principalId };
}

interface Listing {
  begunAt: number;
  /** Undefined: AWS does not give it. */
  places: Promise<ReadonlySet<string> | undefined>;
}

interface Known {
  last?: { begunAt: number; tookMs: number; places: ReadonlySet<string> };
  /** Being read. */
  next?: Listing;
  /** When another one may begin by itself. */
  nextAt: number;
}

/**
 * What AWS lists for whoever gets many assignments: one list for a hundred of
 * them, where a call for each would use up the rate. AWS does not give it to a
 * delegated administrator.
 */
export class ListedAssignments {
  static readonly #shared = new WeakMap<AwsReads, ListedAssignments>();
  readonly #aws: AwsReads;
  readonly #known = new Map<string, Known>();
  #isDenied = false;

  /** The lists that everybody with these clients shares. */
  static of(aws: AwsReads): ListedAssignments {
    let listed = ListedAssignments.#shared.get(aws);
    if (!listed) {
      listed = new ListedAssignments(aws);
      ListedAssignments.#shared.set(aws, listed);
    }
    return listed;
  }

  private constructor(aws: AwsReads) {
    this.#aws = aws;
  }

  /** Whether AWS has refused to list what principals have. */
  get isDenied(): boolean {
    return this.#isDenied;
  }

  /** When the youngest complete list of the principal began, by `performance.now()`. */
  lastOf({ principalId }: Principal): number | undefined {
    return this.#known.get(principalId)?.last?.begunAt;
  }

  /**
   * Whether AWS listed the assignment, in a list that began within the time.
   * Undefined: there is no such list, because AWS does not give it, or was asked a
   * moment ago.
   *
   * @throws CloudError
   */
  async has(
    assignment: AccountAssignment,
    withinMs: number,
  ): Promise<boolean | undefined> {
    if (this.#isDenied) return undefined;
    const {
      last,
      next,
      nextAt = 0,
    } = this.#known.get(assignment.principalId) ?? {};
    const now = performance.now();
    if (last && now - last.begunAt <= withinMs) {
      const before = Math.max(REFRESH_BEFORE_MS, 2 * last.tookMs);
      const isOld = now - last.begunAt > withinMs - before;
      if (isOld && !next && now >= nextAt) this.#begin(assignment);
      return last.places.has(placeOf(assignment));
    }
    if (next && now - next.begunAt <= withinMs) {
      return (await next.places)?.has(placeOf(assignment));
    }
    if (now < nextAt) return undefined;
    return (await this.#begin(assignment).places)?.has(placeOf(assignment));
  }

  /**
   * The same, in a list that began at the moment or later, which is made where
   * there is none. Undefined: AWS does not give it.
   *
   * @param since - by `performance.now()`
   * @throws CloudError
   */
  async hasSince(
    assignment: AccountAssignment,
    since: number,
  ): Promise<boolean | undefined> {
    const places = await this.listSince(assignment, since);
    return places?.has(placeOf(assignment));
  }

  /** Begins a list in the background, unless there is one or was a moment ago. */
  refresh(principal: Principal): void {
    const { next, nextAt = 0 } = this.#known.get(principal.principalId) ?? {};
    if (this.#isDenied || next || performance.now() < nextAt) return;
    this.#begin(principal);
  }

  /** Makes a list unless there is one that began at the moment or later. */
  async listSince(
    principal: Principal,
    since: number,
  ): Promise<ReadonlySet<string> | undefined> {
    if (this.#isDenied) return undefined;
    const { last, next } = this.#known.get(principal.principalId) ?? {};
    if (last && last.begunAt >= since) return last.places;
    if (next && next.begunAt >= since) return next.places;
    return this.#begin(principal).places;
  }

  #begin({ principalType, principalId }: Principal): Listing {
    const begunAt = performance.now();
    for (const [id, { last, next }] of this.#known) {
      const at = Math.max(last?.begunAt ?? 0, next?.begunAt ?? 0);
      if (begunAt - at > FORGET_AFTER_MS) this.#known.delete(id);
    }
    const known: Known = this.#known.get(principalId) ?? { nextAt: 0 };
    this.#known.set(principalId, known);
    const listing = {
      begunAt,
      places: this.#list({ principalType, principalId }),
    };
    known.next = listing;
    known.nextAt = begunAt + MOST_BETWEEN_MS;
    const end = () => {
      if (known.next === listing) known.next = undefined;
    };
    listing.places.then(places => {
      end();
      const tookMs = performance.now() - begunAt;
      known.nextAt = begunAt + between(tookMs);
      if (places && begunAt >= (known.last?.begunAt ?? 0)) {
        known.last = { begunAt, tookMs, places };
      }
    }, end);
    return listing;
  }

  async #list({
    principalType,
    principalId,
  }: Principal): Promise<ReadonlySet<string> | undefined> {
    const pages = this.#aws.listAssignmentsOfPrincipal(
      principalType,
      principalId,
    );
    try {
      return new Set((await collectPages(pages)).map(placeOf));
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind !== 'permanent') {
        throw error;
      }
      this.#isDenied = true;
      return undefined;
    }
  }
}

function between(tookMs: number): number {
  return Math.min(MOST_BETWEEN_MS, Math.max(LEAST_BETWEEN_MS, REST * tookMs));
}

function placeOf({ accountId, permissionSetArn }: AccountAssignment): string {
  return `${accountId} ${permissionSetArn}`;
}
