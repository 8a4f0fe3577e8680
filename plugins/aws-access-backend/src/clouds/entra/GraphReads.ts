import { MOST_TOGETHER } from './readsTogether';

/** A read that nobody has sent yet. */
export interface WaitingRead {
  path: string;
  resolve(body: any): void;
  reject(error: unknown): void;
}

/**
 * Sends reads that wait at the same time together, twenty in a call: groups and
 * people are looked up by the dozen, and each call has a price in time. Nobody
 * waits for others to come; what has to wait for its place in the rate anyway
 * takes along what has come until then.
 */
export class GraphReads {
  readonly #send: (take: () => WaitingRead[]) => void;
  #waiting: WaitingRead[] = [];
  /** Calls that wait for their turn: just enough for the reads that wait. */
  #calls = 0;

  /**
   * @param send - waits for its turn and then takes reads, one at least, and
   *   settles each of them
   */
  constructor(send: (take: () => WaitingRead[]) => void) {
    this.#send = send;
  }

  read(path: string): Promise<any> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ path, resolve, reject });
      // Later, so that one call is enough for all that are asked for now.
      setImmediate(() => this.#call());
    });
  }

  #call(): void {
    while (this.#calls * MOST_TOGETHER < this.#waiting.length) {
      this.#calls++;
      this.#send(() => {
        this.#calls--;
        return this.#waiting.splice(0, MOST_TOGETHER);
      });
    }
  }
}
