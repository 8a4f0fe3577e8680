import { MOST_TOGETHER } from './readsTogether';

interface Waiting {
  path: string;
  resolve: (body: any) => void;
  reject: (error: unknown) => void;
}

/** How reads leave; each of `together` succeeds or fails by itself. */
export interface GraphReadSender {
  one(path: string): Promise<any>;
  together(paths: string[]): Promise<Array<PromiseSettledResult<any>>>;
}

/**
 * Sends reads that are asked for in the same turn of the event loop together,
 * twenty in a call: groups and people are looked up by the dozen, and each call
 * has a price in time. Nobody waits for others to come.
 */
export class GraphReads {
  readonly #sender: GraphReadSender;
  #waiting: Waiting[] = [];

  constructor(sender: GraphReadSender) {
    this.#sender = sender;
  }

  read(path: string): Promise<any> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#send());
      this.#waiting.push({ path, resolve, reject });
    });
  }

  #send(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let start = 0; start < waiting.length; start += MOST_TOGETHER) {
      const some = waiting.slice(start, start + MOST_TOGETHER);
      if (some.length > 1) void this.#sendTogether(some);
      else this.#sender.one(some[0].path).then(some[0].resolve, some[0].reject);
    }
  }

  async #sendTogether(some: Waiting[]): Promise<void> {
    try {
      const results = await this.#sender.together(some.map(({ path }) => path));
      results.forEach((result, index) => {
        if (result.status === 'fulfilled') some[index].resolve(result.value);
        else some[index].reject(result.reason);
      });
    } catch (error) {
      for (const { reject } of some) reject(error);
    }
  }
}
