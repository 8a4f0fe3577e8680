import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AwsAccessApi,
  AwsAccessClient,
} from 'backstage-plugin-aws-access-common';
import type { AwsAccessService } from './AwsAccessService';

/** Exchanges a person's credentials for a token that only our backend takes. */
export class DefaultAwsAccessService implements AwsAccessService {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  async forInitiator(credentials: BackstageCredentials): Promise<AwsAccessApi> {
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      const starter = this.#auth.isPrincipal(credentials, 'service')
        ? 'a service'
        : 'nobody who is signed in';
      throw new NotAllowedError(
        `AWS access is asked for by people, and this was started by ${starter}. Start it as a signed-in user.`,
      );
    }
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'aws-access',
    });
    return new AwsAccessClient({
      discoveryApi: this.#discovery,
      fetchApi: { fetch },
      token,
    });
  }
}
