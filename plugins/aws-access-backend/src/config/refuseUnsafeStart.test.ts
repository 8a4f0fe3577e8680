import { ConfigReader } from '@backstage/config';
import { readAwsAccessConfig } from './readAwsAccessConfig';
import { refuseUnsafeStart } from './refuseUnsafeStart';

const guid = '3f0e9c54-7a55-4a3f-9b0e-6a1d2c3b4e5f';

function start(options: {
  aws?: string;
  graph?: string;
  permissions?: boolean;
  providers?: object;
  people?: string[];
}) {
  const root = new ConfigReader({
    permission: { enabled: options.permissions ?? true },
    auth: { providers: options.providers ?? {} },
    awsAccess: {
      organizations: {
        parcel: {
          aws: {
            region: 'eu-central-1',
            ...(options.aws && { endpoint: options.aws }),
          },
          entra: {
            tenantId: guid,
            ...(options.graph && { graphUrl: options.graph }),
            enterpriseApplicationId: guid,
            servicePrincipalId: guid,
            credentials: { type: 'accessToken', token: 'x' },
          },
        },
      },
      people: { trustedCatalogLocations: options.people ?? ['msgraph:*'] },
      policy: {},
    },
  });
  return () => refuseUnsafeStart(root, readAwsAccessConfig(root));
}

const local = { aws: 'http://127.0.0.1:4600', graph: 'http://localhost:4600' };

describe('refuseUnsafeStart (security rule 12)', () => {
  it('lets a portal on this machine be open', () => {
    expect(
      start({
        ...local,
        people: [],
        permissions: false,
        providers: { demo: {}, guest: {} },
      }),
    ).not.toThrow();
  });

  it('lets a closed portal use the real clouds', () => {
    expect(start({ providers: { microsoft: {} } })).not.toThrow();
  });

  it.each([
    [
      'permissions off',
      { permissions: false },
      'permission.enabled must be true',
    ],
    [
      'guest sign-in',
      { providers: { guest: {} } },
      'auth.providers.guest must be removed',
    ],
    [
      'demo sign-in',
      { providers: { demo: {} } },
      'auth.providers.demo must be removed',
    ],
    [
      'people of unknown origin (security rule 6)',
      { people: [] },
      'awsAccess.people.trustedCatalogLocations must say',
    ],
  ])('refuses real clouds with %s', (_name, options, message) => {
    expect(start(options)).toThrow(message);
    // One real cloud of the two is enough.
    expect(start({ ...options, aws: local.aws })).toThrow(message);
    expect(start({ ...options, graph: local.graph })).toThrow(message);
  });
});
