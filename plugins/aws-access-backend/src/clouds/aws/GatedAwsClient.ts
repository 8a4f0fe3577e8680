import { CloudError } from '../CloudError';
import { CloudWriteGate, SealedWrite } from '../CloudWriteGate';
import { CallPurpose, RequestLimiter } from '../RequestLimiter';
import { AWS_READ_OPERATIONS } from './awsReadOperations';
import { classifyAwsError, throttlingOf } from './classifyAwsError';

/** The AWS services this product calls, by the names its permissions have. */
export type AwsServiceName = 'sso-admin' | 'identitystore' | 'organizations';

type Arguments = { input: object };
type Next = (args: any) => Promise<any>;

/** What the gate needs of an SDK client, whatever its service. */
export interface SdkClient {
  middlewareStack: {
    add(
      middleware: (
        next: Next,
        context: { commandName?: string },
      ) => (args: any) => Promise<any>,
      options: { step: 'initialize'; name: string; priority: 'low' },
    ): void;
    addRelativeTo(
      middleware: (next: Next) => (args: any) => Promise<any>,
      options: { relation: 'after'; toMiddleware: string; name: string },
    ): void;
  };
  send(command: any): Promise<any>;
}

/**
 * One AWS service behind the gate (security rule 19). The check sits in the SDK
 * clients themselves, on the input they are about to serialise: a command that
 * is not on the read list leaves only with a seal for exactly this operation
 * and input, whoever calls `send`.
 *
 * Reads and writes have a client each, because the SDK's retries suit reads
 * only: a write has one attempt, and our fenced loop decides on another
 * (security rule 21).
 */
export class GatedAwsClient<Client extends SdkClient> {
  readonly #service: AwsServiceName;
  readonly #gate: CloudWriteGate;
  readonly #seals = new WeakMap<object, SealedWrite>();
  readonly #reader: Client;
  readonly #writer: Client;

  constructor(options: {
    service: AwsServiceName;
    gate: CloudWriteGate;
    limiter: RequestLimiter;
    purpose: CallPurpose;
    createClient: (settings: {
      maxAttempts: number;
      retryMode: 'standard';
    }) => Client;
  }) {
    this.#service = options.service;
    this.#gate = options.gate;
    const create = (maxAttempts: number) => {
      const client = options.createClient({
        maxAttempts,
        retryMode: 'standard',
      });
      client.middlewareStack.add(
        (next, context) => async (args: Arguments) => {
          const operation = `${options.service}:${context.commandName?.replace(
            /Command$/,
            '',
          )}`;
          this.#admit(operation, args.input);
          try {
            return await next(args);
          } catch (error) {
            throw classifyAwsError(operation, error);
          }
        },
        { step: 'initialize', name: 'awsAccessGate', priority: 'low' },
      );
      // After the retry middleware, so that every attempt waits its turn, and
      // before signing, so that a wait cannot outlive a signature.
      client.middlewareStack.addRelativeTo(
        next => args =>
          options.limiter.run(options.purpose, async turn => {
            try {
              return await next(args);
            } catch (error) {
              const throttling = throttlingOf(error);
              if (throttling) turn.throttled(throttling.retryAfterMs);
              throw error;
            }
          }),
        {
          relation: 'after',
          toMiddleware: 'retryMiddleware',
          name: 'awsAccessLimiter',
        },
      );
      return client;
    };
    // Measured: with the limiter and ten attempts no read is lost to throttling.
    this.#reader = create(10);
    this.#writer = create(1);
  }

  /** @throws CloudError */
  async read<Output>(send: (client: Client) => Promise<Output>) {
    return this.#classified(() => send(this.#reader));
  }

  /**
   * All pages of a list, one by one.
   *
   * @param list - calls one of the SDK's paginators
   * @throws CloudError
   */
  async *pages<Page, Item>(
    list: (client: Client) => AsyncIterable<Page>,
    items: (page: Page) => Item[],
  ): AsyncIterable<Item[]> {
    const iterator = list(this.#reader)[Symbol.asyncIterator]();
    for (;;) {
      const next = await this.#classified(() => iterator.next());
      if (next.done) return;
      yield items(next.value);
    }
  }

  /**
   * Sends one write, once.
   *
   * @throws CloudError, also when the seal is not for exactly this command
   */
  async write<Command extends { input: object }, Output>(
    seal: SealedWrite,
    command: Command,
    send: (client: Client, command: Command) => Promise<Output>,
  ): Promise<Output> {
    this.#seals.set(command.input, seal);
    return this.#classified(() => send(this.#writer, command));
  }

  #admit(operation: string, input: object): void {
    if (AWS_READ_OPERATIONS.has(operation)) return;
    const seal = this.#seals.get(input);
    this.#seals.delete(input);
    // The instance is configuration, not part of what is authorized: see awsWrites.ts.
    const { InstanceArn: _, ...authorized } = input as Record<string, unknown>;
    try {
      this.#gate.redeem(seal, { operation, input: authorized });
    } catch (error) {
      throw new CloudError({
        kind: 'permanent',
        cloud: 'aws',
        operation,
        code: 'WriteRefused',
        cloudMessage: '',
        plainWords: (error as Error).message,
        cause: error,
      });
    }
  }

  async #classified<Output>(call: () => Promise<Output>): Promise<Output> {
    try {
      return await call();
    } catch (error) {
      throw classifyAwsError(this.#service, error);
    }
  }
}
