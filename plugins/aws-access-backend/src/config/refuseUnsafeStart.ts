import { Config } from '@backstage/config';
import { AwsAccessConfig } from './AwsAccessConfig';
import { isLoopback } from './cloudEndpointSchema';

/** Sign-in providers under which anybody can be somebody. */
const OPEN_PROVIDERS = ['guest', 'demo'];

/**
 * Real clouds and an open portal do not go together (security rule 12): with a
 * cloud endpoint that is not on this machine, permissions must be on, guest and
 * demo sign-in off, and it must be said whose word counts for who is a person
 * (security rule 6).
 *
 * @throws Error with one readable message; it stops the start
 */
export function refuseUnsafeStart(root: Config, config: AwsAccessConfig): void {
  const remote = Object.entries(config.organizations).filter(
    ([, { aws, entra }]) =>
      // Without an endpoint the SDK talks to AWS itself.
      !aws.endpoint || !isLoopback(aws.endpoint) || !isLoopback(entra.graphUrl),
  );
  if (remote.length === 0) return;

  const problems: string[] = [];
  if (root.getOptionalBoolean('permission.enabled') !== true) {
    problems.push('permission.enabled must be true');
  }
  for (const provider of OPEN_PROVIDERS) {
    if (root.has(`auth.providers.${provider}`)) {
      problems.push(`auth.providers.${provider} must be removed`);
    }
  }
  if (config.people.trustedCatalogLocations.length === 0) {
    problems.push(
      'awsAccess.people.trustedCatalogLocations must say where Users and Groups come from, for example [msgraph:*]',
    );
  }
  if (problems.length === 0) return;
  throw new Error(
    `AWS access does not start with the real clouds of ${remote
      .map(([id]) => `'${id}'`)
      .join(', ')} in this portal: ${problems.join('; ')}`,
  );
}
