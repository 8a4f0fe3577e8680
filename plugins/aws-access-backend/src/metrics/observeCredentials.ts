import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { CredentialsReport } from '../clouds/CredentialsCheck';

/**
 * Lets whoever collects metrics ask how long certificates are still good, as this
 * replica has found them at its last look.
 */
export function observeCredentials(options: {
  metrics: MetricsService;
  organizationIds: string[];
  credentials: (organizationId: string) => CredentialsReport | undefined;
}): void {
  const { metrics, organizationIds, credentials } = options;
  metrics
    .createObservableGauge('aws_access.credentials.remaining', {
      description: 'How long the certificate for Entra is still good',
      unit: 's',
    })
    .addCallback(result => {
      for (const organization of organizationIds) {
        const expiresAt = credentials(organization)?.entra.expiresAt;
        if (expiresAt) {
          result.observe((Date.parse(expiresAt) - Date.now()) / 1000, {
            organization,
          });
        }
      }
    });
}
