import { ClientSecretCredentialOptions } from '@azure/identity';
import {
  exampleClouds,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { awsAccessConfigSchema } from '../../config/AwsAccessConfig';
import { sandboxConfig } from '../../testing/sandboxConfig';
import { CloudWriteGate } from '../CloudWriteGate';
import { RequestLimiter } from '../RequestLimiter';
import { createTokenSource } from './createTokenSource';
import { DefaultEntraCloud } from './DefaultEntraCloud';
import { GatedGraphClient } from './GatedGraphClient';

type HttpClient = NonNullable<ClientSecretCredentialOptions['httpClient']>;

/**
 * The login authority is https only. This carries the library's real calls to
 * the sandbox's token endpoint, and answers the one question before them that
 * the sandbox does not know.
 */
function transportTo(sandbox: RunningSandbox, seen: string[]): HttpClient {
  return {
    async sendRequest(request) {
      const { origin, pathname } = new URL(request.url);
      const tenant = `${origin}/${pathname.split('/')[1]}`;
      seen.push(pathname.split('/').slice(2).join('/'));
      if (pathname.endsWith('/.well-known/openid-configuration')) {
        return {
          request,
          status: 200,
          headers: request.headers,
          bodyAsText: JSON.stringify({
            issuer: `${tenant}/v2.0`,
            authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
            token_endpoint: `${tenant}/oauth2/v2.0/token`,
            jwks_uri: `${tenant}/discovery/v2.0/keys`,
          }),
        };
      }
      const answer = await fetch(sandbox.url + pathname, {
        method: request.method,
        headers: request.headers.toJSON(),
        body: request.body as string,
      });
      return {
        request,
        status: answer.status,
        headers: request.headers,
        bodyAsText: await answer.text(),
      };
    },
  };
}

describe('createTokenSource with a client secret', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());

  function create(clientSecret: string, seen: string[] = []) {
    const input = sandboxConfig(sandbox.url);
    input.organizations.parcel.entra.credentials = {
      type: 'clientSecret',
      clientId: exampleClouds.entra.portal.appId,
      clientSecret,
      authorityHost: 'https://login.parcel.example',
    };
    const { entra } = awsAccessConfigSchema.parse(input).organizations.parcel;
    return new DefaultEntraCloud({
      graph: new GatedGraphClient({
        graphUrl: entra.graphUrl,
        getToken: createTokenSource(entra, {
          httpClient: transportTo(sandbox, seen),
        }),
        gate: new CloudWriteGate({ verify: async () => {} }),
        limiter: new RequestLimiter({ requestsPerSecond: 100, concurrency: 4 }),
        purpose: 'inventory',
      }),
      applicationId: entra.enterpriseApplicationId,
      servicePrincipalId: entra.servicePrincipalId,
    });
  }

  it('signs in as the application, and once for many calls', async () => {
    const seen: string[] = [];
    const entra = create(exampleClouds.credentials.portalClientSecret, seen);
    expect(await entra.describeTenant()).toMatchObject({
      tenantId: exampleClouds.entra.tenantId,
    });
    await entra.describeTenant();
    expect(seen.filter(path => path === 'oauth2/v2.0/token')).toHaveLength(1);
  });

  it('says in plain words that the secret is wrong', async () => {
    await expect(create('wrong').describeTenant()).rejects.toMatchObject({
      kind: 'permanent',
      message:
        'Microsoft Entra ID gives this product no token; its credentials are wrong or expired',
      cloudMessage: expect.stringContaining('AADSTS7000215'),
    });
  });
});
