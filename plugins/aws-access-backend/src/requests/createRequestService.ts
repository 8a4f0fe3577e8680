import {
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { AwsAccessApproverResolver } from 'backstage-plugin-aws-access-node';
import { LivePeople } from '../approvals/LivePeople';
import { DefaultAccessGroupService } from '../access/DefaultAccessGroupService';
import { AuthorizedRequestService } from '../authorization/AuthorizedRequestService';
import { FilingForOthers } from '../authorization/FilingForOthers';
import { PlanReader } from '../authorization/PlanReader';
import { RequestConditions } from '../authorization/RequestConditions';
import { RequestRelations } from '../authorization/RequestRelations';
import { CredentialsReport } from '../clouds/CredentialsCheck';
import { CloudsProvider } from '../clouds/OrganizationClouds';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { RootStores } from '../database/Stores';
import { Inventory } from '../inventory/Inventory';
import { PersonDirectory } from '../people/PersonDirectory';
import { RequestPlanner } from '../planning/RequestPlanner';
import { createRequestLoader } from './reading/createRequestLoader';
import { DefaultRequestService } from './DefaultRequestService';
import { OverlapFinder } from './filing/OverlapFinder';
import { RateCap, RateCaps } from './filing/RateCap';
import { RateStore } from './stores/RateStore';
import { RequestAssembler } from './reading/RequestAssembler';
import { RequestDecider } from './deciding/RequestDecider';
import { RequestFiler } from './filing/RequestFiler';
import { RequestLife } from './life/RequestLife';
import { RequestNarrower } from './deciding/RequestNarrower';
import { RequestPreviewer } from './filing/RequestPreviewer';
import { RequestRepeater } from './filing/RequestRepeater';
import { RequestService } from './RequestService';

/** Puts the request service together, with its authorization around it. */
export function createRequestService(options: {
  config: AwsAccessConfig;
  stores: RootStores;
  inventory: Inventory;
  directory: PersonDirectory;
  planner: RequestPlanner;
  clouds: CloudsProvider;
  /** What was found out of an organization's credentials. */
  credentials: (organizationId: string) => CredentialsReport | undefined;
  /** What modules have added, by name. */
  approverResolvers: ReadonlyMap<string, AwsAccessApproverResolver>;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  /** Called after a commit that gave the engine something to do. */
  wakeEngine: (organizationId: string) => void;
}): RequestService {
  const { config, stores, directory, planner, permissions } = options;
  const { organizations } = config;
  const { accounts, approvers, loader } = createRequestLoader(options);
  const relations = new RequestRelations({ accounts });
  const plans = new PlanReader({
    accounts,
    groups: new DefaultAccessGroupService({
      organizations,
      inventory: options.inventory,
      leases: stores.leases,
      intents: stores.provisioning.intents,
      directory,
      now: () => stores.now(),
    }),
  });
  const previewer = new RequestPreviewer({ organizations, planner, approvers });
  const narrower = new RequestNarrower({ stores, planner, approvers });
  const overlaps = new OverlapFinder({ stores, loader, relations });
  const caps = createRateCaps(config.requests, stores.rates);
  const filer = new RequestFiler({
    stores,
    previewer,
    plans,
    maxOpenPerPerson: config.requests.maxOpenPerPerson,
    denials: caps.denials,
  });
  const service = new DefaultRequestService({
    stores,
    loader,
    relations,
    previewer,
    narrower,
    overlaps,
    plans,
    caps,
    life: new RequestLife({ stores, loader, relations }),
    repeater: new RequestRepeater({ stores, loader, relations, filer }),
    filer,
    assembler: new RequestAssembler({
      stores,
      relations,
      organizations,
      overlaps,
      plans,
      credentials: options.credentials,
    }),
    decider: new RequestDecider({
      stores,
      loader,
      narrower,
      people: new LivePeople(options),
    }),
    wakeEngine: options.wakeEngine,
  });
  return new AuthorizedRequestService({
    service,
    stores,
    loader,
    relations,
    plans,
    organizations,
    permissions,
    forOthers: new FilingForOthers(config.policy.onBehalfOf),
    conditions: new RequestConditions({
      stores,
      accounts,
      directory,
      permissions,
      permissionsRegistry: options.permissionsRegistry,
    }),
  });
}

function createRateCaps(
  config: AwsAccessConfig['requests'],
  rates: RateStore,
): RateCaps {
  return {
    previews: new RateCap({
      rates,
      kind: 'preview',
      perMinute: config.previewsPerMinute,
      what: 'plans',
    }),
    comments: new RateCap({
      rates,
      kind: 'comment',
      perMinute: config.commentsPerMinute,
      what: 'comments',
    }),
    denials: new RateCap({
      rates,
      kind: 'denial',
      perMinute: config.denialsPerMinute,
      what: 'requests that the policy denies',
    }),
  };
}
