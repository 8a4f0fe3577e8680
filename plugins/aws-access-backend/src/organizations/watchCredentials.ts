import { LoggerService } from '@backstage/backend-plugin-api';
import { CredentialsCheck } from '../clouds/CredentialsCheck';
import { CloudError } from '../clouds/CloudError';
import { AwsAccessConfig } from '../config/AwsAccessConfig';

/**
 * Looks at the credentials of every organization, each by itself, and logs what
 * has become wrong with them, once.
 */
export function watchCredentials(options: {
  config: Pick<AwsAccessConfig, 'organizations'>;
  clouds: { credentialsOf(organizationId: string): CredentialsCheck };
  logger: LoggerService;
}): void {
  const { config, clouds, logger } = options;
  for (const organizationId of Object.keys(config.organizations)) {
    const check = clouds.credentialsOf(organizationId);
    const before = check.latest();
    void check.look().then(now => {
      for (const cloud of ['aws', 'entra'] as const) {
        const { problem } = now[cloud];
        if (problem && problem.code !== before?.[cloud].problem?.code) {
          logger.error(describe(organizationId, problem), {
            organizationId,
            cloud,
            code: problem.code,
          });
        }
      }
    });
  }
}

function describe(organizationId: string, problem: CloudError): string {
  const what =
    problem.kind === 'retryLater'
      ? `A cloud of ${organizationId} does not answer`
      : `The credentials of ${organizationId} do not work`;
  return `${what}: ${problem.message} (${problem.operation}: ${problem.cloudMessage})`;
}
