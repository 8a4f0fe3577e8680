import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  search?: {
    collators?: {
      awsAccess?: {
        /**
         * How often accounts and permission sets are indexed anew. Default: every
         * 10 minutes. Requests need none: they are never indexed.
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      };
    };
  };
}
