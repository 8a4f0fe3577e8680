import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/**
 * The part of Entra that a decision asks: whether people are enabled. Whatever
 * else is asked finds nothing listening.
 */
export class FakePeople {
  /** Entra object ids of people who are disabled. */
  readonly disabled = new Set<string>();
  /** Answers nobody. */
  isAway = false;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const id = /\/users\/([^/?]+)\?/.exec(request.url ?? '')?.[1];
      if (!id || this.isAway) {
        request.socket.destroy();
        return;
      }
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          id,
          userPrincipalName: `${id}@parcel.example`,
          displayName: null,
          accountEnabled: !this.disabled.has(id),
        }),
      );
    });
  }

  static async start(): Promise<FakePeople> {
    const people = new FakePeople();
    // A world that does not start leaves nothing running.
    people.#server.unref();
    await new Promise<void>(resolve => {
      people.#server.listen(0, '127.0.0.1', resolve);
    });
    return people;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}
