import {
  BackstageCredentials,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AwsAccessService, awsAccessServiceRef } from './awsAccessServiceRef';
import { DefaultAwsAccessService } from './DefaultAwsAccessService';

/** Stands in for the backend: answers with who called, and how often. */
function createEchoPlugin(callers: BackstageCredentials[]) {
  return createBackendPlugin({
    pluginId: 'aws-access',
    register(env) {
      env.registerInit({
        deps: {
          httpRouter: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ httpRouter, httpAuth }) {
          httpRouter.use(async (request, response) => {
            callers.push(
              await httpAuth.credentials(request, { allow: ['user'] }),
            );
            response.json({ path: request.path });
          });
        },
      });
    },
  });
}

describe('awsAccessServiceRef', () => {
  const callers: BackstageCredentials[] = [];
  let service: AwsAccessService;

  beforeAll(async () => {
    await startTestBackend({
      features: [
        createEchoPlugin(callers),
        createBackendPlugin({
          pluginId: 'scaffolder',
          register(env) {
            env.registerInit({
              deps: { awsAccess: awsAccessServiceRef },
              async init({ awsAccess }) {
                service = awsAccess;
              },
            });
          },
        }),
      ],
    });
  });

  beforeEach(() => callers.splice(0));

  it('reaches the backend as the person, with a token for it alone', async () => {
    const api = await service.forInitiator(
      mockCredentials.user('user:default/ana'),
    );

    await expect(api.getRequest('r-1')).resolves.toEqual({
      path: '/requests/r-1',
    });
    expect(callers).toMatchObject([
      { principal: { type: 'user', userEntityRef: 'user:default/ana' } },
    ]);
  });

  it.each([
    ['a service', mockCredentials.service('plugin:cron')],
    ['nobody who is signed in', mockCredentials.none()],
  ])('refuses what was started by %s', async (who, credentials) => {
    await expect(service.forInitiator(credentials)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining(who),
    });
    expect(callers).toEqual([]);
  });

  it('asks for a new token each time, because tokens end', async () => {
    const auth = mockServices.auth();
    const getPluginRequestToken = jest.spyOn(auth, 'getPluginRequestToken');
    const asking = new DefaultAwsAccessService({
      auth,
      discovery: mockServices.discovery(),
    });

    await asking.forInitiator(mockCredentials.user());
    await asking.forInitiator(mockCredentials.user());

    expect(getPluginRequestToken).toHaveBeenCalledTimes(2);
    expect(getPluginRequestToken).toHaveBeenCalledWith({
      onBehalfOf: mockCredentials.user(),
      targetPluginId: 'aws-access',
    });
  });
});
