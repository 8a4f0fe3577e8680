import {
  Client,
  HTTPMessageHandler,
  ResponseType,
} from '@microsoft/microsoft-graph-client';
import { setTimeout as delay } from 'node:timers/promises';
import { CloudError } from '../CloudError';
import { CloudWrite, CloudWriteGate, SealedWrite } from '../CloudWriteGate';
import { CallPurpose, RequestLimiter } from '../RequestLimiter';
import { unlessMissing } from '../unlessMissing';
import {
  classifyGraphFailure,
  classifyGraphRefusal,
} from './classifyEntraError';
import { BearerMiddleware, GateMiddleware, GraphCall } from './GraphCall';

/** A read that Graph throttles or fails is asked for again this often. */
const READ_ATTEMPTS = 6;
/** Doubled with each attempt; Conditional Access throttles without Retry-After. */
const FIRST_BACKOFF_MS = 500;
const LONGEST_WAIT_MS = 60_000;
const TIMEOUT_MS = 30_000;

/** The HTTP request that carries a write out. */
export interface GraphWriteRequest {
  method: 'POST' | 'PATCH' | 'DELETE';
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
}

interface GraphAnswer {
  status: number;
  body: any;
}

/**
 * Microsoft Graph behind the gate: GET is a read, everything else must redeem a
 * seal inside the client's own middleware. Graph's retry handler is left out,
 * because it repeats writes: reads are retried here, writes never (security
 * rule 21).
 */
export class GatedGraphClient {
  readonly #client: Client;
  readonly #root: string;
  readonly #limiter: RequestLimiter;
  readonly #purpose: CallPurpose;

  constructor(options: {
    graphUrl: string;
    getToken: () => Promise<string>;
    gate: CloudWriteGate;
    limiter: RequestLimiter;
    purpose: CallPurpose;
  }) {
    const baseUrl = options.graphUrl.replace(/\/+$/, '');
    const gate = new GateMiddleware(options.gate);
    const bearer = new BearerMiddleware(options.getToken);
    gate.setNext(bearer);
    bearer.setNext(new HTTPMessageHandler());
    this.#client = Client.initWithMiddleware({
      middleware: gate,
      baseUrl,
      defaultVersion: 'v1.0',
    });
    this.#root = `${baseUrl}/v1.0`;
    this.#limiter = options.limiter;
    this.#purpose = options.purpose;
  }

  /** The absolute URL of an object, as references in bodies need it. */
  urlOf(path: string): string {
    return `${this.#root}${path}`;
  }

  /** @throws CloudError */
  async read<Body>(path: string): Promise<Body> {
    for (let attempt = 1; ; attempt++) {
      try {
        return (await this.#send('GET', path, new GraphCall())).body;
      } catch (error) {
        if (
          attempt === READ_ATTEMPTS ||
          !(error instanceof CloudError) ||
          error.kind !== 'retryLater'
        ) {
          throw error;
        }
        await delay(waitBefore(attempt, error.retryAfterMs));
      }
    }
  }

  /** As `read`, but undefined where Graph knows no such object. */
  find<Body>(path: string): Promise<Body | undefined> {
    return unlessMissing(() => this.read<Body>(path));
  }

  /** All pages of a collection, one by one. */
  async *pages<Item>(path: string): AsyncIterable<Item[]> {
    let next: string | undefined = path;
    while (next) {
      const page: { value?: Item[]; '@odata.nextLink'?: string } =
        await this.read(next);
      yield page.value ?? [];
      const link = page['@odata.nextLink'];
      next = link && this.#pathOf(link);
    }
  }

  /**
   * Sends one write, once.
   *
   * @throws CloudError, also when the seal is not for exactly this write
   */
  write(
    seal: SealedWrite,
    write: CloudWrite,
    request: GraphWriteRequest,
  ): Promise<GraphAnswer> {
    return this.#send(
      request.method,
      request.path,
      new GraphCall({ seal, write }),
      request,
    );
  }

  // The token goes where the configuration says, not where an answer says.
  #pathOf(link: string): string {
    if (!link.startsWith(`${this.#root}/`)) {
      throw new CloudError({
        kind: 'permanent',
        cloud: 'entra',
        operation: 'graph:GET',
        code: 'ForeignLink',
        cloudMessage: new URL(link).origin,
        plainWords:
          'Microsoft Graph sent the link to the next page for another address than the configured one',
      });
    }
    return link.slice(this.#root.length);
  }

  #dispatch(
    method: 'GET' | GraphWriteRequest['method'],
    path: string,
    call: GraphCall,
    request?: GraphWriteRequest,
  ) {
    const prepared = this.#client
      .api(path)
      .responseType(ResponseType.RAW)
      .middlewareOptions([call])
      .headers(request?.headers ?? {})
      .options({
        signal: AbortSignal.timeout(TIMEOUT_MS),
        // Nothing that the gate let through may be sent on to another place.
        redirect: 'error',
      });
    switch (method) {
      case 'POST':
        return prepared.post(request?.body);
      case 'PATCH':
        return prepared.patch(request?.body);
      case 'DELETE':
        return prepared.delete();
      default:
        return prepared.get();
    }
  }

  async #send(
    method: 'GET' | GraphWriteRequest['method'],
    path: string,
    call: GraphCall,
    request?: GraphWriteRequest,
  ): Promise<GraphAnswer> {
    const operation =
      call.write?.write.operation ?? `graph:GET ${path.split('?')[0]}`;
    let response: Response;
    let text: string;
    try {
      response = await this.#limiter.run(this.#purpose, async turn => {
        const answer: Response = await this.#dispatch(
          method,
          path,
          call,
          request,
        );
        if (answer.status === 429) turn.throttled(retryAfter(answer));
        return answer;
      });
      text = await response.text();
    } catch (error) {
      throw classifyGraphFailure(operation, call.thrown ?? error);
    }
    const body = parse(text);
    if (response.ok && body !== undefined) {
      return { status: response.status, body };
    }
    if (response.ok) {
      throw classifyGraphFailure(operation, new SyntaxError('Not JSON'));
    }
    throw classifyGraphRefusal(operation, {
      status: response.status,
      code: body?.error?.code ?? '',
      message: body?.error?.message ?? '',
      retryAfterMs: retryAfter(response),
    });
  }
}

/** Null for an empty answer, undefined for one that is not JSON. */
function parse(text: string): any {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

function waitBefore(attempt: number, asked: number | undefined): number {
  const backoff = FIRST_BACKOFF_MS * 2 ** (attempt - 1);
  // Jitter, so that replicas do not come back in step.
  const wait = asked ?? backoff * (0.5 + Math.random() / 2);
  return Math.min(wait, LONGEST_WAIT_MS);
}
