import { setTimeout as delay } from 'node:timers/promises';

/** From the first reads to work that is well under way, in percent of a start. */
const WAITS = [
  [10, 200],
  [10, 200],
  [10, 200],
  [200, 600],
  [200, 600],
  [600, 1_200],
  [1_200, 3_000],
];

/** Kills one backend at random moments, and starts it anew. */
export class KillingHand {
  #backend;
  #database;
  #choices;
  #running;
  #ended = new AbortController();
  /** Why it stopped by itself. */
  failure = undefined;
  kills = 0;
  /** Kills while a step was being carried out, and with a write of unknown outcome. */
  midStep = 0;
  midWrite = 0;

  constructor({ backend, database, choices }) {
    this.#backend = backend;
    this.#database = database;
    this.#choices = choices;
  }

  start() {
    this.#running = this.#work().catch(error => {
      this.failure = error;
    });
  }

  /** Leaves it running. */
  async stop() {
    this.#ended.abort();
    await this.#running;
  }

  async #work() {
    while (!this.#ended.signal.aborted) {
      // In shares of a start: what a backend can do until then is the same on a
      // machine that is busy.
      const [least, most] = this.#choices.one(WAITS);
      const percent = this.#choices.number(least, most);
      const claimPasses = this.#choices.chance(60);
      await this.#rest((this.#backend.startMs * percent) / 100);
      if (this.#ended.signal.aborted) break;
      await this.#backend.kill();
      this.kills += 1;
      const { running, unknown } = await this.#database.lookAtWork();
      this.midStep += running > 0 ? 1 : 0;
      this.midWrite += unknown > 0 ? 1 : 0;
      if (claimPasses) await this.#database.passClaim();
      await this.#backend.start();
    }
  }

  async #rest(milliseconds) {
    await delay(milliseconds, undefined, { signal: this.#ended.signal }).catch(
      () => {},
    );
  }
}
