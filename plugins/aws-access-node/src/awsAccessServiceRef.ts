import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { AwsAccessService } from './AwsAccessService';
import { DefaultAwsAccessService } from './DefaultAwsAccessService';

export type { AwsAccessService } from './AwsAccessService';

/**
 * The AWS access backend for other plugins and modules, which may not import
 * it. Works without registering anything: the factory is the ref's default.
 *
 * @public
 */
export const awsAccessServiceRef = createServiceRef<AwsAccessService>({
  id: 'aws-access.service',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      factory: deps => new DefaultAwsAccessService(deps),
    }),
});
