import { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as delay } from 'node:timers/promises';
import { OrganizationClouds } from '../clouds/OrganizationClouds';
import { RootStores } from '../database/Stores';
import { askCloud, CLOUDS, CloudName, SaidPins } from './askCloud';
import { comparePins } from './comparePins';
import { Claim } from './OrganizationStore';
import { Contact, recordContact } from './recordContact';

/**
 * So long a new claim waits for both clouds before it goes on with the one that has
 * answered. A cloud that is well answers within a second; one that does not answer
 * keeps its client busy for minutes.
 */
const PATIENCE_MS = 2_000;

/** What keeping contact needs. */
export interface ContactKeeperOptions {
  organizationId: string;
  stores: Pick<RootStores, 'organizations' | 'transaction'>;
  clouds: () => OrganizationClouds;
  logger: LoggerService;
  /** Milliseconds from one look at a cloud that was the same to the next. */
  everyMs: number;
  /** Milliseconds to wait after the n-th time that a cloud has not said it. */
  waitAfter: (failures: number) => number;
  /** There may be work that had to wait. */
  wake: () => void;
}

/** Why nothing may be done in a cloud yet. */
export interface NotCompared {
  /** Why all writes are held; null = they are not. */
  held: string | null;
  /** What became of asking it; undefined = it is being asked. */
  problem: unknown;
  retryInMs: number;
}

interface Asked {
  running?: Promise<void>;
  said?: SaidPins;
  problem?: unknown;
  failures: number;
  /** By `performance.now()`. */
  nextAt: number;
}

/**
 * Compares the clouds of an organization with those of first contact under each
 * claim, before anything is done in them, and now and then beside the work (security
 * rule 23). Each cloud by itself: one that does not answer must not keep access of
 * the other from ending. One that is another holds both, in the database.
 */
export class ContactKeeper {
  readonly #options: ContactKeeperOptions;
  #epoch: number | undefined;
  #asked: Record<CloudName, Asked> = nothingAsked();
  #contact: Contact | undefined;
  #recording: Promise<unknown> = Promise.resolve();

  constructor(options: ContactKeeperOptions) {
    this.#options = options;
  }

  /** Whether something may be done at all, in one cloud at least. */
  get mayWork(): boolean {
    return CLOUDS.some(cloud => this.mayWorkIn(cloud));
  }

  /** Whether something may be done in all of these. */
  mayWorkIn(...clouds: CloudName[]): boolean {
    return !this.#isHeld && clouds.every(cloud => !this.whyNot(cloud));
  }

  /** Why a cloud has not said what it is to be compared by; undefined = none is known. */
  get problem(): unknown {
    return CLOUDS.map(cloud => this.whyNot(cloud)?.problem).find(Boolean);
  }

  get #isHeld(): boolean {
    return this.#contact !== undefined && this.#contact.held !== null;
  }

  /** Undefined = under this claim the cloud has said that it is the same. */
  whyNot(cloud: CloudName): NotCompared | undefined {
    const { said, problem, failures } = this.#asked[cloud];
    const isSame =
      said && this.#contact && !comparePins(this.#contact.pins, said);
    if (isSame) return undefined;
    return {
      held: this.#contact?.held ?? null,
      problem,
      retryInMs: this.#options.waitAfter(failures + 1),
    };
  }

  /**
   * Asks what is to be asked now. It waits for the answers, for a moment, where
   * there is nothing to do without them; never for long, and never throws.
   */
  async keep(claim: Claim): Promise<void> {
    const isNew = this.#epoch !== claim.epoch;
    if (isNew) {
      this.#epoch = claim.epoch;
      this.#asked = nothingAsked();
      this.#contact = undefined;
    }
    for (const cloud of CLOUDS) {
      const asked = this.#asked[cloud];
      // What holds all writes is looked at again and again.
      const isUrgent = this.#isHeld && asked.problem === undefined;
      const isDue = isUrgent || performance.now() >= asked.nextAt;
      if (isDue && !asked.running) {
        asked.running = this.#ask(cloud, asked).finally(() => {
          asked.running = undefined;
        });
      }
    }
    if (isNew || !this.mayWork) await this.#answersWithin(PATIENCE_MS);
  }

  async #answersWithin(milliseconds: number): Promise<void> {
    const answers = CLOUDS.flatMap(cloud => this.#asked[cloud].running ?? []);
    const over = new AbortController();
    await Promise.race([
      Promise.all(answers),
      delay(milliseconds, undefined, { signal: over.signal }).catch(() => {}),
    ]);
    over.abort();
  }

  async #ask(cloud: CloudName, asked: Asked): Promise<void> {
    const { clouds, everyMs, waitAfter, wake } = this.#options;
    const before = this.#describe();
    try {
      const said = await askCloud(clouds(), cloud);
      // One after the other: each is compared together with what is known before.
      const recorded = this.#recording.then(() => this.#record(asked, said));
      this.#recording = recorded.catch(() => {});
      await recorded;
      asked.failures = 0;
      asked.problem = undefined;
      asked.nextAt = performance.now() + everyMs;
    } catch (error) {
      asked.failures += 1;
      this.#tell(cloud, asked, error);
      asked.problem = error;
      asked.nextAt =
        performance.now() + (asked.said ? everyMs : waitAfter(asked.failures));
    }
    if (this.#describe() !== before) wake();
  }

  async #record(asked: Asked, said: SaidPins): Promise<void> {
    const { logger, organizationId, stores } = this.#options;
    asked.said = said;
    // Asked under an earlier claim: who works now asks again.
    if (!Object.values(this.#asked).includes(asked)) return;
    const contact = await recordContact(stores, organizationId, {
      ...this.#asked.aws.said,
      ...this.#asked.entra.said,
    });
    if (!Object.values(this.#asked).includes(asked)) return;
    if (contact?.held && contact.held !== this.#contact?.held) {
      logger.error(`All writes to ${organizationId} are held. ${contact.held}`);
    }
    this.#contact = contact;
  }

  /** What others may do depends on it. */
  #describe(): string {
    const open = CLOUDS.filter(cloud => !this.whyNot(cloud));
    return `${this.#epoch} ${open} ${this.#isHeld}`;
  }

  /** Once for each cause, not at every attempt. */
  #tell(cloud: CloudName, asked: Asked, error: unknown): void {
    if (String(error) === String(asked.problem)) return;
    this.#options.logger.warn(
      `Could not ask ${cloud} of ${
        this.#options.organizationId
      } whether it is the same: ${error}`,
    );
  }
}

function nothingAsked(): Record<CloudName, Asked> {
  return {
    aws: { failures: 0, nextAt: 0 },
    entra: { failures: 0, nextAt: 0 },
  };
}
