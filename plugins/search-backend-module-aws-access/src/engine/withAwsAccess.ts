import { LoggerService } from '@backstage/backend-plugin-api';
import { SearchEngine } from '@backstage/plugin-search-backend-node';
import { AwsAccessService } from 'backstage-plugin-aws-access-node';
import { AwsAccessSearchEngine } from './AwsAccessSearchEngine';
import { ReaderSearch } from './ReaderSearch';

/**
 * Puts what is the reader's own in front of a search engine: access requests,
 * which no index holds, and whether accounts and permission sets are for them.
 *
 * @param engine - answers everything else, as it would alone
 * @public
 */
export function withAwsAccess(
  engine: SearchEngine,
  options: { awsAccess: AwsAccessService; logger: LoggerService },
): SearchEngine {
  return new AwsAccessSearchEngine({
    engine,
    reader: new ReaderSearch({ awsAccess: options.awsAccess }),
    logger: options.logger,
  });
}
