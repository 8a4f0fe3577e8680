import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { OrganizationConfig } from '../../config/AwsAccessConfig';
import { CloudWriteGate } from '../CloudWriteGate';
import { CallPurpose, RequestLimiter } from '../RequestLimiter';
import { createRequestHandler, RequestHandler } from './createRequestHandler';
import { AwsServiceName, GatedAwsClient } from './GatedAwsClient';

/** The three services of one organization, each behind the gate. */
export interface AwsClients {
  ssoAdmin: GatedAwsClient<SSOAdminClient>;
  identityStore: GatedAwsClient<IdentitystoreClient>;
  organizations: GatedAwsClient<OrganizationsClient>;
}

/** One limiter per service: AWS counts each service's calls by itself. */
export type AwsLimiters = Record<AwsServiceName, RequestLimiter>;

/** Calls in flight to one service; enough to use 20 a second at 400 ms each. */
const CONCURRENCY = 8;

/**
 * Makes the limiters that all clients of one organization share.
 *
 * @param onThrottled - told of every call that AWS refused for its rate
 */
export function createAwsLimiters(
  limits: OrganizationConfig['limits'],
  onThrottled: (service: AwsServiceName) => void,
): AwsLimiters {
  const create = (service: AwsServiceName) =>
    new RequestLimiter({
      requestsPerSecond: limits.requestsPerSecond,
      concurrency: CONCURRENCY,
      onThrottled: () => onThrottled(service),
    });
  return {
    'sso-admin': create('sso-admin'),
    identitystore: create('identitystore'),
    organizations: create('organizations'),
  };
}

/**
 * Makes the clients of one organization for one purpose.
 *
 * @param requestHandler - how calls are sent; for tests
 */
export function createAwsClients(options: {
  config: OrganizationConfig['aws'];
  gate: CloudWriteGate;
  limiters: AwsLimiters;
  purpose: CallPurpose;
  requestHandler?: RequestHandler;
}): AwsClients {
  const { config, gate, limiters, purpose } = options;
  const requestHandler = options.requestHandler ?? createRequestHandler();
  const settings = {
    region: config.region,
    endpoint: config.endpoint,
    credentials: credentialsOf(config, requestHandler),
    requestHandler,
  };
  const shared = (service: AwsServiceName) => ({
    service,
    gate,
    purpose,
    limiter: limiters[service],
  });
  return {
    ssoAdmin: new GatedAwsClient({
      ...shared('sso-admin'),
      createClient: retries => new SSOAdminClient({ ...settings, ...retries }),
    }),
    identityStore: new GatedAwsClient({
      ...shared('identitystore'),
      createClient: retries =>
        new IdentitystoreClient({ ...settings, ...retries }),
    }),
    organizations: new GatedAwsClient({
      ...shared('organizations'),
      createClient: retries =>
        new OrganizationsClient({ ...settings, ...retries }),
    }),
  };
}

function credentialsOf(
  config: OrganizationConfig['aws'],
  requestHandler: RequestHandler,
) {
  const { credentials } = config;
  switch (credentials.type) {
    case 'accessKey':
      return {
        accessKeyId: credentials.accessKeyId,
        secretAccessKey: credentials.secretAccessKey,
      };
    case 'assumeRole':
      return fromTemporaryCredentials({
        params: {
          RoleArn: credentials.roleArn,
          RoleSessionName: 'backstage-aws-access',
          ExternalId: credentials.externalId,
        },
        clientConfig: {
          region: config.region,
          endpoint: config.endpoint,
          requestHandler,
        },
      });
    default:
      // Undefined means the SDK's own default chain.
      return undefined;
  }
}
