import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { AwsAccessClient } from 'backstage-plugin-aws-access-common';
import { ActionOptions } from '../shared/ActionOptions';

/** A call that reached the wire. */
export interface Call {
  method: string;
  path: string;
  body: any;
}

/** The real client on a fake wire, so that refusals are real ResponseErrors. */
export class FakeBackend {
  readonly calls: Call[] = [];
  readonly logger = mockServices.logger.mock();
  readonly credentials = mockCredentials.user('user:default/ana');
  /** How often an action waited. */
  pauses = 0;

  constructor(private readonly answer: (call: Call, n: number) => unknown) {}

  readonly forInitiator = jest.fn(
    async () =>
      new AwsAccessClient({
        discoveryApi: { getBaseUrl: async () => 'http://backend' },
        fetchApi: { fetch: (url, init) => this.#respond(url, init) },
        token: 'token',
      }),
  );

  options(parts: Partial<ActionOptions> = {}): ActionOptions {
    return {
      awsAccess: { forInitiator: this.forInitiator },
      portalUrl: 'https://portal.parcel.example',
      waitSeconds: 3,
      pause: async () => {
        this.pauses++;
      },
      ...parts,
    };
  }

  /** @returns the outputs */
  async run(
    action: TemplateAction<any, any, any>,
    input: object,
    overrides: object = {},
  ): Promise<Record<string, unknown>> {
    const context = {
      ...createMockActionContext<any, any>({
        input: input as never,
        logger: this.logger,
        workspacePath: 'unused',
      }),
      getInitiatorCredentials: async () => this.credentials,
      ...overrides,
    };
    await action.handler(context);
    return Object.fromEntries(jest.mocked(context.output).mock.calls);
  }

  async #respond(url: unknown, init?: RequestInit): Promise<Response> {
    const call = {
      method: init?.method ?? 'GET',
      path: String(url).replace('http://backend', ''),
      body: init?.body ? JSON.parse(String(init.body)) : undefined,
    };
    this.calls.push(call);
    const answer = this.answer(call, this.calls.length);
    return answer instanceof Response ? answer : Response.json(answer);
  }
}

/** An answer of the backend that refuses. */
export function refusal(status: number, name: string, message: string) {
  return Response.json(
    { error: { name, message }, response: { statusCode: status } },
    { status },
  );
}
