import { AuthService, RootConfigService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { AuthorizedAccessService } from '../authorization/AuthorizedAccessService';
import { ViewerResolver } from '../authorization/ViewerResolver';
import { RequestService } from '../requests/RequestService';

/** What the actions are made of: the services behind the HTTP routes, no others. */
export interface ActionOptions {
  actionsRegistry: ActionsRegistryService;
  auth: AuthService;
  config: RootConfigService;
  viewers: ViewerResolver;
  requests: RequestService;
  access: AuthorizedAccessService;
}
