import { createApiRef } from '@backstage/frontend-plugin-api';
import { AwsAccessApi } from 'backstage-plugin-aws-access-common';

export { AwsAccessClient } from 'backstage-plugin-aws-access-common';

/**
 * The plugin's HTTP API in the browser. Provide another implementation under
 * this ref to test or to wrap it.
 *
 * @public
 */
export const awsAccessApiRef = createApiRef<AwsAccessApi>().with({
  id: 'plugin.aws-access.api',
  pluginId: 'aws-access',
});
