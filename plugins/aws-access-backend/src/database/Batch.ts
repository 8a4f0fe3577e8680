/**
 * Answers many questions that are asked in the same turn of the event loop with
 * one question: a page of requests asks of each row what one query can say of
 * all. Nothing is kept from one turn to the next.
 */
export class Batch<Key, Value> {
  readonly #ask: (keys: Key[]) => Promise<Map<Key, Value>>;
  #keys: Set<Key> | undefined;
  #answer: Promise<Map<Key, Value>> | undefined;

  constructor(ask: (keys: Key[]) => Promise<Map<Key, Value>>) {
    this.#ask = ask;
  }

  async load(key: Key): Promise<Value | undefined> {
    if (!this.#keys) {
      const keys = new Set<Key>();
      this.#keys = keys;
      this.#answer = new Promise(resolve => setImmediate(resolve)).then(() => {
        this.#keys = undefined;
        return this.#ask([...keys]);
      });
    }
    this.#keys.add(key);
    return (await this.#answer!).get(key);
  }

  async loadAll(keys: Key[]): Promise<Value[]> {
    const values = await Promise.all(keys.map(key => this.load(key)));
    return values.filter(value => value !== undefined);
  }
}
