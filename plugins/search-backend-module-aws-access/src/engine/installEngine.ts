import { SearchEngine } from '@backstage/plugin-search-backend-node';
import { SearchEngineRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';

/**
 * Gives search the engine.
 *
 * @throws Error that says what to do when another module has given it one: the
 *   requests would then not be found, or not by their readers alone
 */
export function installEngine(
  engines: SearchEngineRegistryExtensionPoint,
  engine: SearchEngine,
): void {
  try {
    engines.setSearchEngine(engine);
  } catch (error) {
    throw new Error(
      'Another module has given search an engine. Remove it, and hand that engine to awsAccessSearchEngineExtensionPoint of backstage-plugin-search-backend-module-aws-access instead (docs/search.md).',
      { cause: error },
    );
  }
}
