import { CloudsProvider } from '../clouds/OrganizationClouds';

/**
 * Holds up the first call of one method of the clouds, or of their gate, until it
 * is told to go on: a worker that is paused at exactly that point. A write is
 * held up between its seal and the wire.
 */
export class Pause {
  readonly #method: string;
  #used = false;
  #arrive!: () => void;
  /** Resolves when the call has come. */
  readonly reached = new Promise<void>(resolve => {
    this.#arrive = resolve;
  });
  goOn!: () => void;
  readonly #gone = new Promise<void>(resolve => {
    this.goOn = resolve;
  });

  constructor(method: string) {
    this.#method = method;
  }

  clouds(provider: CloudsProvider): CloudsProvider {
    return {
      forOrganization: id => {
        const { aws, entra, gate } = provider.forOrganization(id);
        return {
          aws: this.#wrap(aws),
          entra: this.#wrap(entra),
          gate: this.#wrap(gate),
        };
      },
    };
  }

  #wrap<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, name) => {
        const value = (target as any)[name];
        if (typeof value !== 'function') return value;
        if (name !== this.#method) return value.bind(target);
        return async (...args: unknown[]) => {
          if (!this.#used) {
            this.#used = true;
            const [seal, ...others] = args;
            const sealed = typeof seal === 'function' && (await seal());
            this.#arrive();
            await this.#gone;
            if (sealed)
              return value.call(target, async () => sealed, ...others);
          }
          return value.apply(target, args);
        };
      },
    });
  }
}
