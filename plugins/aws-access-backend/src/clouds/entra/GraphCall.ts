import {
  Context,
  Middleware,
  MiddlewareOptions,
} from '@microsoft/microsoft-graph-client';
import { CloudError } from '../CloudError';
import { CloudWrite, CloudWriteGate, SealedWrite } from '../CloudWriteGate';
import { isBatch, isBatchOfReads } from './readsTogether';

/** Travels with one request through the client's middleware. */
export class GraphCall implements MiddlewareOptions {
  /** Present on writes: what is about to be sent, and the right to send it. */
  readonly write: { seal: SealedWrite; write: CloudWrite } | undefined;
  /**
   * What a later middleware threw. Graph's client wraps it into an error of its
   * own and loses its cause, by which we tell a network fault from a defect.
   */
  thrown: unknown;

  constructor(write?: { seal: SealedWrite; write: CloudWrite }) {
    this.write = write;
  }
}

/**
 * The gate (security rule 19): whatever is not a GET, or a batch of nothing but
 * GETs, leaves only when it can redeem a seal for exactly this write.
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
    const call = context.middlewareControl?.getMiddlewareOptions(GraphCall) as
      | GraphCall
      | undefined;
    try {
      const method = context.options?.method ?? 'GET';
      const isRead =
        method === 'GET' ||
        isBatchOfReads(String(context.request), context.options?.body);
      // A batch of anything else has no authorization that could be for it.
      if (!isRead && isBatch(String(context.request))) this.#redeem(method);
      else if (!isRead) this.#redeem(method, call);
      await this.#next!.execute(context);
    } catch (error) {
      if (call) call.thrown = error;
      throw error;
    }
  }

  #redeem(method: string, call?: GraphCall): void {
    const write = call?.write?.write ?? {
      operation: `graph:${method}`,
      input: {},
    };
    try {
      this.#gate.redeem(call?.write?.seal, write);
    } catch (error) {
      throw new CloudError({
        kind: 'permanent',
        cloud: 'entra',
        operation: write.operation,
        code: 'WriteRefused',
        cloudMessage: '',
        plainWords: (error as Error).message,
        cause: error,
      });
    }
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
    const headers = new Headers(context.options?.headers as HeadersInit);
    headers.set('Authorization', `Bearer ${await this.#getToken()}`);
    context.options = {
      ...context.options,
      headers: Object.fromEntries(headers),
    };
    await this.#next!.execute(context);
  }
}
