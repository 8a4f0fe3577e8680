import {
  Client,
  HTTPMessageHandler,
  ResponseType,
} from '@microsoft/microsoft-graph-client';
import { setTimeout as delay } from 'node:timers/promises';
import { CloudError } from '../CloudError';
import { CloudWrite, CloudWriteGate, Sealing } from '../CloudWriteGate';
import { CallPurpose, CallTurn, RequestLimiter } from '../RequestLimiter';
import { sealedInTurn, WRITE_PATIENCE_MS } from '../sealedInTurn';
import { unlessMissing } from '../unlessMissing';
import {
  classifyGraphFailure,
  classifyGraphRefusal,
} from './classifyEntraError';
import { BearerMiddleware, GateMiddleware, GraphCall } from './GraphCall';
import { GraphReads, WaitingRead } from './GraphReads';
import {
  GraphSending,
  GraphWriteRequest,
  readOperation,
  toBatch,
  toRead,
} from './GraphSending';
import { graphUnits } from './graphUnits';
import { isGraphObject, outcomesOf } from './readsTogether';

/** A read that Graph throttles or fails is asked for again this often. */
const READ_ATTEMPTS = 6;
/** Doubled with each attempt; Conditional Access throttles without Retry-After. */
const FIRST_BACKOFF_MS = 500;
/** A read that Graph wants later than that fails: it is never asked for too early. */
const LONGEST_WAIT_MS = 300_000;
const TIMEOUT_MS = 30_000;

interface GraphAnswer {
  status: number;
  body: any;
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
  readonly #reads = new GraphReads(take => void this.#readTogether(take));

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
    bearer.setNext(gate);
    gate.setNext(new HTTPMessageHandler());
    this.#client = Client.initWithMiddleware({
      middleware: bearer,
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
      if (!Array.isArray(page.value)) throw noList(next);
      yield page.value;
      const link = page['@odata.nextLink'];
      next = link && this.#pathOf(link);
    }
  }

  /**
   * Sends one write, once.
   *
   * @param seal - called when its turn has come
   * @throws CloudError, also when the seal is not for exactly this write;
   *   whatever `seal` throws
   */
  write(
    seal: Sealing,
    write: CloudWrite,
    request: GraphWriteRequest,
  ): Promise<GraphAnswer> {
    const { method, path } = request;
    return sealedInTurn(seal, sealing =>
      this.#send(
        () => ({
          method,
          path,
          call: new GraphCall({ seal: sealing, write }),
          operation: write.operation,
          units: graphUnits(method, path),
          request,
        }),
        WRITE_PATIENCE_MS,
      ),
    );
  }

  async #readOne(path: string): Promise<any> {
    const { body } = await this.#send(() => toRead(path));
    return objectOf(path, body);
  }

  async #readTogether(take: () => WaitingRead[]): Promise<void> {
    let reads: WaitingRead[] = [];
    try {
      const { body, turn } = await this.#send(() => {
        reads = take();
        return reads.length === 1
          ? toRead(reads[0].path)
          : toBatch(reads.map(({ path }) => path));
      });
      if (reads.length === 1) {
        reads[0].resolve(objectOf(reads[0].path, body));
      } else this.#settle(reads, body, turn);
    } catch (error) {
      const why = reads.length > 1 ? ofBatch(error) : error;
      for (const { reject } of reads) reject(why);
    }
  }

  #settle(reads: WaitingRead[], body: unknown, turn: CallTurn): void {
    outcomesOf(body, reads.length).forEach((outcome, index) => {
      const { path, resolve, reject } = reads[index];
      if ('body' in outcome) {
        resolve(outcome.body);
        return;
      }
      const { refusal } = outcome;
      if (refusal.status === 429) turn.throttled(refusal.retryAfterMs);
      reject(classifyGraphRefusal(readOperation(path), refusal));
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

  #dispatch({ method, path, call, request }: GraphSending) {
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

  /**
   * @param compose - says what is sent when its turn has come
   * @param patienceMs - see RequestLimiter
   */
  async #send(
    compose: () => GraphSending,
    patienceMs?: number,
  ): Promise<GraphAnswer & { turn: CallTurn }> {
    let sending: GraphSending | undefined;
    let response: Response;
    let turn: CallTurn;
    let text: string;
    try {
      [response, turn] = await this.#limiter.run(
        this.#purpose,
        async ownTurn => {
          sending = compose();
          ownTurn.costs(sending.units);
          const answer: Response = await this.#dispatch(sending);
          if (answer.status === 429) ownTurn.throttled(retryAfter(answer));
          return [answer, ownTurn] as const;
        },
        patienceMs,
      );
      text = await response.text();
    } catch (error) {
      throw classifyGraphFailure(
        sending?.operation ?? 'graph',
        sending?.call.thrown ?? error,
      );
    }
    const { operation } = sending!;
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

/**
 * Why a batch failed says nothing of what is in it: where the batch itself "is not
 * found", its reads are made one by one.
 */
function ofBatch(error: unknown): unknown {
  if (!(error instanceof CloudError) || error.kind !== 'notFound') return error;
  return new CloudError({
    kind: 'retryLater',
    cloud: 'entra',
    operation: error.operation,
    code: error.code,
    cloudMessage: error.cloudMessage,
    plainWords: 'Microsoft Graph did not take several reads in one call',
    cause: error,
  });
}

/** @throws CloudError when a successful read brought nothing that Graph answers */
function objectOf(path: string, body: unknown): unknown {
  if (isGraphObject(body)) return body;
  throw classifyGraphFailure(
    readOperation(path),
    new TypeError('Not an object'),
  );
}

/** A success without a list is not an empty list. */
function noList(path: string): CloudError {
  return new CloudError({
    kind: 'retryLater',
    cloud: 'entra',
    operation: readOperation(path),
    code: 'NoList',
    cloudMessage: '',
    plainWords: 'Microsoft Graph was asked for a list and answered without one',
  });
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
