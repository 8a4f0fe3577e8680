import { PermissionsService } from '@backstage/backend-plugin-api';
import { AuthorizedAccessService } from '../authorization/AuthorizedAccessService';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { Stores } from '../database/Stores';
import { Inventory } from '../inventory/Inventory';
import { PersonDirectory } from '../people/PersonDirectory';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { AccessFactsReader } from './AccessFactsReader';
import { DefaultAccessGroupService } from './DefaultAccessGroupService';
import { DefaultAccessService } from './DefaultAccessService';

/** Puts "who has what" together, with its authorization around it. */
export function createAccessService(options: {
  config: AwsAccessConfig;
  stores: Pick<Stores, 'leases' | 'provisioning' | 'requests' | 'now'>;
  inventory: Inventory;
  directory: PersonDirectory;
  permissions: PermissionsService;
}): AuthorizedAccessService {
  const { stores, inventory, directory, permissions } = options;
  const { organizations } = options.config;
  const accounts = new AccountFactsReader({
    inventory: inventory.store,
    directory,
    organizations,
  });
  const access = new DefaultAccessService({
    organizations,
    inventory,
    directory,
    reader: new AccessFactsReader({
      inventory,
      leases: stores.leases,
      intents: stores.provisioning.intents,
      requests: stores.requests,
      directory,
      accountFacts: accounts,
    }),
    now: () => stores.now(),
  });
  return new AuthorizedAccessService({
    organizations,
    access,
    groups: new DefaultAccessGroupService({
      organizations,
      inventory,
      leases: stores.leases,
      intents: stores.provisioning.intents,
      directory,
      now: () => stores.now(),
    }),
    accounts,
    permissions,
  });
}
