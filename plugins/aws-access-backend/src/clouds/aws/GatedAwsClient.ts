import { CloudWrite, CloudWriteGate, Sealing } from '../CloudWriteGate';
import { CallPurpose, RequestLimiter } from '../RequestLimiter';
import { redeemNow, sealedInTurn, WRITE_PATIENCE_MS } from '../sealedInTurn';
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
      middleware: (next: Next, context: object) => (args: any) => Promise<any>,
      options: { relation: 'after'; toMiddleware: string; name: string },
    ): void;
  };
  send(command: any): Promise<any>;
}

/**
 * One AWS service behind the gate (security rule 19). The check sits in the SDK
 * clients themselves, on the input they are about to serialise: a command that
 * is not on the read list leaves only with a seal for exactly this operation
 * and input, whoever calls `send`. The seal is asked for when the command's turn
 * has come, after every wait.
 *
 * Reads and writes have a client each, because the SDK's retries suit reads
 * only: a write has one attempt, and our fenced loop decides on another
 * (security rule 21).
 */
export class GatedAwsClient<Client extends SdkClient> {
  readonly #service: AwsServiceName;
  readonly #gate: CloudWriteGate;
  /** By the input of the command. */
  readonly #sealings = new WeakMap<object, Sealing>();
  /** Writes on their way through the client, by the context of the command. */
  readonly #writes = new WeakMap<
    object,
    { seal: Sealing | undefined; write: CloudWrite }
  >();
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
          try {
            await this.#admit(operation, args.input, context);
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
        (next, context) => args =>
          options.limiter.run(
            options.purpose,
            async turn => {
              try {
                return await next(args);
              } catch (error) {
                const throttling = throttlingOf(error);
                if (throttling) turn.throttled(throttling.retryAfterMs);
                throw error;
              }
            },
            this.#writes.has(context) ? WRITE_PATIENCE_MS : undefined,
          ),
        {
          relation: 'after',
          toMiddleware: 'retryMiddleware',
          name: 'awsAccessLimiter',
        },
      );
      client.middlewareStack.addRelativeTo(
        (next, context) => async args => {
          const leaving = this.#writes.get(context);
          if (leaving) {
            // One attempt: a second would need a seal of its own.
            this.#writes.set(context, { ...leaving, seal: undefined });
            await redeemNow('aws', this.#gate, leaving.seal, leaving.write);
          }
          return next(args);
        },
        {
          relation: 'after',
          toMiddleware: 'awsAccessLimiter',
          name: 'awsAccessSeal',
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
   * @param seal - called when its turn has come
   * @throws CloudError, also when the seal is not for exactly this command;
   *   whatever `seal` throws
   */
  async write<Command extends { input: object }, Output>(
    seal: Sealing,
    command: Command,
    send: (client: Client, command: Command) => Promise<Output>,
  ): Promise<Output> {
    return sealedInTurn(seal, sealing => {
      if (sealing) this.#sealings.set(command.input, sealing);
      return this.#classified(() => send(this.#writer, command));
    });
  }

  async #admit(
    operation: string,
    input: object,
    context: object,
  ): Promise<void> {
    if (AWS_READ_OPERATIONS.has(operation)) return;
    const seal = this.#sealings.get(input);
    this.#sealings.delete(input);
    // The instance is configuration, not part of what is authorized: see awsWrites.ts.
    const { InstanceArn: _, ...authorized } = input as Record<string, unknown>;
    // What is serialised after this is what the seal must be for.
    const write = { operation, input: structuredClone(authorized) };
    if (!seal) await redeemNow('aws', this.#gate, undefined, write);
    this.#writes.set(context, { seal, write });
  }

  async #classified<Output>(call: () => Promise<Output>): Promise<Output> {
    try {
      return await call();
    } catch (error) {
      throw classifyAwsError(this.#service, error);
    }
  }
}
