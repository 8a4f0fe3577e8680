import { RootConfigService } from '@backstage/backend-plugin-api';

/** The page of a request; relative where the portal's address is not known. */
export function requestUrl(config: RootConfigService, id: string): string {
  const portal = config.getOptionalString('app.baseUrl') ?? '';
  const path = `/aws-access/requests/${encodeURIComponent(id)}`;
  return `${portal.replace(/\/+$/, '')}${path}`;
}
