import { PermissionsService } from '@backstage/backend-plugin-api';
import { AuthorizedAccessService } from '../authorization/AuthorizedAccessService';
import { AuthorizedPermissionSetService } from '../authorization/AuthorizedPermissionSetService';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { RootStores } from '../database/Stores';
import { Inventory } from '../inventory/Inventory';
import { RateCap } from '../requests/filing/RateCap';
import { RequestService } from '../requests/RequestService';
import { DefaultPermissionSetService } from './DefaultPermissionSetService';
import { PermissionSetService } from './PermissionSetService';

/** Puts the pages of permission sets together, with their authorization. */
export function createPermissionSetService(options: {
  config: AwsAccessConfig;
  stores: Pick<RootStores, 'rates' | 'now'>;
  inventory: Inventory;
  access: AuthorizedAccessService;
  requests: RequestService;
  permissions: PermissionsService;
}): PermissionSetService {
  const { config, stores, inventory, access, requests, permissions } = options;
  return new AuthorizedPermissionSetService({
    service: new DefaultPermissionSetService({
      organizations: config.organizations,
      inventory,
      access,
      requests,
      now: () => stores.now(),
    }),
    permissions,
    checks: new RateCap({
      rates: stores.rates,
      kind: 'permission-set-check',
      perMinute: config.requests.previewsPerMinute,
      what: 'checks of permission sets',
    }),
  });
}
