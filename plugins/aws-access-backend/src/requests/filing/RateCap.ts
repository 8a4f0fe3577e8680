import { CustomErrorBase } from '@backstage/errors';
import { RateStore } from '../stores/RateStore';

/** Somebody asks more often than is accepted; HTTP 429. */
export class TooManyRequestsError extends CustomErrorBase {
  name = 'TooManyRequestsError' as const;
  /** Read by the portal's error middleware. */
  readonly statusCode = 429;
}

/** What each person may do so often in a minute. */
export interface RateCaps {
  /** Plans that are worked out and not stored. */
  previews: RateCap;
  comments: RateCap;
  /** Filings that the policy denies: they count as no open request. */
  denials: RateCap;
}

/**
 * How often a person may do something in one minute of the database's clock
 * (security rule 33), across all replicas.
 */
export class RateCap {
  readonly #rates: RateStore;
  readonly #kind: string;
  readonly #perMinute: number;
  readonly #what: string;

  /** @param options.what - in the plural, for people */
  constructor(options: {
    rates: RateStore;
    kind: string;
    perMinute: number;
    what: string;
  }) {
    this.#rates = options.rates;
    this.#kind = options.kind;
    this.#perMinute = options.perMinute;
    this.#what = options.what;
  }

  /** @throws TooManyRequestsError when the person has used up their minute */
  async count(userRef: string): Promise<void> {
    const count = await this.#rates.count(this.#kind, userRef);
    if (count > this.#perMinute) {
      throw new TooManyRequestsError(
        `Only ${this.#perMinute} ${
          this.#what
        } a minute are accepted from one person. Wait a moment and try again.`,
      );
    }
  }
}
