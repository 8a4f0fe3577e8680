import { Config } from '@backstage/config';

/**
 * Whoever reaches the port can sign in as anybody, approvers included; so this
 * way in must not survive in a configuration that is copied to production.
 *
 * @throws Error when the process or the configuration is not for development.
 */
export function refuseOutsideDevelopment(
  config: Config,
  nodeEnvironment: string | undefined,
): void {
  const environment = config.getOptionalString('auth.environment');
  if (nodeEnvironment === 'production' || environment !== 'development') {
    throw new Error(
      `The demo sign-in lets anybody in as anybody and works in development only, but ` +
        `NODE_ENV is "${nodeEnvironment ?? ''}" and auth.environment is "${
          environment ?? ''
        }". ` +
        `Remove the demo sign-in from the backend and configure a real auth provider.`,
    );
  }
}
