import {
  Client,
  HTTPMessageHandler,
  ResponseType,
} from '@microsoft/microsoft-graph-client';
import { setTimeout as delay } from 'node:timers/promises';
import { CloudError } from '../CloudError';
import { CloudWrite, CloudWriteGate, SealedWrite } from '../CloudWriteGate';
import { CallPurpose, CallTurn, RequestLimiter } from '../RequestLimiter';
import { unlessMissing } from '../unlessMissing';
import {
  classifyGraphFailure,
  classifyGraphRefusal,
} from './classifyEntraError';
import { BearerMiddleware, GateMiddleware, GraphCall } from './GraphCall';
import { GraphReads } from './GraphReads';
import { graphUnits } from './graphUnits';
import { outcomesOf, toBatchBody } from './readsTogether';

/** A read that Graph throttles or fails is asked for again this often. */
const READ_ATTEMPTS = 6;
/** Doubled with each attempt; Conditional Access throttles without Retry-After. */
const FIRST_BACKOFF_MS = 500;
/** A read that Graph wants later than that fails: it is never asked for too early. */
const LONGEST_WAIT_MS = 300_000;
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

interface Sending {
  method: 'GET' | GraphWriteRequest['method'];
  path: string;
  call: GraphCall;
  /** As CloudError names it. */
  operation: string;
  /** Graph's resource units. */
  units: number;
  request?: Pick<GraphWriteRequest, 'headers' | 'body'>;
}

/**
 * Microsoft Graph behind the gate: GET, also in a batch of nothing else, is a
 * read; everything else must redeem a seal inside the client's own middleware.
 * Graph's retry handler is left out, because it repeats writes: reads are retried
 * here, writes never (security rule 21).
 */
export class GatedGraphClient {
  readonly #client: Client;
  readonly #root: string;
  readonly #limiter: RequestLimiter;
  readonly #purpose: CallPurpose;
  readonly #reads = new GraphReads({
    one: path => this.#readOne(path),
    together: paths => this.#readTogether(paths),
  });

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

  /**
   * Reads at the same time share a call. What Graph refuses then for now is asked
   * for again by itself, after its own time.
   *
   * @throws CloudError
   */
  async read<Body>(path: string): Promise<Body> {
    for (let attempt = 1; ; attempt++) {
      try {
        return attempt === 1
          ? await this.#reads.read(path)
          : await this.#readOne(path);
      } catch (error) {
        if (
          attempt === READ_ATTEMPTS ||
          !(error instanceof CloudError) ||
          error.kind !== 'retryLater' ||
          (error.retryAfterMs ?? 0) > LONGEST_WAIT_MS
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
    const { method, path } = request;
    return this.#send({
      method,
      path,
      call: new GraphCall({ seal, write }),
      operation: write.operation,
      units: graphUnits(method, path),
      request,
    });
  }

  async #readOne(path: string): Promise<any> {
    const { body } = await this.#send({
      method: 'GET',
      path,
      call: new GraphCall(),
      operation: readOperation(path),
      units: graphUnits('GET', path),
    });
    return body;
  }

  async #readTogether(
    paths: string[],
  ): Promise<Array<PromiseSettledResult<any>>> {
    const { body, turn } = await this.#send({
      method: 'POST',
      path: '/$batch',
      call: new GraphCall(),
      operation: 'graph:GET $batch',
      // The batch is free, what is in it is not.
      units: paths.reduce((sum, path) => sum + graphUnits('GET', path), 0),
      request: { body: toBatchBody(paths) },
    });
    return outcomesOf(body, paths.length).map((outcome, index) => {
      if ('body' in outcome) {
        return { status: 'fulfilled', value: outcome.body };
      }
      const { refusal } = outcome;
      if (refusal.status === 429) turn.throttled(refusal.retryAfterMs);
      const operation = readOperation(paths[index]);
      const reason = classifyGraphRefusal(operation, refusal);
      return { status: 'rejected', reason };
    });
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

  #dispatch({ method, path, call, request }: Sending) {
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

  async #send(sending: Sending): Promise<GraphAnswer & { turn: CallTurn }> {
    const { operation, call, units } = sending;
    let response: Response;
    let turn: CallTurn;
    let text: string;
    try {
      [response, turn] = await this.#limiter.run(
        this.#purpose,
        async ownTurn => {
          const answer: Response = await this.#dispatch(sending);
          if (answer.status === 429) ownTurn.throttled(retryAfter(answer));
          return [answer, ownTurn] as const;
        },
        units,
      );
      text = await response.text();
    } catch (error) {
      throw classifyGraphFailure(operation, call.thrown ?? error);
    }
    const body = parse(text);
    if (response.ok && body !== undefined) {
      return { status: response.status, body, turn };
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

function readOperation(path: string): string {
  return `graph:GET ${path.split('?')[0]}`;
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
  return asked ?? backoff * (0.5 + Math.random() / 2);
}
