import { PolicyStatement } from './parsePolicy';
import { Coverage, statementGrant } from './Grant';
import { IamAction, iamService, iamServiceNames } from './iamActions';

/**
 * The actions that statements are about, allowed or denied, as AWS writes them
 * (`s3:PutObject`): wildcards expanded, exclusions taken from everything there
 * is. Each once, sorted.
 *
 * @param isMeant - to leave actions out
 */
export function actionsOf(
  statements: PolicyStatement[],
  isMeant: (action: IamAction) => boolean = () => true,
): string[] {
  const grants = statements.map(statementGrant);
  const found: string[] = [];
  for (const service of iamServiceNames().keys()) {
    const coverages = grants
      .map(grant => grant.coverageOf(service))
      .filter(coverage => coverage !== null);
    if (coverages.length === 0) continue;
    for (const [key, action] of iamService(service)!) {
      if (
        isMeant(action) &&
        coverages.some(coverage => isCovered(coverage, key, action))
      ) {
        found.push(`${service}:${action.name}`);
      }
    }
  }
  return found.sort();
}

/** True when the coverage has the action; `key` is its name in lower case. */
export function isCovered(
  coverage: Coverage,
  key: string,
  action: IamAction | undefined,
): boolean {
  if (coverage === null) return false;
  if (coverage === 'every') return true;
  if (typeof coverage === 'function') return coverage(key);
  return action !== undefined && coverage.has(action.level);
}
