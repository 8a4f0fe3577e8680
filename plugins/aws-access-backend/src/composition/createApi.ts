import { createAccessService } from '../access/createAccessService';
import { DefaultAuditService } from '../audit/DefaultAuditService';
import { AuthorizedAuditService } from '../authorization/AuthorizedAuditService';
import { ViewerResolver } from '../authorization/ViewerResolver';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import {
  createInventoryLists,
  createInventoryService,
} from '../inventory/createInventoryService';
import { createOperationsService } from '../operations/createOperationsService';
import { DefaultOrganizationsService } from '../organizations/DefaultOrganizationsService';
import { createPermissionSetService } from '../permissionSets/createPermissionSetService';
import { PolicyExtensions } from '../policy/PolicyExtensions';
import { createRequestService } from '../requests/createRequestService';
import { SearchableInventory } from '../search/SearchableInventory';
import { createPolicyService } from '../simulation/createPolicyService';
import { Planning } from './createPlanning';
import { OpenStores } from './openStores';
import { PluginDeps } from './pluginDeps';
import { Work } from './startWork';

/** The services behind every door, each with its authorization around it. */
export function createApi(
  deps: PluginDeps,
  config: AwsAccessConfig,
  { stores, inventory, operations, liveAccess }: OpenStores,
  { clouds, directory, planner }: Planning,
  { refresher, engine, owner }: Work,
  extensions: PolicyExtensions,
) {
  const { permissions, permissionsRegistry } = deps;
  const wakeEngine = (organizationId: string) => engine.wake(organizationId);
  const common = { config, stores, directory, permissions };
  const credentials = (organizationId: string) =>
    clouds.credentialsOf(organizationId).latest();
  const organizations = new DefaultOrganizationsService({
    organizations: config.organizations,
    stores,
    operations,
    liveAccess,
    credentials,
  });
  const services = {
    viewers: new ViewerResolver({ ...deps, directory, roles: config.roles }),
    requests: createRequestService({
      ...common,
      inventory,
      planner,
      clouds,
      credentials,
      approverResolvers: extensions.resolvers,
      permissionsRegistry,
      wakeEngine,
    }),
    audit: new AuthorizedAuditService(
      new DefaultAuditService({ stores, organizations: config.organizations }),
      permissions,
    ),
    inventory: createInventoryService({
      ...common,
      inventory,
      refresher,
      organizations,
    }),
    searchable: new SearchableInventory({
      inventory: createInventoryLists({ ...common, inventory, refresher }),
    }),
    policy: createPolicyService({ ...common, planner, extensions }),
    operations: createOperationsService({
      ...common,
      operations,
      liveAccess,
      organizations,
      credentials,
      throttling: id => clouds.throttlingOf(id),
      owner,
      wakeEngine,
    }),
    access: createAccessService({ ...common, inventory }),
  };
  const permissionSets = createPermissionSetService({
    ...services,
    ...common,
    inventory,
  });
  return { ...services, permissionSets };
}
