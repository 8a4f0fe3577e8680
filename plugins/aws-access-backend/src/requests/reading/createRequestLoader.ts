import { AwsAccessApproverResolver } from 'backstage-plugin-aws-access-node';
import { ApproverResolver } from '../../approvals/ApproverResolver';
import { ApproverSources } from '../../approvals/ApproverSources';
import { AwsAccessConfig } from '../../config/AwsAccessConfig';
import { RootStores } from '../../database/Stores';
import { AccountFactsReader } from '../../facts/AccountFactsReader';
import { batchAccounts } from '../../inventory/batchAccounts';
import { PersonDirectory } from '../../people/PersonDirectory';
import { RequestLoader } from './RequestLoader';

/** Puts together what loads a request, and what it rests on. */
export function createRequestLoader(options: {
  config: AwsAccessConfig;
  stores: RootStores;
  directory: PersonDirectory;
  /** What modules have added, by name. */
  approverResolvers: ReadonlyMap<string, AwsAccessApproverResolver>;
}) {
  const { config, stores, directory } = options;
  const inventory = batchAccounts(stores.inventory);
  const accounts = new AccountFactsReader({
    inventory,
    directory,
    organizations: config.organizations,
  });
  const approvers = new ApproverResolver({
    sources: new ApproverSources({
      inventory,
      accounts,
      manager: config.people.manager,
      resolvers: options.approverResolvers,
    }),
  });
  return {
    accounts,
    approvers,
    loader: new RequestLoader({ stores, approvers }),
  };
}
