import { PermissionsService } from '@backstage/backend-plugin-api';
import { AuthorizedOperationsService } from '../authorization/AuthorizedOperationsService';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { RootStores } from '../database/Stores';
import { DefaultOrganizationsService } from '../organizations/DefaultOrganizationsService';
import { DefaultOperationsService } from './DefaultOperationsService';
import { OperationsService } from './OperationsService';
import { OperationsStore } from './OperationsStore';

/** Puts the operators' view together, with its authorization around it. */
export function createOperationsService(options: {
  config: AwsAccessConfig;
  stores: RootStores;
  operations: OperationsStore;
  permissions: PermissionsService;
  wakeEngine: (organizationId: string) => void;
}): OperationsService {
  const { config, stores, operations, permissions, wakeEngine } = options;
  return new AuthorizedOperationsService(
    new DefaultOperationsService({
      config,
      stores,
      operations,
      organizations: new DefaultOrganizationsService({
        organizations: config.organizations,
        store: stores.organizations,
        inventory: stores.inventory,
        now: () => stores.now(),
      }),
      wakeEngine,
    }),
    permissions,
  );
}
