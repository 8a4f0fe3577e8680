import type {
  BackstageCredentials,
  BackstageNonePrincipal,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type {
  AwsAccessApi,
  ParsedRequestInput,
  RequestDetail,
} from 'backstage-plugin-aws-access-common';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import type { ActionOptions } from './ActionOptions';
import { describePreview } from './describePreview';
import { Deed, toStepError } from './toStepError';

/** What an action tells of a request; `url` leads to its page. */
export interface RequestReport {
  id: string;
  number: number;
  state: string;
  title: string;
  url: string;
}

type Context = Pick<
  ActionContext<any, any>,
  | 'checkpoint'
  | 'getInitiatorCredentials'
  | 'isDryRun'
  | 'logger'
  | 'signal'
  | 'step'
  | 'task'
>;

/**
 * One run of one action, on behalf of the person who started the task: the only
 * place that calls the backend. It holds no credentials longer than a call.
 */
export class RequestRun {
  readonly #options: ActionOptions;
  readonly #context: Context;
  readonly #credentials: BackstageCredentials;
  readonly #getField: (path: string) => string;
  /** Ref of the person: from the credentials, never from a template's input. */
  readonly requester: string;

  private constructor(
    options: ActionOptions,
    context: Context,
    credentials: BackstageCredentials,
    getField: (path: string) => string,
  ) {
    this.#options = options;
    this.#context = context;
    this.#credentials = credentials;
    this.#getField = getField;
    this.requester = getRequester(credentials);
  }

  /**
   * @param getField - the author's name for a path in the body
   * @throws NotAllowedError when no person started the task
   */
  static async begin(
    options: ActionOptions,
    context: Context,
    getField: (path: string) => string = path => path,
  ): Promise<RequestRun> {
    const credentials = await context.getInitiatorCredentials();
    return new RequestRun(options, context, credentials, getField);
  }

  get options(): ActionOptions {
    return this.#options;
  }

  get signal(): AbortSignal | undefined {
    return this.#context.signal;
  }

  /**
   * Files the request once per task, step and input: a task that is recovered or
   * run again gets the request that is there.
   */
  async file(body: ParsedRequestInput): Promise<RequestReport> {
    // A step with `each` shares its id and its checkpoints among the items, so
    // the varying input is part of both keys.
    const digest = digestOf({ step: this.#context.step?.id ?? null, body });
    const idempotencyKey = `task:${this.#context.task.id}:${digest}`;
    const request = await this.#context.checkpoint({
      key: `aws-access.request.${digest}`,
      fn: async () => {
        const { id, number, state, title } = await this.call('file', api =>
          api.fileRequest({ ...body, idempotencyKey }),
        );
        return { id, number, state, title };
      },
    });
    const report = this.report(request);
    this.#context.logger.info(
      `Access request ${report.number} is ${report.state}: ${report.url}`,
    );
    return report;
  }

  /**
   * Says in the log what would become of the request, and files nothing.
   *
   * @throws InputError where filing would fail
   */
  async preview(body: ParsedRequestInput): Promise<RequestReport> {
    const answer = await this.call('file', api => api.previewRequest(body));
    const lines = describePreview(answer, this.#getField);
    if (answer.outcome === 'cannotFile') throw new InputError(lines.join('\n'));
    lines.forEach(line => this.#context.logger.info(line));
    return this.notFiled();
  }

  /** What later steps of a dry run see; the link leads to the list of requests. */
  notFiled(): RequestReport {
    return {
      id: 'dry-run',
      number: 0,
      state: 'notFiled',
      title: 'Dry run: nothing was filed',
      url: this.#requestsUrl(),
    };
  }

  /** Tells the person in the task's log; neither reasons nor names belong there. */
  tell(message: string): void {
    this.#context.logger.info(message);
  }

  async read(id: string): Promise<RequestDetail> {
    return this.call('read', api => api.getRequest(id));
  }

  report(request: Omit<RequestReport, 'url'>): RequestReport {
    const { id, number, state, title } = request;
    const url = `${this.#requestsUrl()}/${encodeURIComponent(id)}`;
    return { id, number, state, title, url };
  }

  /** @throws what the step fails with, in words for the task's creator */
  async call<T>(deed: Deed, ask: (api: AwsAccessApi) => Promise<T>) {
    try {
      // A new token for each call: they are short-lived.
      return await ask(
        await this.#options.awsAccess.forInitiator(this.#credentials),
      );
    } catch (error) {
      throw toStepError(error, deed, this.#getField);
    }
  }

  #requestsUrl(): string {
    return `${this.#options.portalUrl.replace(/\/+$/, '')}/aws-access/requests`;
  }
}

function getRequester(credentials: BackstageCredentials) {
  const principal = credentials.principal as
    | BackstageUserPrincipal
    | BackstageServicePrincipal
    | BackstageNonePrincipal;
  if (principal.type === 'user') return principal.userEntityRef;
  throw new NotAllowedError(
    'AWS access is asked for by people, and this task was not started by one. Run the template as a signed-in user.',
  );
}

function digestOf(value: object) {
  return createHash('sha256').update(canonicalize(value)!).digest('hex');
}
