import { PermissionsService } from '@backstage/backend-plugin-api';
import { ApproverResolver } from '../approvals/ApproverResolver';
import { ApproverSources } from '../approvals/ApproverSources';
import { AuthorizedPolicyService } from '../authorization/AuthorizedPolicyService';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { Stores } from '../database/Stores';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { PersonDirectory } from '../people/PersonDirectory';
import { RequestPlanner } from '../planning/RequestPlanner';
import { PolicyExtensions } from '../policy/PolicyExtensions';
import { RequestPreviewer } from '../requests/filing/RequestPreviewer';
import { DefaultPolicyService } from './DefaultPolicyService';
import { PolicyService } from './PolicyService';

/** Puts the policy service together, with its authorization around it. */
export function createPolicyService(options: {
  config: AwsAccessConfig;
  stores: Stores;
  directory: PersonDirectory;
  planner: RequestPlanner;
  extensions: PolicyExtensions;
  permissions: PermissionsService;
}): PolicyService {
  const { config, stores, directory, planner, extensions } = options;
  const { organizations } = config;
  const { inventory } = stores;
  const sources = new ApproverSources({
    inventory,
    accounts: new AccountFactsReader({ inventory, directory, organizations }),
    manager: config.people.manager,
    resolvers: extensions.resolvers,
  });
  return new AuthorizedPolicyService(
    new DefaultPolicyService({
      policy: config.policy,
      ownPolicies: extensions.policies.map(({ name }) => name),
      previewer: new RequestPreviewer({
        organizations,
        planner,
        approvers: new ApproverResolver({ sources }),
      }),
    }),
    options.permissions,
  );
}
