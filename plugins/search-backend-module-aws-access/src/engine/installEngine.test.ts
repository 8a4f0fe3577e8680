import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import searchPlugin from '@backstage/plugin-search-backend';
import { LunrSearchEngine } from '@backstage/plugin-search-backend-node';
import { searchEngineRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import searchModuleAwsAccess, { awsAccessSearchEngineExtensionPoint } from '..';

/** Another engine, given to one of two places. */
const engineModule = (
  extensionPoint:
    | typeof searchEngineRegistryExtensionPoint
    | typeof awsAccessSearchEngineExtensionPoint,
  engine: LunrSearchEngine,
) =>
  createBackendModule({
    pluginId: 'search',
    moduleId: 'a-engine',
    register(env) {
      env.registerInit({
        deps: { engines: extensionPoint },
        async init({ engines }) {
          engines.setSearchEngine(engine);
        },
      });
    },
  });

describe('the engine of search', () => {
  const engine = new LunrSearchEngine({ logger: mockServices.logger.mock() });

  it('can be another one, behind this', async () => {
    const query = jest.spyOn(engine, 'query');
    const backend = await startTestBackend({
      features: [
        searchPlugin,
        searchModuleAwsAccess,
        engineModule(awsAccessSearchEngineExtensionPoint, engine),
      ],
    });
    const address = backend.server.address() as { port: number };
    await fetch(
      `http://127.0.0.1:${address.port}/api/search/query?term=everything`,
      { headers: { authorization: 'Bearer mock-user-token' } },
    );
    expect(query).toHaveBeenCalledWith(
      expect.objectContaining({ term: 'everything' }),
      expect.anything(),
    );
    await backend.stop();
  });

  it('lets the portal not start when another module has set one, and says what to do', async () => {
    await expect(
      startTestBackend({
        features: [
          searchPlugin,
          engineModule(searchEngineRegistryExtensionPoint, engine),
          searchModuleAwsAccess,
        ],
      }),
    ).rejects.toThrow(
      /awsAccessSearchEngineExtensionPoint|Multiple Search engines/,
    );
  });
});
