import { setTimeout as delay } from 'node:timers/promises';

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
      const wait = this.#choices.chance(70)
        ? this.#choices.number(100, 2_000)
        : this.#choices.number(2_000, 8_000);
      const claimPasses = this.#choices.chance(75);
      await this.#rest(wait);
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
