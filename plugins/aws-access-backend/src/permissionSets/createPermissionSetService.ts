import { PermissionsService } from '@backstage/backend-plugin-api';
import { AuthorizedAccessService } from '../authorization/AuthorizedAccessService';
import { AuthorizedPermissionSetService } from '../authorization/AuthorizedPermissionSetService';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { RootStores } from '../database/Stores';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { Inventory } from '../inventory/Inventory';
import { PersonDirectory } from '../people/PersonDirectory';
import { RateCap } from '../requests/filing/RateCap';
import { RequestService } from '../requests/RequestService';
import { DefaultPermissionSetService } from './DefaultPermissionSetService';
import { DefaultPermissionSetUses } from './DefaultPermissionSetUses';
import { PermissionSetService } from './PermissionSetService';

/** Puts the pages of permission sets together, with their authorization. */
export function createPermissionSetService(options: {
  config: AwsAccessConfig;
  stores: Pick<RootStores, 'rates' | 'leases' | 'provisioning' | 'now'>;
  inventory: Inventory;
  directory: PersonDirectory;
  access: AuthorizedAccessService;
  requests: RequestService;
  permissions: PermissionsService;
}): PermissionSetService {
  const { config, stores, inventory, access, requests, permissions } = options;
  const { organizations } = config;
  const now = () => stores.now();
  return new AuthorizedPermissionSetService({
    service: new DefaultPermissionSetService({
      organizations,
      inventory,
      access,
      requests,
      uses: new DefaultPermissionSetUses({
        organizations,
        inventory,
        access,
        accounts: new AccountFactsReader({
          inventory: inventory.store,
          directory: options.directory,
          organizations,
        }),
        now,
      }),
      stores,
      now,
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
