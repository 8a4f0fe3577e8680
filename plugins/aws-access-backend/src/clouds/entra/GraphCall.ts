import {
  Context,
  Middleware,
  MiddlewareOptions,
} from '@microsoft/microsoft-graph-client';
import { CloudWrite, CloudWriteGate, Sealing } from '../CloudWriteGate';
import { redeemNow } from '../sealedInTurn';
import { isBatch, isBatchOfReads } from './readsTogether';

/** Travels with one request through the client's middleware. */
export class GraphCall implements MiddlewareOptions {
  /** Present on writes: what is about to be sent, and the right to send it. */
  readonly write: { seal: Sealing | undefined; write: CloudWrite } | undefined;
  /**
   * What a later middleware threw. Graph's client wraps it into an error of its
   * own and loses its cause, by which we tell a network fault from a defect.
   */
  thrown: unknown;

  constructor(write?: { seal: Sealing | undefined; write: CloudWrite }) {
    this.write = write;
  }
}

/**
 * Adds the bearer token. Graph's own handler sends none over http, which the
 * sandbox on this machine uses; the configuration admits http nowhere else.
 */
export class BearerMiddleware implements Middleware {
  readonly #getToken: () => Promise<string>;
  #next: Middleware | undefined;

  constructor(getToken: () => Promise<string>) {
    this.#getToken = getToken;
  }

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const call = callOf(context);
    try {
      const headers = new Headers(context.options?.headers as HeadersInit);
      headers.set('Authorization', `Bearer ${await this.#getToken()}`);
      context.options = {
        ...context.options,
        headers: Object.fromEntries(headers),
      };
      await this.#next!.execute(context);
    } catch (error) {
      if (call) call.thrown = error;
      throw error;
    }
  }
}

/**
 * The gate (security rule 19): whatever is not a GET, or a batch of nothing but
 * GETs, leaves only when it can redeem a seal for exactly this write. It comes
 * last, after the token: nothing waits between the seal and the network.
 */
export class GateMiddleware implements Middleware {
  readonly #gate: CloudWriteGate;
  #next: Middleware | undefined;

  constructor(gate: CloudWriteGate) {
    this.#gate = gate;
  }

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const method = context.options?.method ?? 'GET';
    const isRead =
      method === 'GET' ||
      isBatchOfReads(String(context.request), context.options?.body);
    if (!isRead) {
      // A batch of anything else has no authorization that could be for it.
      const write = isBatch(String(context.request))
        ? undefined
        : callOf(context)?.write;
      await redeemNow(
        'entra',
        this.#gate,
        write?.seal,
        write?.write ?? { operation: `graph:${method}`, input: {} },
      );
    }
    await this.#next!.execute(context);
  }
}

function callOf(context: Context): GraphCall | undefined {
  return context.middlewareControl?.getMiddlewareOptions(GraphCall) as
    | GraphCall
    | undefined;
}
