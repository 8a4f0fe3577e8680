import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import request from 'supertest';
import demoSignIn from '.';

const catalog = `
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: payments }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ana }
spec: { memberOf: [payments] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: uma }
spec: { memberOf: [] }
`;

describe('demo sign-in', () => {
  const { NODE_ENV } = process.env;
  const files = createMockDirectory({ content: { 'org.yaml': catalog } });

  function startBackend(
    options: { people?: object[]; environment?: string } = {},
  ) {
    const people = options.people ?? [
      { entityRef: 'user:default/ana' },
      { entityRef: 'user:default/leaver' },
    ];
    return startTestBackend({
      features: [
        authPlugin,
        catalogPlugin,
        demoSignIn,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
            auth: {
              environment: options.environment ?? 'development',
              providers: { demo: { people } },
            },
            catalog: {
              rules: [{ allow: ['User', 'Group'] }],
              locations: [{ type: 'file', target: files.resolve('org.yaml') }],
            },
          },
        }),
      ],
    });
  }

  afterEach(() => {
    Object.assign(process.env, { NODE_ENV });
  });

  it('signs in the people on the list once the catalog knows them, and nobody else', async () => {
    const { server } = await startBackend();
    const signIn = (person?: string) => {
      const call = request(server).get('/api/auth/demo/refresh');
      return person ? call.set('x-demo-person', person) : call;
    };

    let accepted = await signIn('user:default/ana');
    while (accepted.status === 404) {
      accepted = await signIn('user:default/ana');
    }
    expect(accepted.status).toBe(200);
    expect(accepted.body.backstageIdentity.identity).toEqual({
      type: 'user',
      userEntityRef: 'user:default/ana',
      ownershipEntityRefs: ['user:default/ana', 'group:default/payments'],
    });

    const notListed = await signIn('user:default/uma');
    expect(notListed.status).toBe(401);
    expect(notListed.body.error.message).toMatch('auth.providers.demo.people');

    const unnamed = await signIn();
    expect(unnamed.status).toBe(401);

    // The sign-in page takes "not found" for a catalog that is still being read.
    const notInCatalog = await signIn('user:default/leaver');
    expect(notInCatalog.status).toBe(404);
  });

  it('keeps the backend from starting in production', async () => {
    Object.assign(process.env, { NODE_ENV: 'production' });
    await expect(startBackend()).rejects.toThrow(/demo sign-in/);
  });

  it('keeps the backend from starting where auth.environment is not development', async () => {
    await expect(startBackend({ environment: 'production' })).rejects.toThrow(
      /auth\.environment is "production"/,
    );
  });

  it('names the field when a person is not written as a full ref', async () => {
    await expect(
      startBackend({ people: [{ entityRef: 'group:default/payments' }] }),
    ).rejects.toThrow(/auth\.providers\.demo\.people\[0\]\.entityRef/);
  });
});
