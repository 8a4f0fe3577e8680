import { PolicyStatement } from './parsePolicy';
import { ActionPattern, actionPattern } from './ActionPattern';
import { IamLevel } from './iamActions';

/** On what an action may be used: nothing, some resources, or all there are. */
export type Extent = 'none' | 'some' | 'everywhere';

/**
 * Which actions of a service: none, every one, those of some access levels, or
 * those (in lower case) that the function names.
 */
export type Coverage =
  | null
  | 'every'
  | ReadonlySet<IamLevel>
  | ((action: string) => boolean);

/** What one statement allows or denies, or what is known of a policy instead. */
export interface Grant {
  /** @param service - its prefix, in lower case */
  coverageOf(service: string): Coverage;
  extentIn(service: string): Exclude<Extent, 'none'>;
  isConditional: boolean;
  /** Names every resource there is: as a denial it leaves nothing. */
  isOnAll: boolean;
  /** Its actions are known from AWS's description only. */
  isApproximate: boolean;
}

/** What a statement is about, whatever its effect. */
export function statementGrant(statement: PolicyStatement): Grant {
  const listed = (statement.Action ?? statement.NotAction!).map(actionPattern);
  const excluded = statement.Action === undefined;
  return {
    coverageOf: service => coverageIn(listed, excluded, service),
    extentIn: service => extentOf(statement, service),
    isConditional: Object.keys(statement.Condition ?? {}).length > 0,
    isOnAll: statement.Resource?.some(isEveryResource) ?? false,
    isApproximate: false,
  };
}

/** True for a denial that leaves nothing of what it names. */
export function isFinalDenial(deny: Grant): boolean {
  return !deny.isConditional && deny.isOnAll;
}

/**
 * What a policy allows whose text is not to be had.
 *
 * @param about - prefixes of the services, or all of them
 */
export function describedGrant(
  about: readonly string[] | 'all',
  levels: readonly IamLevel[],
): Grant {
  const services = about === 'all' ? null : new Set(about);
  const covered = new Set(levels);
  return {
    coverageOf: service =>
      services === null || services.has(service) ? covered : null,
    extentIn: () => 'everywhere',
    isConditional: false,
    isOnAll: true,
    isApproximate: true,
  };
}

function coverageIn(
  patterns: ActionPattern[],
  areExcluded: boolean,
  service: string,
): Coverage {
  const some: Array<(action: string) => boolean> = [];
  for (const pattern of patterns) {
    const reach = pattern.reachIn(service);
    if (reach === 'every') return areExcluded ? null : 'every';
    if (reach !== 'none') some.push(reach);
  }
  if (some.length === 0) return areExcluded ? 'every' : null;
  return action => some.some(matches => matches(action)) !== areExcluded;
}

/**
 * All that a service has is also meant by the ARN of everything of one type,
 * whichever accounts and regions: a permission set works in one account only.
 * Of S3 a path in a bucket looks like that and is not.
 */
function extentOf(
  { Resource }: PolicyStatement,
  service: string,
): 'some' | 'everywhere' {
  if (!Resource) return 'everywhere';
  const isAll = (resource: string) => {
    if (isEveryResource(resource)) return true;
    const [arn, , of, , , ...rest] = resource.toLowerCase().split(':');
    return (
      rest.length > 0 &&
      /^(arn|\*+)$/.test(arn) &&
      (/^\*+$/.test(of) || of === service) &&
      (of === 's3' ? /^\*+$/ : /^([\w-]+[/:])?\*+$/).test(rest.join(':'))
    );
  };
  return Resource.some(isAll) ? 'everywhere' : 'some';
}

function isEveryResource(resource: string): boolean {
  return /^\*+$/.test(resource);
}
