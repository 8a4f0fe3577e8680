import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { SearchEngine } from '@backstage/plugin-search-backend-node';

/**
 * Where a module gives the search engine of the portal, instead of to the search
 * plugin itself.
 *
 * @public
 */
export interface AwsAccessSearchEngineExtensionPoint {
  /**
   * The engine that keeps the index. Default: Lunr, in memory.
   *
   * @throws Error when there is one already
   */
  setSearchEngine(engine: SearchEngine): void;
}

/**
 * Search has one engine, and this module puts itself in front of it. So the
 * module of another engine hands it over here.
 *
 * @public
 */
export const awsAccessSearchEngineExtensionPoint =
  createExtensionPoint<AwsAccessSearchEngineExtensionPoint>({
    id: 'search.aws-access.engine',
  });
