import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';

/** Starts templates as this plugin: no person's token is kept for it. */
export class ScaffolderTasks {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /**
   * @returns the id of the task
   * @throws ResponseError when the scaffolder refuses; another error when it is
   *   not known whether it has started
   */
  async start(templateRef: string, values: object): Promise<string> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'scaffolder',
    });
    const baseUrl = await this.#discovery.getBaseUrl('scaffolder');
    const response = await fetch(`${baseUrl}/v2/tasks`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({ templateRef, values }),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const { id } = await response.json();
    return id;
  }
}
