import { LoggerService } from '@backstage/backend-plugin-api';
import { CloudsProvider } from '../clouds/OrganizationClouds';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { RootStores } from '../database/Stores';
import { PersonDirectory } from '../people/PersonDirectory';
import { RequestPlanner } from '../planning/RequestPlanner';

/** What keeping mandates needs. */
export interface MandateServices {
  config: AwsAccessConfig;
  stores: RootStores;
  planner: RequestPlanner;
  directory: PersonDirectory;
  clouds: CloudsProvider;
  logger: LoggerService;
}
