import {
  AuthService,
  DiscoveryService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import {
  AWS_ACCESS_REQUEST_TOPIC,
  AwsAccessRequestEvent,
} from 'backstage-plugin-aws-access-node';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { RootStores } from '../database/Stores';
import { RequestPlanner } from '../planning/RequestPlanner';
import { FollowUpPlanner } from './FollowUpPlanner';
import { FollowUpStarter } from './FollowUpStarter';
import { FollowUpTemplates } from './FollowUpTemplates';
import { ScaffolderTasks } from './ScaffolderTasks';

/** Templates that go on when access is usable: planned with it, started after it. */
export async function createFollowUps(options: {
  config: AwsAccessConfig;
  portalConfig: RootConfigService;
  stores: RootStores;
  planner: RequestPlanner;
  catalog: CatalogService;
  auth: AuthService;
  discovery: DiscoveryService;
  events: EventsService;
  logger: LoggerService;
}): Promise<{ planner: RequestPlanner; followUps: FollowUpStarter }> {
  const templates = new FollowUpTemplates({
    ...options,
    allowed: options.config.followUps.templates,
  });
  const followUps = new FollowUpStarter({
    ...options,
    templates,
    tasks: new ScaffolderTasks(options),
  });
  // A hint, so that nobody waits for the next poll.
  await options.events.subscribe({
    id: 'aws-access-follow-ups',
    topics: [AWS_ACCESS_REQUEST_TOPIC],
    onEvent: async ({ eventPayload }) => {
      const { state } = eventPayload as AwsAccessRequestEvent;
      if (state !== 'active' && state !== 'ended') return;
      await followUps.startWaiting();
    },
  });
  return {
    planner: new FollowUpPlanner({ ...options, templates }),
    followUps,
  };
}
