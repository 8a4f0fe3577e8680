import {
  CloudsProvider,
  OrganizationClouds,
} from '../clouds/OrganizationClouds';
import { RootStores, Stores } from '../database/Stores';

/** Statements of stores that commit by themselves when no transaction is open. */
const COMMITTING = new Set([
  'begin',
  'recordAnswer',
  'markRemoved',
  'release',
  'claim',
]);

const CLOUD_WRITES = new Set([
  'createGroup',
  'addMember',
  'removeMember',
  'deleteGroup',
  'assignGroupToApplication',
  'removeApplicationAssignment',
  'provisionOnDemand',
  'createAccountAssignment',
  'deleteAccountAssignment',
  'createPermissionSet',
  'editPermissionSet',
  'provisionPermissionSet',
  'deletePermissionSet',
]);

/** Calls in a transaction after which a commit has nothing to keep. */
const CHANGES_NOTHING = /^(fence|get|list|find|count|now|is|lock)/;

type Place = 'commit' | 'cloudWrite';

/** The process that asked is dead; nothing it does reaches anything any more. */
export class CrashError extends Error {
  constructor() {
    super('This process has died');
    this.name = 'CrashError';
  }
}

/**
 * Lets everything that works through its wrappers die at one exact point: before
 * or after the n-th commit or the n-th cloud write, n from 1. Commits that keep
 * nothing are not counted, nor renewals of a claim: whoever dies there leaves the
 * same behind as at the commit before. From then on every
 * store and every cloud fails for it, as if the process were gone; what was
 * committed or written stays.
 */
export class CrashPoint {
  readonly #where: { at: Place; n: number; side: 'before' | 'after' };
  #counts = { commit: 0, cloudWrite: 0 };
  #dead = false;
  #reached = false;
  #hasClaimed = false;
  #onDeath!: () => void;
  /** Resolves at the moment of death. */
  readonly death = new Promise<void>(resolve => {
    this.#onDeath = resolve;
  });

  constructor(where: { at: Place; n: number; side: 'before' | 'after' }) {
    this.#where = where;
  }

  /** False: the work was finished before the point was reached. */
  get reached(): boolean {
    return this.#reached;
  }

  /** Dies wherever it is, e.g. at the end of a test. */
  kill(): void {
    this.#dead = true;
    this.#onDeath();
  }

  stores(stores: RootStores): RootStores {
    return this.#wrapStores(stores, {
      transaction: async <T>(work: (inner: Stores) => Promise<T>) => {
        this.#requireLife();
        let arrival: number | undefined;
        let isChange = false;
        const onCall = (name: string, answer: unknown) => {
          const tookNothing = Array.isArray(answer) && answer.length === 0;
          isChange ||= !CHANGES_NOTHING.test(name) && !tookNothing;
        };
        const result = await stores.transaction(async inner => {
          const value = await work(this.#wrapStores(inner, {}, onCall));
          // Thrown inside, so that the database rolls back.
          if (isChange) arrival = this.#arrive('commit');
          return value;
        });
        if (arrival !== undefined) this.#leave('commit', arrival);
        return result;
      },
    });
  }

  clouds(provider: CloudsProvider): CloudsProvider {
    return {
      forOrganization: id => {
        const clouds = provider.forOrganization(id);
        return {
          gate: clouds.gate,
          aws: this.#wrapCloud(clouds.aws),
          entra: this.#wrapCloud(clouds.entra),
        } satisfies OrganizationClouds;
      },
    };
  }

  #wrapStores<T extends object>(
    target: T,
    replaced: object,
    /** Told of calls in a transaction; undefined = there is none. */
    onCall?: (name: string, answer: unknown) => void,
  ): T {
    return new Proxy(target, {
      get: (_, name) => {
        const value = (replaced as any)[name] ?? (target as any)[name];
        if (typeof value === 'object' && value !== null) {
          return this.#wrapStores(value, {}, onCall);
        }
        if (typeof value !== 'function') return value;
        if (name === 'transaction') return value;
        return async (...args: unknown[]) => {
          this.#requireLife();
          const call = () => value.apply(target, args);
          if (onCall) {
            const answer = await call();
            onCall(String(name), answer);
            return answer;
          }
          return this.#isCommit(String(name))
            ? this.#pass('commit', call)
            : call();
        };
      },
    });
  }

  #isCommit(name: string): boolean {
    if (name !== 'claim') return COMMITTING.has(name);
    const isFirst = !this.#hasClaimed;
    this.#hasClaimed = true;
    return isFirst;
  }

  #wrapCloud<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, name) => {
        const value = (target as any)[name];
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          this.#requireLife();
          const call = () => value.apply(target, args);
          return CLOUD_WRITES.has(String(name))
            ? this.#pass('cloudWrite', call)
            : call();
        };
      },
    });
  }

  async #pass<T>(at: Place, call: () => Promise<T>): Promise<T> {
    const arrival = this.#arrive(at);
    const result = await call();
    this.#leave(at, arrival);
    return result;
  }

  #arrive(at: Place): number {
    this.#requireLife();
    this.#counts[at] += 1;
    this.#dieAt(at, this.#counts[at], 'before');
    return this.#counts[at];
  }

  #leave(at: Place, arrival: number): void {
    this.#requireLife();
    this.#dieAt(at, arrival, 'after');
  }

  #dieAt(at: Place, n: number, side: 'before' | 'after'): void {
    const where = this.#where;
    if (where.at === at && where.side === side && where.n === n) {
      this.#reached = true;
      this.kill();
      throw new CrashError();
    }
  }

  #requireLife(): void {
    if (this.#dead) throw new CrashError();
  }
}
